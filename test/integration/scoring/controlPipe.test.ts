import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { until } from '../../../bench/product/until';
import { identityOf } from '../../../shared/scoring/processIdentity';
import { useWorkspace } from '../../support/useWorkspace';

/** Finds the descriptor of the control pipe as a script can: it is the first socket behind those of its output. */
const findPipe = `
import os, stat, sys
def pipe():
    return min(fd for fd in map(int, os.listdir("/dev/fd")) if fd > 2 and is_socket(fd))
def is_socket(fd):
    try:
        return stat.S_ISSOCK(os.fstat(fd).st_mode)
    except OSError:
        return False
`;

describe('a script that writes to the pipe to the host', () => {
  const workspace = useWorkspace();

  async function scored(name: string, body: string): Promise<void> {
    const script = `${findPipe}
def run(mini_batch):
    if open(mini_batch[0]).read() == '2':
${body}
    return [open(mini_batch[0]).read()]
`;
    await workspace().endpoint(name, script, { retrySettings: { maxRetries: 2 } });
    const job = await workspace().run(await workspace().invoke(name, workspace().inputs(5)));
    expect(await workspace().predictions(job)).toBe('0\n1\n3\n4\n');
    expect(job.run.failures).toHaveLength(1);
    expect(job.run.failures[0]).toMatchObject({ miniBatch: 2, code: 'WorkerDied', tries: 2 });
    expect(job.run.failures[0]?.message).toContain('the pipe to the host');
  }

  test('has only its own mini-batch fail, as if its process had died', async () => {
    await scored('garbage', "        os.write(pipe(), b'garbage\\n')");
  });

  test('is not believed what no worker says', async () => {
    await scored('forged', `        os.write(pipe(), b'["done",2,0.1,1]\\n')`);
  });

  test('is not believed results of a mini-batch that is not at work', async () => {
    await scored('ahead', `        os.write(pipe(), b'["done",4,0.1,1,1,0,[],{}]\\n')`);
  });

  test('between two jobs leaves a process that is not used again', async () => {
    const script = `${findPipe}
import threading, time
def run(mini_batch):
    def later():
        while not os.path.exists(os.environ['GO']):
            time.sleep(0.01)
        os.write(pipe(), b'garbage\\n')
    threading.Thread(target=later, daemon=True).start()
    return [str(os.getpid())]
`;
    const environmentVariables = { GO: join(workspace().folder, 'go') };
    await workspace().endpoint('idle', script, { environmentVariables });
    const run = async (): Promise<number> => {
      const job = await workspace().run(await workspace().invoke('idle', workspace().inputs(1)));
      expect(job.run.state).toBe('Completed');
      return Number(await workspace().predictions(job));
    };
    const first = await run();
    expect(await run()).toBe(first);
    const go = workspace().write('go', '');
    await until(
      () => identityOf(first),
      (identity) => identity === undefined,
    );
    rmSync(go);
    expect(await run()).not.toBe(first);
  });
});
