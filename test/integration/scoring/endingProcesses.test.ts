import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { until } from '../../../bench/product/until';
import type { ErrorBody } from '../../../shared/errors/batchpointError';
import { identityOf } from '../../../shared/scoring/processIdentity';
import { useWorkspace } from '../../support/useWorkspace';

describe('a scoring process that ends or hangs', () => {
  const workspace = useWorkspace();

  test('is replaced when it exits, and only its own mini-batch has lost a try', async () => {
    const script = `
import os
def run(mini_batch):
    if open(mini_batch[0]).read() == '3':
        os._exit(7)
    return [open(mini_batch[0]).read()]
`;
    await workspace().endpoint('dies', script, { retrySettings: { maxRetries: 2 } });
    const job = await workspace().run(await workspace().invoke('dies', workspace().inputs(6)));
    expect(await workspace().predictions(job)).toBe('0\n1\n2\n4\n5\n');
    expect(job.run.progress).toMatchObject({ failedFiles: 1, tries: 7 });
    expect(job.run.failures[0]).toMatchObject({ miniBatch: 3, code: 'WorkerDied', tries: 2 });
    expect(job.run.failures[0]?.message).toContain('exit code 7');
  });

  test('is told with its signal and the end of its standard error when it crashes', async () => {
    const script = `
import ctypes, sys
def run(mini_batch):
    print('about to crash', file=sys.stderr)
    ctypes.string_at(0)
`;
    await workspace().endpoint('crash', script, { retrySettings: { maxRetries: 1 } });
    const job = await workspace().run(await workspace().invoke('crash', workspace().inputs(1)));
    expect(job.run.failures[0]?.code).toBe('WorkerDied');
    expect(job.run.failures[0]?.message).toContain('SIGSEGV');
    expect(job.run.failures[0]?.message).toContain('score.py');
  });

  test('is killed at the timeout of run() and replaced; rows of its claim that were done stay', async () => {
    const script = `
import time
def run(mini_batch):
    if open(mini_batch[0]).read() == '2':
        time.sleep(600)
    return [open(mini_batch[0]).read()]
`;
    await workspace().endpoint('hangs', script, { retrySettings: { maxRetries: 2, timeout: 'PT1S' } });
    const job = await workspace().run(await workspace().invoke('hangs', workspace().inputs(5)));
    expect(await workspace().predictions(job)).toBe('0\n1\n3\n4\n');
    expect(job.run.failures[0]).toMatchObject({ miniBatch: 2, code: 'RunTimedOut', tries: 2 });
    expect(job.run.failures[0]?.message).toContain('timeout of 1 seconds');
  });

  test('takes the processes that it has started with it', async () => {
    const marker = join(workspace().folder, 'child.pid');
    const script = `
import subprocess, time
def run(mini_batch):
    child = subprocess.Popen(['sleep', '600'])
    open(${JSON.stringify(marker)}, 'w').write(str(child.pid))
    time.sleep(600)
`;
    await workspace().endpoint('family', script, { retrySettings: { maxRetries: 1, timeout: 'PT1S' } });
    await workspace().run(await workspace().invoke('family', workspace().inputs(1)));
    expect(identityOf(Number(readFileSync(marker, 'utf8')))).toBeUndefined();
  });

  test('that ended while nobody used it takes what it left behind with it, and its number is not killed later', async () => {
    const marker = join(workspace().folder, 'left.pid');
    const script = `
import os, subprocess, threading, time
def run(mini_batch):
    child = subprocess.Popen(['sleep', '600'])
    open(${JSON.stringify(marker)}, 'w').write(f'{os.getpid()} {child.pid}')
    def end():
        while not os.path.exists(os.environ['GO']):
            time.sleep(0.01)
        os._exit(0)
    threading.Thread(target=end, daemon=True).start()
    return ['ok']
`;
    const environmentVariables = { GO: join(workspace().folder, 'end') };
    await workspace().endpoint('leaves', script, { environmentVariables });
    await workspace().run(await workspace().invoke('leaves', workspace().inputs(1)));
    const [worker = 0, child = 0] = readFileSync(marker, 'utf8').split(' ').map(Number);
    workspace().write('end', '');
    await until(
      () => [identityOf(worker), identityOf(child)],
      ([a, b]) => a === undefined && b === undefined,
    );
    const kill = jest.spyOn(process, 'kill');
    try {
      await workspace().services.pool.retireIdle(0);
      expect(kill).not.toHaveBeenCalledWith(-worker, 'SIGKILL');
    } finally {
      kill.mockRestore();
    }
  });

  test('has time for a slow init(): the clock of run() starts when it takes the mini-batch', async () => {
    const script = 'import time\ndef init():\n    time.sleep(2)\ndef run(mini_batch):\n    return ["ok"]\n';
    await workspace().endpoint('slow-init', script, { retrySettings: { maxRetries: 1, timeout: 'PT1S' } });
    const job = await workspace().run(await workspace().invoke('slow-init', workspace().inputs(2)));
    expect(job.run.state).toBe('Completed');
    expect(job.run.progress).toMatchObject({ failedFiles: 0, tries: 2 });
  });

  test('calls shutdown() when it is let go', async () => {
    const marker = join(workspace().folder, 'shut-down');
    const script = `
def run(mini_batch):
    return ['ok']
def shutdown():
    open(${JSON.stringify(marker)}, 'w').write('yes')
`;
    await workspace().endpoint('shuts', script);
    const job = await workspace().invoke('shuts', workspace().inputs(1));
    await workspace().run(job);
    expect(existsSync(marker)).toBe(false);
    await workspace().services.pool.retireIdle(0);
    expect(readFileSync(marker, 'utf8')).toBe('yes');
  });
});

describe('an init() that fails', () => {
  const workspace = useWorkspace({ BATCHPOINT_INIT_TIMEOUT: '1' });

  async function failing(name: string, script: string): Promise<ErrorBody> {
    await workspace().endpoint(name, script, { retrySettings: { maxRetries: 2 } });
    const job = await workspace().run(await workspace().invoke(name, workspace().inputs(2)));
    expect(job.run.state).toBe('Failed');
    expect(job.run.progress.miniBatches).toBe(0);
    return job.run.error ?? { code: 'none', message: '' };
  }

  const run = 'def run(mini_batch):\n    return ["ok"]\n';

  test('by raising stops the job with the exception', async () => {
    const error = await failing('raises', `def init():\n    raise RuntimeError("no model here")\n${run}`);
    expect(error).toMatchObject({ code: 'InitFailed' });
    expect(error.message).toContain('RuntimeError: no model here');
  });

  test('by importing what is not installed names the module, and says where it may be put', async () => {
    const error = await failing('imports', `import a_module_that_is_not_there\n${run}`);
    expect(error.message).toContain(
      "No module named 'a_module_that_is_not_there' (It is neither installed nor in the code folder: add the package",
    );
  });

  test('by a syntax error says where', async () => {
    const error = await failing('syntax', `${run}\ndef broken(:\n`);
    expect(error.message).toContain('SyntaxError');
    expect(error.message).toContain('score.py');
    expect(error.details?.[0]?.message).toMatch(/^ {2}File "\S*score\.py", line 4\n {4}def broken\(:\n/);
  });

  test('by exiting says how', async () => {
    const error = await failing('leaves', `import os\ndef init():\n    os._exit(3)\n${run}`);
    expect(error).toMatchObject({ code: 'InitExited' });
    expect(error.message).toContain('exit code 3');
  });

  test('by hanging has a limit of its own', async () => {
    const error = await failing('waits', `import time\ndef init():\n    time.sleep(600)\n${run}`);
    expect(error).toMatchObject({ code: 'InitTimedOut' });
    expect(error.message).toContain('took longer than 1 seconds');
    expect(error.message).toContain('BATCHPOINT_INIT_TIMEOUT');
  });

  test('by hanging shows what it printed last', async () => {
    const script = `import sys, time\ndef init():\n    print("connecting", file=sys.stderr)\n    time.sleep(600)\n${run}`;
    expect((await failing('says', script)).message).toContain('The end of its standard error: connecting');
  });

  test('has as long as its deployment says, in place of the host', async () => {
    const script = `import time\ndef init():\n    time.sleep(1.5)\n${run}`;
    const environmentVariables = { BATCHPOINT_INIT_TIMEOUT: '60' };
    await workspace().endpoint('patient', script, { environmentVariables, retrySettings: { maxRetries: 1 } });
    const job = await workspace().run(await workspace().invoke('patient', workspace().inputs(1)));
    expect(job.run.state).toBe('Completed');
  });

  test.each(['soon', '0', '-3'])(
    'cannot have a limit of %s: deployment and job are refused',
    async (value) => {
      const environmentVariables = { BATCHPOINT_INIT_TIMEOUT: value };
      const refused = {
        code: 'VariableInvalid',
        message: expect.stringContaining(`is '${value}'`) as string,
      };
      await expect(workspace().endpoint('odd-limit', run, { environmentVariables })).rejects.toMatchObject(
        refused,
      );
      await workspace().endpoint('good-limit', run);
      const input = workspace().inputs(1);
      await expect(workspace().invoke('good-limit', input, { environmentVariables })).rejects.toMatchObject(
        refused,
      );
    },
  );

  test('once only is tried again', async () => {
    const marker = join(workspace().folder, 'tried');
    const script = `
import os
def init():
    if not os.path.exists(${JSON.stringify(marker)}):
        open(${JSON.stringify(marker)}, 'w').close()
        raise OSError('the download failed')
${run}`;
    await workspace().endpoint('flaky', script, { retrySettings: { maxRetries: 2 } });
    const job = await workspace().run(await workspace().invoke('flaky', workspace().inputs(2)));
    expect(job.run.state).toBe('Completed');
  });

  test('because run is no function after all names the script', async () => {
    const error = await failing('no-run', `${run}\nrun = 5\n`);
    expect(error).toMatchObject({ code: 'ScriptLacksRun' });
  });
});
