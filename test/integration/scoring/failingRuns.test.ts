import { useWorkspace } from '../../support/useWorkspace';
import { echoScript } from '../../support/workspace';

describe('a run() that fails', () => {
  const workspace = useWorkspace();

  test('does not occur: then every file has its row, in the order of the input', async () => {
    await workspace().endpoint('echo', echoScript, { miniBatchSize: 3, resources: { instanceCount: 3 } });
    const job = await workspace().run(await workspace().invoke('echo', workspace().inputs(20)));
    expect(job.run.state).toBe('Completed');
    expect(await workspace().predictions(job)).toBe(Array.from({ length: 20 }, (_, i) => `${i}\n`).join(''));
    expect(job.run.progress).toMatchObject({ miniBatches: 7, files: 20, failedFiles: 0, rows: 20, tries: 7 });
  });

  test('is tried as often as max_retries says, and then all files of its mini-batch count as failed', async () => {
    const script = `
def run(mini_batch):
    if any(open(path).read() == '4' for path in mini_batch):
        raise ValueError('four is "bad", says the script')
    return [open(path).read() for path in mini_batch]
`;
    await workspace().endpoint('four', script, { miniBatchSize: 2, retrySettings: { maxRetries: 3 } });
    const job = await workspace().run(await workspace().invoke('four', workspace().inputs(8)));
    expect(job.run.state).toBe('Completed');
    expect(await workspace().predictions(job)).toBe('0\n1\n2\n3\n6\n7\n');
    expect(job.run.progress).toMatchObject({ failedFiles: 2, failedMiniBatches: 1, tries: 6, rows: 6 });
    expect(job.run.failures).toHaveLength(1);
    expect(job.run.failures[0]).toMatchObject({
      miniBatch: 2,
      files: ['f000004.txt', 'f000005.txt'],
      code: 'RunRaised',
      exception: 'ValueError',
      tries: 3,
    });
    expect(job.run.failures[0]?.traceback).toContain('raise ValueError(\'four is "bad", says the script\')');
    expect(await workspace().file(job, 'failed_files.csv')).toBe(
      'file,mini_batch,code,exception,tries,message\n' +
        'f000004.txt,2,RunRaised,ValueError,3,"run() raised ValueError: four is ""bad"", says the script"\n' +
        'f000005.txt,2,RunRaised,ValueError,3,"run() raised ValueError: four is ""bad"", says the script"\n',
    );
  });

  test('succeeds at its second try: nothing counts as failed, and the try is counted', async () => {
    const script = `
tried = set()
def run(mini_batch):
    if mini_batch[0] not in tried:
        tried.add(mini_batch[0])
        raise OSError('not yet')
    return [open(path).read() for path in mini_batch]
`;
    await workspace().endpoint('second', script, { retrySettings: { maxRetries: 2 } });
    const job = await workspace().run(await workspace().invoke('second', workspace().inputs(3)));
    expect(await workspace().predictions(job)).toBe('0\n1\n2\n');
    expect(job.run.progress).toMatchObject({ failedFiles: 0, tries: 6 });
    expect(job.run.failures).toEqual([]);
  });

  test('has one attempt where max_retries is 1, or 0', async () => {
    const script = `
def run(mini_batch):
    if open(mini_batch[0]).read() == '2':
        raise KeyError('x')
    return ['ok']
`;
    await workspace().endpoint('once', script, { retrySettings: { maxRetries: 0 } });
    const job = await workspace().run(await workspace().invoke('once', workspace().inputs(4)));
    expect(job.run.failures[0]).toMatchObject({ miniBatch: 2, exception: 'KeyError', tries: 1 });
  });

  test('that exits instead of raising fails the attempt, and the process goes on', async () => {
    const script = `
import sys
def run(mini_batch):
    if open(mini_batch[0]).read() == '1':
        sys.exit('enough')
    return ['ok']
`;
    await workspace().endpoint('exits', script, { retrySettings: { maxRetries: 2 } });
    const job = await workspace().run(await workspace().invoke('exits', workspace().inputs(3)));
    expect(job.run.state).toBe('Completed');
    expect(job.run.failures[0]).toMatchObject({ miniBatch: 1, code: 'RunExited', tries: 2 });
    expect(job.run.failures[0]?.message).toContain('enough');
  });

  test('on every file fails the job, at an error threshold of -1 too, and says why the first one failed', async () => {
    await workspace().endpoint('all', 'def run(mini_batch):\n    raise ValueError("no luck")\n', {
      errorThreshold: -1,
    });
    const job = await workspace().run(await workspace().invoke('all', workspace().inputs(3)));
    expect(job.run.state).toBe('Failed');
    expect(job.run.error).toMatchObject({ code: 'NoSucceededItem' });
    expect(job.run.error?.message).toContain('Not one of 3 files was scored');
    expect(job.run.error?.message).toContain('no luck');
    expect(job.run.error?.details?.[0]?.message).toContain('Traceback (most recent call last)');
  });

  test('is told with the names of its files in the logs of the process that ran it', async () => {
    const script = 'def run(mini_batch):\n    raise ValueError("boom %s" % open(mini_batch[0]).read())\n';
    await workspace().endpoint('logged', script, { retrySettings: { maxRetries: 1 } });
    const job = await workspace().run(await workspace().invoke('logged', workspace().inputs(2)));
    const files = (await workspace().services.jobFiles.list(job)).map(({ name }) => name);
    const errors = files.find((name) => name.startsWith('logs/user/error/'));
    expect(errors).toMatch(/^logs\/user\/error\/[^/]+\/process\d{3}\.txt$/);
    const text = await workspace().file(job, errors ?? '');
    expect(text).toContain('Mini-batch 0, f000000.txt, 1 try: RunRaised: run() raised ValueError: boom 0');
    expect(text).toContain('Mini-batch 1, f000001.txt, 1 try: RunRaised: run() raised ValueError: boom 1');
    expect(await workspace().file(job, 'logs/job_error.txt')).toContain('NoSucceededItem');
    expect(await workspace().file(job, 'logs/user/error.txt')).toContain('boom 0');
  });
});
