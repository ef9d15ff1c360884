import { nodeProgram, pythonProgram, type WorkerProgram } from '../../../shared/scoring/workerProgram';
import { Worker } from '../../../shared/scoring/worker';

describe('a worker of which the program is not there', () => {
  function started(program: WorkerProgram): Promise<Worker | undefined> {
    const setup = {
      host: process.pid,
      kind: 'script',
      folder: '/',
      script: 'score',
      model: '/',
      output: '/',
      level: 'INFO',
      summary_only: false,
    } as const;
    const start = { program, setup, variables: {}, initSeconds: 1, name: 'worker' };
    return Worker.start(start, () => undefined, new AbortController().signal);
  }

  test('names the interpreter of Python, and the way to name another', async () => {
    const start = started(pythonProgram('/nowhere/python3'));
    await expect(start).rejects.toMatchObject({ code: 'PythonMissing' });
    await expect(start).rejects.toThrow("'/nowhere/python3': ENOENT. Install Python");
  });

  test('names the Node of the host, which may have been replaced', async () => {
    const start = started({ ...nodeProgram(), command: '/nowhere/node' });
    await expect(start).rejects.toMatchObject({ code: 'NodeMissing' });
    await expect(start).rejects.toThrow("'/nowhere/node', the program that runs this host: ENOENT.");
  });
});
