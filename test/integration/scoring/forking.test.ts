import { useWorkspace } from '../../support/useWorkspace';

describe('a script that forks', () => {
  const workspace = useWorkspace();

  test.each([
    ['returns', "return ['copy'] * len(mini_batch)"],
    ['raises', "raise ValueError('in the copy')"],
    ['exits', "raise SystemExit('in the copy')"],
  ])('is answered for by the process that was asked, where its copy %s', async (how, ending) => {
    const script = `
import os
def run(mini_batch):
    copy = os.fork()
    if copy == 0:
        ${ending}
    os.waitpid(copy, 0)
    return [os.path.basename(path) for path in mini_batch]
`;
    await workspace().endpoint(`fork-${how}`, script);
    const job = await workspace().run(await workspace().invoke(`fork-${how}`, workspace().inputs(3)));
    expect(await workspace().predictions(job)).toBe('f000000.txt\nf000001.txt\nf000002.txt\n');
    expect(job.run.progress).toMatchObject({ failedFiles: 0, tries: 3 });
  });

  test('may do so in init()', async () => {
    const script = `
import os
def init():
    copy = os.fork()
    if copy != 0:
        os.waitpid(copy, 0)
def run(mini_batch):
    return mini_batch
`;
    await workspace().endpoint('fork-init', script);
    const job = await workspace().run(await workspace().invoke('fork-init', workspace().inputs(2)));
    expect(job.run).toMatchObject({ state: 'Completed', progress: { rows: 2, tries: 2 } });
  });

  test('and closes all low descriptors, as daemons do, goes on', async () => {
    const script = `
import os
def init():
    os.closerange(3, 256)
def run(mini_batch):
    return mini_batch
`;
    await workspace().endpoint('closing', script);
    const job = await workspace().run(await workspace().invoke('closing', workspace().inputs(2)));
    expect(job.run).toMatchObject({ state: 'Completed', progress: { rows: 2 } });
  });

  test('and closes every descriptor there is told so', async () => {
    const script = 'import os\ndef run(mini_batch):\n    os.closerange(3, 10_000)\n    return mini_batch\n';
    await workspace().endpoint('closing-all', script, { retrySettings: { maxRetries: 1 } });
    const job = await workspace().run(await workspace().invoke('closing-all', workspace().inputs(1)));
    expect(job.run.failures[0]).toMatchObject({ code: 'WorkerDied' });
    expect(job.run.failures[0]?.message).toContain('closed descriptors that it has not opened');
  });
});
