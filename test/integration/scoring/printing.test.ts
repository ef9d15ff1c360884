import { useWorkspace } from '../../support/useWorkspace';

describe('what a script prints and reads', () => {
  const workspace = useWorkspace();

  async function logs(
    name: string,
    script: string,
    files = 2,
    settings: object = {},
  ): Promise<{ stdout: string; stderr: string }> {
    await workspace().endpoint(name, script, settings);
    const job = await workspace().run(await workspace().invoke(name, workspace().inputs(files)));
    expect(job.run.state).toBe('Completed');
    const names = (await workspace().services.jobFiles.list(job)).map((file) => file.name);
    const read = async (folder: string): Promise<string> => {
      const found = names.filter((one) => one.startsWith(`logs/user/${folder}/`));
      return (await Promise.all(found.map((one) => workspace().file(job, one)))).join('');
    };
    return { stdout: await read('stdout'), stderr: await read('stderr') };
  }

  test('goes to the logs of its process, in order, init() first', async () => {
    const script = `
import sys
def init():
    print('hello from init')
def run(mini_batch):
    print('scoring', mini_batch[0][-5])
    print('careful', file=sys.stderr)
    return ['ok']
`;
    const { stdout, stderr } = await logs('prints', script);
    expect(stdout).toBe('hello from init\nscoring 0\nscoring 1\n');
    expect(stderr).toBe('careful\ncareful\n');
  });

  test.each([
    ['Debug', ['fine detail', 'a fact', 'a worry']],
    ['Info', ['a fact', 'a worry']],
    ['Warning', ['a worry']],
  ])('by logging follows the logging level of the deployment: %s', async (loggingLevel, told) => {
    const script = `
import logging
def run(mini_batch):
    logging.debug('fine detail')
    logging.info('a fact')
    logging.warning('a worry')
    return ['ok']
`;
    const { stderr } = await logs(`level-${loggingLevel.toLowerCase()}`, script, 1, { loggingLevel });
    expect(stderr.match(/fine detail|a fact|a worry/g)).toEqual(told);
  });

  test('by the gigabyte is cut in its middle, and costs neither memory nor disk', async () => {
    const script = `
def run(mini_batch):
    print('the start')
    block = 'x' * (1 << 20)
    for _ in range(1024):
        print(block)
    print('the end')
    return ['ok']
`;
    const before = process.memoryUsage().rss;
    // However slow a machine is at that.
    const { stdout } = await logs('gigabyte', script, 1, { retrySettings: { timeout: 'PT10M' } });
    expect(stdout.startsWith('the start\n')).toBe(true);
    expect(stdout.endsWith('the end\n')).toBe(true);
    expect(stdout).toMatch(/\n\[\.\.\. \d+ bytes left out \.\.\.\]\n/);
    expect(stdout.length).toBeLessThan(3 * 1024 * 1024);
    expect(process.memoryUsage().rss - before).toBeLessThan(300 * 1024 * 1024);
  });

  test('may be binary', async () => {
    const script = `
import sys
def run(mini_batch):
    sys.stdout.buffer.write(bytes(range(256)))
    return ['ok']
`;
    expect((await logs('binary', script, 1)).stdout).toHaveLength(256);
  });

  test('may come from programs that it starts', async () => {
    const script = `
import subprocess
def run(mini_batch):
    subprocess.run(['echo', 'from a program'])
    return ['ok']
`;
    expect((await logs('program', script, 1)).stdout).toBe('from a program\n');
  });

  test('stays out of the way where it closes or redirects its own output', async () => {
    const script = `
import os, sys
def init():
    os.close(1)
    os.close(0)
    sys.stderr = None
def run(mini_batch):
    return ['ok']
`;
    expect((await logs('closes', script)).stdout).toBe('');
  });

  test('is empty on standard input: a script that reads it does not wait', async () => {
    const script = `
import sys
def run(mini_batch):
    return [repr(sys.stdin.read())]
`;
    await workspace().endpoint('stdin', script);
    const job = await workspace().run(await workspace().invoke('stdin', workspace().inputs(1)));
    expect(await workspace().predictions(job)).toBe("''\n");
  });
});
