import { check } from './checker/check';
import type { Evidence, Sighting } from './checker/evidence';
import type { Invariant } from './checker/violation';
import { blobWrite, files, jobFiles, key, runWrite, sighting, soundJob, stoppedJob } from './soundJob';

/** What the checker says of evidence, as invariant and text. */
function saidOf(evidence: Evidence): string[] {
  return check(evidence).map(({ invariant, seen }) => `${invariant}: ${seen}`);
}

function brokenOf(evidence: Evidence): Invariant[] {
  return [...new Set(check(evidence).map(({ invariant }) => invariant))];
}

/** The journal of a job of which the commit was decided, and which failed. */
const decidedAndFailed = (): Evidence['journal'] => {
  const [, ...rest] = stoppedJob().journal;
  return [runWrite(30, 'Committing'), ...rest];
};

const failedFiles = (rows: string): Record<string, string> => ({
  'failed_files.csv': `file,mini_batch\n${rows}`,
});

describe('the checker', () => {
  test('finds nothing in a job that lost nothing', () => {
    expect(check(soundJob())).toEqual([]);
    expect(check(stoppedJob())).toEqual([]);
  });

  describe('I1: rows in are rows out and rows of failed files', () => {
    test.each([
      ['a row that is lost', 'k-a\n', 'I1: k-b is 0 times in out, and not 1 times.'],
      ['a row that is doubled', 'k-a\nk-b\nk-b\n', 'I1: k-b is 2 times in out, and not 1 times.'],
      ['a row of a failed file', 'k-a\nk-b\nk-c\n', 'I1: k-c is 1 times in out, and not 0 times.'],
      ['a row from nowhere', 'k-a\nk-b\nk-x\n', 'I1: k-x is 1 times in out, and not 0 times.'],
    ])('finds %s', (_what, text, said) => {
      expect(saidOf(soundJob({ outputFiles: files({ out: text }) }))).toContain(said);
    });

    test('finds a failed file that nobody is told of', () => {
      const told = jobFiles('Completed', failedFiles('c,1\n'));
      expect(saidOf(soundJob({ jobFiles: told, jobFilesLater: told }))).toContain(
        'I1: k-d is 0 times in out, and not 1 times.',
      );
    });

    test('finds a file that is told as failed twice, and one that is none of the input', () => {
      const told = jobFiles('Completed', failedFiles('c,1\nd,1\nd,1\nx,1\n'));
      expect(saidOf(soundJob({ jobFiles: told }))).toEqual(
        expect.arrayContaining([
          'I1: d is told as failed 2 times.',
          'I1: x failed, and is no file of the input.',
        ]),
      );
    });

    test('finds a file that failed although it does not have to and tries were left', () => {
      const evidence = soundJob({ mustFail: new Set() });
      expect(brokenOf(evidence)).toEqual([]);
      expect(saidOf({ ...evidence, tries: evidence.tries.slice(0, 2) })).toContain(
        'I1: c is told as failed, and not all its tries were taken.',
      );
    });

    test('finds rows that are twice in what is kept of a stopped job', () => {
      const kept = new Map([...stoppedJob().jobFiles, ...files({ 'partial/out': 'k-a\nk-a\n' })]);
      expect(saidOf(stoppedJob({ jobFiles: kept, jobFilesLater: kept }))).toEqual([
        'I1: k-a is 2 times in partial/out, and 1 times in the input.',
      ]);
    });
  });

  describe('I2: the bytes of a plain loop', () => {
    test('finds rows in another order', () => {
      expect(saidOf(soundJob({ outputFiles: files({ out: 'k-b\nk-a\n' }) }))).toEqual([
        'I2: out has 8 bytes, not 8, and differs from byte 2 on: "b\\nk-a\\n".',
      ]);
    });

    test('finds an output that is missing, and one that nobody asked for', () => {
      expect(saidOf(soundJob({ outputFiles: files({ other: '' }) }))).toEqual(
        expect.arrayContaining([
          'I2: other is there, and a plain loop does not write it.',
          'I2: out is not there.',
        ]),
      );
    });
  });

  describe('I3: the output comes with the commit', () => {
    test('finds a file that is there before the commit was decided', () => {
      expect(saidOf(soundJob({ sightings: [sighting(29)] }))).toEqual([
        'I3: out was seen, before the commit was decided.',
      ]);
    });

    test('finds a commit that was sent before it was decided', () => {
      const { journal, output } = soundJob();
      const early = { ...blobWrite(28, 'commit', 'out', 'parts'), store: output.store, etag: 'first' };
      expect(saidOf(soundJob({ journal: [...journal, early] }))).toEqual([
        'I3: A commit of out, before the commit was decided.',
      ]);
    });

    test('finds a file of a job that failed, whether it stays or goes', () => {
      expect(brokenOf(stoppedJob({ outputFiles: files({ out: '' }) }))).toEqual(['I3']);
      expect(brokenOf(stoppedJob({ sightings: [sighting(60)] }))).toEqual(['I3']);
    });
  });

  describe('I3: a file that stays', () => {
    test('is found by the look that begins after the end of a job that failed', () => {
      const stays = (at: number): readonly Sighting[] => [{ ...sighting(at), from: at - 20 }];
      expect(brokenOf(stoppedJob({ sightings: stays(60), journal: decidedAndFailed() }))).toEqual([]);
      expect(brokenOf(stoppedJob({ sightings: stays(72), journal: decidedAndFailed() }))).toEqual(['I3']);
    });
  });

  describe('what there has to be evidence of', () => {
    test('is a commit of each file of the output', () => {
      const { journal } = soundJob();
      const others = journal.filter(({ op }) => op !== 'commit');
      expect(saidOf(soundJob({ journal: others }))).toEqual([
        'I4: out is there, and the journal has no commit of it.',
      ]);
    });

    test('is somebody who has seen it, unless nobody had to look', () => {
      expect(saidOf(soundJob({ sightings: [] }))).toEqual(['I4: out is there, and nobody has seen it come.']);
      const { sightings, ...others } = soundJob();
      expect(sightings).toHaveLength(2);
      expect(check(others)).toEqual([]);
    });

    test('is a try of each mini-batch that has rows, or one of the job that was resumed', () => {
      const { tries } = soundJob();
      const evidence = soundJob({ tries: tries.filter(({ first }) => first !== 'a') });
      expect(saidOf(evidence)).toEqual(['I7: The mini-batch of a was scored, and no try of it is noted.']);
      expect(check({ ...evidence, earlierTries: tries })).toEqual([]);
    });
  });

  describe('I4: the output is created once', () => {
    test('finds another file under its name', () => {
      expect(saidOf(soundJob({ sightings: [sighting(45), sighting(100, 'inode 2')] }))).toEqual([
        'I4: out was seen as different files: inode 1, 8 bytes; inode 2, 8 bytes.',
      ]);
    });

    test('finds a second commit that made another file, and takes one that found the first for what it is', () => {
      const { journal, output } = soundJob();
      const again = { ...blobWrite(48, 'commit', 'out', 'parts'), store: output.store };
      expect(brokenOf(soundJob({ journal: [...journal, { ...again, etag: 'first' }] }))).toEqual([]);
      expect(saidOf(soundJob({ journal: [...journal, { ...again, etag: 'second' }] }))).toEqual([
        'I4: out was created 2 times.',
      ]);
    });

    test('finds that it was removed', () => {
      const { journal, output } = soundJob();
      const removal = { ...blobWrite(48, 'remove', 'out', ''), store: output.store };
      expect(saidOf(soundJob({ journal: [...journal, removal] }))).toEqual(['I4: A remove of out.']);
    });
  });

  describe('I5: nothing readable changes after the end', () => {
    const { journal } = soundJob();
    const log = `jobs/${key}/files/logs/job_result.txt`;

    test('finds a change of the record', () => {
      expect(saidOf(soundJob({ journal: [...journal, runWrite(60, 'Failed')] }))).toContain(
        'I5: A replace of the row run after the end of the job.',
      );
    });

    test('finds a text that is written otherwise, and not one that is written the same', () => {
      expect(brokenOf(soundJob({ journal: [...journal, blobWrite(60, 'write', log, 'digest')] }))).toEqual(
        [],
      );
      expect(saidOf(soundJob({ journal: [...journal, blobWrite(60, 'write', log, 'other')] }))).toEqual([
        `I5: A write of ${log} after the end of the job.`,
      ]);
    });

    test('finds a part of an outcome that changes, and lets a late attempt have parts that nobody reads', () => {
      const part = (attempt: number): Evidence =>
        soundJob({
          journal: [...journal, blobWrite(60, 'stage', `jobs/${key}/parts/0-0-${attempt}.rows`, 'late')],
        });
      expect(brokenOf(part(2))).toEqual([]);
      expect(brokenOf(part(1))).toEqual(['I5']);
    });

    test('takes a write that was refused for none', () => {
      const refused = { ...runWrite(60, 'Failed'), refused: 'RowConflict' };
      expect(brokenOf(soundJob({ journal: [...journal, refused] }))).toEqual([]);
    });

    test('finds files of the job that come, go or change', () => {
      const later = new Map(
        jobFiles('Completed', { 'logs/job_result.txt': 'Completed: otherwise', more: '' }),
      );
      later.delete('failed_files.csv');
      expect(saidOf(soundJob({ jobFilesLater: later }))).toEqual([
        'I5: failed_files.csv went after the end of the job.',
        expect.stringMatching(/^I5: logs\/job_result.txt changed after the end of the job: "/),
        'I5: more came after the end of the job.',
      ]);
    });
  });

  describe('I6: all places tell the same', () => {
    const { answered } = soundJob();

    test('finds another status in the record and in the texts', () => {
      expect(brokenOf(soundJob({ jobFiles: jobFiles('Failed'), jobFilesLater: jobFiles('Failed') }))).toEqual(
        ['I6'],
      );
      const { journal } = soundJob();
      expect(saidOf(soundJob({ journal: [...journal.slice(0, -1), runWrite(50, 'Failed')] }))).toContain(
        'I6: The API says Completed, and the record Failed.',
      );
    });

    test.each(['filesDone', 'filesFailed', 'miniBatchesDone', 'rows', 'tries'])(
      'finds a wrong number of %s',
      (name) => {
        const progress = { ...answered.progress, [name]: 17 };
        expect(brokenOf(soundJob({ answered: { ...answered, progress } }))).toEqual(['I6']);
      },
    );

    test('finds a wrong size, and a file of the script that nobody names', () => {
      expect(brokenOf(soundJob({ answered: { ...answered, outputBytes: 9 } }))).toEqual(['I6']);
      expect(brokenOf(soundJob({ answered: { ...answered, scriptFiles: ['side.txt'] } }))).toEqual(['I6']);
    });

    test('finds a cancel that nobody asked for, and an output that a failed job names', () => {
      const canceled = { status: 'Canceled', progress: answered.progress };
      expect(saidOf(stoppedJob({ answered: canceled }))).toContain(
        'I6: The job is Canceled, and nobody asked for it.',
      );
      const named = { ...stoppedJob().answered, outputUri: 'file:///out/out' };
      expect(brokenOf(stoppedJob({ answered: named }))).toEqual(['I6']);
    });
  });

  test('I7: finds a mini-batch that was tried too often, unless a fault has repeated its delivery', () => {
    const { tries } = soundJob();
    const evidence = soundJob({ tries: [...tries, ...tries] });
    expect(saidOf(evidence)).toEqual([
      'I7: The mini-batch of c was tried 4 times, and at most 2 are allowed.',
    ]);
    expect(brokenOf({ ...evidence, repeats: 1 })).toEqual([]);
  });

  describe('I8: the threshold holds', () => {
    const withThreshold = (evidence: Evidence, threshold: number): Evidence => ({
      ...evidence,
      limits: { ...evidence.limits, threshold },
    });

    test('finds a job that completed with more failed files', () => {
      expect(brokenOf(withThreshold(soundJob(), 1))).toEqual(['I8']);
      expect(brokenOf(withThreshold(soundJob(), -1))).toEqual([]);
    });

    test('finds a job that failed by it with fewer, or by something else', () => {
      expect(brokenOf(withThreshold(stoppedJob(), 2))).toEqual(['I8']);
      const error = { code: 'MachineryFailed', message: 'It broke.' };
      const answered = { ...stoppedJob().answered, error };
      expect(brokenOf(stoppedJob({ answered }))).toEqual(['I8']);
      expect(brokenOf(stoppedJob({ answered, excused: ['MachineryFailed'] }))).toEqual([]);
    });
  });

  test('I9: finds a job that does not end, and says where its state was written', () => {
    const { answered } = soundJob();
    const running = soundJob({ answered: { ...answered, status: 'Running' }, stuck: '/tmp/stuck.json' });
    expect(saidOf(running)).toEqual(['I9: The job is still Running. What it was at is in /tmp/stuck.json.']);
  });
});
