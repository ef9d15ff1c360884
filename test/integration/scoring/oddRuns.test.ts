import { readFileSync } from 'node:fs';
import type { Job } from '../../../shared/jobs/jobStore';
import { useWorkspace } from '../../support/useWorkspace';

describe('a run() that does odd things', () => {
  const workspace = useWorkspace();

  /** Runs a job over files that each give their name; `odd` is done at the file with a 1 in it. */
  async function ran(name: string, odd: string, files = 3): Promise<Job> {
    const script = `
import os, sys, threading, time
def run(mini_batch):
    if open(mini_batch[0]).read() == '1':
${odd}
    return [os.path.basename(path) for path in mini_batch]
`;
    await workspace().endpoint(name, script, { retrySettings: { maxRetries: 2 } });
    return workspace().run(await workspace().invoke(name, workspace().inputs(files)));
  }

  async function printed(job: Job, stream: 'stdout' | 'stderr'): Promise<string> {
    const names = (await workspace().services.jobFiles.list(job)).map(({ name }) => name);
    const found = names.filter((name) => name.startsWith(`logs/user/${stream}/`));
    return (await Promise.all(found.map((name) => workspace().file(job, name)))).join('');
  }

  async function expectAllRows(job: Job): Promise<void> {
    expect(job.run).toMatchObject({ state: 'Completed', progress: { failedFiles: 0, tries: 3 } });
    expect(await workspace().predictions(job)).toBe('f000000.txt\nf000001.txt\nf000002.txt\n');
  }

  /** Only the file with a 1 in it failed, after both tries. */
  async function expectOneFailure(job: Job): Promise<NonNullable<Job['run']['failures'][0]>> {
    expect(await workspace().predictions(job)).toBe('f000000.txt\nf000002.txt\n');
    const [failure, ...others] = job.run.failures;
    expect(others).toEqual([]);
    expect(failure).toMatchObject({ miniBatch: 1, tries: 2 });
    if (failure === undefined) throw new Error('There is no failure.');
    return failure;
  }

  test('changes the folder: the next mini-batches are read and written all the same', async () => {
    await expectAllRows(await ran('folder', "        os.chdir('/tmp')"));
  });

  test('raises in a folder that it has removed: the exception is told as anywhere', async () => {
    const odd = `        import tempfile
        folder = tempfile.mkdtemp()
        os.chdir(folder)
        os.rmdir(folder)
        exec('raise ValueError("in no folder")')`;
    const job = await ran('removed', odd);
    const failure = await expectOneFailure(job);
    expect(failure).toMatchObject({ code: 'RunRaised', exception: 'ValueError' });
    expect(failure.message).toContain('in no folder');
  });

  test('closes standard output: rows and logs of the others are whole', async () => {
    const job = await ran('closes', "        print('one')\n        sys.stdout.close()");
    await expectAllRows(job);
    expect(await printed(job, 'stdout')).toBe('one\n');
  });

  test('closes the descriptors of its output, and opens files on them: there is nothing of ours in these', async () => {
    const path = workspace().write('taken.txt', '');
    const open = `open(${JSON.stringify(path)}, 'w')`;
    const job = await ran(
      'descriptors',
      `        os.close(1)\n        global taken\n        taken = ${open}\n        assert taken.fileno() == 1\n        taken.write('mine')\n        taken.flush()`,
    );
    await expectAllRows(job);
    await workspace().services.pool.retireIdle(0);
    expect(readFileSync(path, 'utf8')).toBe('mine');
  });

  test('prints binary: the log has its bytes', async () => {
    const job = await ran('binary', '        sys.stdout.buffer.write(bytes([0, 255, 254, 10]))');
    await expectAllRows(job);
    expect(await printed(job, 'stdout')).toBe(Buffer.from([0, 255, 254, 10]).toString());
  });

  test('leaves threads that outlive it: later mini-batches have their rows, and what threads print is in the log', async () => {
    const odd = `        global go, printed
        go, printed = threading.Event(), threading.Event()
        def later():
            go.wait()
            print('from the thread', flush=True)
            printed.set()
            time.sleep(600)
        threading.Thread(target=later).start()
    elif open(mini_batch[0]).read() == '2':
        go.set()
        printed.wait()`;
    const job = await ran('threads', odd);
    await expectAllRows(job);
    expect(await printed(job, 'stdout')).toBe('from the thread\n');
    // The thread sleeps for long: the process is let go all the same.
    await workspace().services.pool.retireIdle(0);
  });

  test('is interrupted: the try has failed, and the process goes on', async () => {
    const failure = await expectOneFailure(await ran('interrupt', '        raise KeyboardInterrupt'));
    expect(failure).toMatchObject({ code: 'RunRaised', exception: 'KeyboardInterrupt' });
  });

  test('recurses without end: the traceback shows where', async () => {
    const odd = '        def down(n):\n            return down(n + 1)\n        down(0)';
    const failure = await expectOneFailure(await ran('recursion', odd));
    expect(failure).toMatchObject({ code: 'RunRaised', exception: 'RecursionError' });
    expect(failure.traceback).toContain('return down(n + 1)');
    expect(failure.traceback).toContain('times]');
  });

  test('asks for more memory than there can be: the try has failed, and the process goes on', async () => {
    const failure = await expectOneFailure(await ran('memory-error', '        bytearray(1 << 60)'));
    expect(failure).toMatchObject({ code: 'RunRaised', exception: 'MemoryError' });
    expect(failure.message).toContain('make mini-batches smaller');
  });

  test('raises with a message of a megabyte: its start is told', async () => {
    const job = await ran('long', "        raise ValueError('start ' + 'x' * (1 << 20))");
    const failure = await expectOneFailure(job);
    expect(failure.message).toMatch(/^run\(\) raised ValueError: start x+\.\.\.$/);
    expect(failure.message.length).toBeLessThan(4_100);
    expect(failure.traceback?.length).toBeLessThanOrEqual(4_000);
    expect(failure.traceback).toContain('Traceback (most recent call last)');
  });

  test('raises with a message of odd characters: it is told, and the list of failed files can be read', async () => {
    const job = await ran(
      'characters',
      String.raw`        raise ValueError('nul \0, half \ud800, "quotes"\nline')`,
    );
    const failure = await expectOneFailure(job);
    expect(failure.message).toContain('"quotes"');
    expect(await workspace().file(job, 'failed_files.csv')).toContain(
      'f000001.txt,1,RunRaised,ValueError,2,',
    );
  });

  test('raises an exception that cannot be shown: its type is told', async () => {
    const odd = `        class Odd(Exception):
            def __str__(self):
                raise KeyboardInterrupt
        raise Odd()`;
    const failure = await expectOneFailure(await ran('unshowable', odd));
    expect(failure).toMatchObject({ code: 'RunRaised', exception: 'Odd' });
    expect(failure.message).toContain('(its message cannot be shown)');
  });

  test('sets a signal that ends it: the signal is named', async () => {
    const job = await ran('alarm', '        import signal\n        signal.alarm(1)\n        time.sleep(20)');
    const failure = await expectOneFailure(job);
    expect(failure.code).toBe('WorkerDied');
    expect(failure.message).toContain('SIGALRM');
  });
});
