import { readFileSync } from 'node:fs';
import { useWorkspace } from '../../support/useWorkspace';

describe('an init() that does odd things', () => {
  const workspace = useWorkspace();

  /** Runs a job over two files, of which each gives its name; gives the lines that the script printed too. */
  async function ran(name: string, init: string): Promise<{ rows: string; stdout: string }> {
    const script = `
import os, sys, threading, time
def init():
${init}
def run(mini_batch):
    return [os.path.basename(path) for path in mini_batch]
`;
    await workspace().endpoint(name, script, { retrySettings: { maxRetries: 1 } });
    const job = await workspace().run(await workspace().invoke(name, workspace().inputs(2)));
    expect(job.run).toMatchObject({ state: 'Completed', progress: { failedFiles: 0, tries: 2 } });
    const files = (await workspace().services.jobFiles.list(job)).map((file) => file.name);
    const printed = files.filter((file) => file.startsWith('logs/user/stdout/'));
    const stdout = (await Promise.all(printed.map((file) => workspace().file(job, file)))).join('');
    return { rows: await workspace().predictions(job), stdout };
  }

  const both = 'f000000.txt\nf000001.txt\n';

  test.each([
    ['a number', '3', 'sys.exit(3)'],
    ['a text', "'no licence for this model'", "sys.exit('no licence for this model')"],
    ['nothing', '', 'sys.exit()'],
  ])('calls sys.exit with %s: the job stops, and says so', async (name, value, how) => {
    const endpoint = `exit-${name.replace(' ', '-')}`;
    const script = `import sys\ndef init():\n    sys.exit(${value})\ndef run(mini_batch):\n    return []\n`;
    await workspace().endpoint(endpoint, script, { retrySettings: { maxRetries: 1 } });
    const job = await workspace().run(await workspace().invoke(endpoint, workspace().inputs(1)));
    expect(job.run).toMatchObject({ state: 'Failed', error: { code: 'InitExited' } });
    expect(job.run.error?.message).toContain(`before init() was done (${how})`);
    expect(job.run.error?.details?.[0]?.message).toContain(`sys.exit(${value})`);
  });

  test('changes the folder: inputs are read and rows are written all the same', async () => {
    expect((await ran('init-folder', "    os.chdir('/')")).rows).toBe(both);
  });

  test('closes standard output: the rows are whole, and what came before is in the log', async () => {
    const { rows, stdout } = await ran('init-closes', "    print('before')\n    sys.stdout.close()");
    expect(rows).toBe(both);
    expect(stdout).toBe('before\n');
  });

  test('sends standard output to a file of its own: there is nothing of ours in it', async () => {
    const path = workspace().write('own.log', '');
    await ran(
      'init-redirects',
      `    log = os.open(${JSON.stringify(path)}, os.O_WRONLY)\n    os.dup2(log, 1)\n    print('in the log')`,
    );
    expect(readFileSync(path, 'utf8')).toBe('in the log\n');
  });

  test('prints binary: the log has its bytes, and the rows are whole', async () => {
    const { rows, stdout } = await ran('init-binary', '    sys.stdout.buffer.write(bytes(range(256)))');
    expect(rows).toBe(both);
    expect(stdout).toHaveLength(256);
  });

  test('leaves a thread that never ends: the job ends, and the process is let go', async () => {
    const thread = '    threading.Thread(target=time.sleep, args=(600,)).start()';
    expect((await ran('init-threads', thread)).rows).toBe(both);
    await workspace().services.pool.retireIdle(0);
  });

  test('leaves a thread that raises: it is in the log, and the rows are whole', async () => {
    const thread = '    threading.Thread(target=lambda: 1 / 0).start()';
    expect((await ran('init-thread-raises', thread)).rows).toBe(both);
  });
});
