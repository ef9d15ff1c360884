import type { Evidence, Files, Sighting } from './checker/evidence';
import type { RowWrite, Write } from './checker/journal';

/** The key of the job that evidence is made up for. */
export const key = 'abc';
const store = 'file:///out';

/**
 * Evidence of a job that lost nothing: four files in mini-batches of two, of which the second mini-batch fails with both
 * its tries. Tests break one thing of it.
 */
export function soundJob(changes: Partial<Evidence> = {}): Evidence {
  const input = ['a', 'b', 'c', 'd'].map((name) => ({ name, keys: [`k-${name}`] }));
  return {
    job: { name: 'job', key },
    limits: { miniBatchSize: 2, tries: 2, threshold: 2 },
    input,
    mustFail: new Set(['c', 'd']),
    bareLoop: (failed) =>
      files({
        out: input
          .filter(({ name }) => !failed.has(name))
          .map(({ name }) => `k-${name}\n`)
          .join(''),
      }),
    keysOf: (_name, content) => content.toString('utf8').match(/k-\w/g) ?? [],
    output: { store, prefix: '', file: 'out' },
    journal: soundJournal(),
    sightings: [sighting(45), sighting(100)],
    outputFiles: files({ out: 'k-a\nk-b\n' }),
    answered: {
      status: 'Completed',
      progress: { filesDone: 4, filesFailed: 2, miniBatchesDone: 2, rows: 2, tries: 3 },
      outputUri: `${store}/out`,
      outputBytes: 8,
    },
    jobFiles: jobFiles('Completed'),
    jobFilesLater: jobFiles('Completed'),
    tries: ['a', 'c', 'c'].map((first, i) => ({ at: 20 + i, pid: 7, first })),
    repeats: 0,
    cancelAsked: false,
    excused: [],
    ...changes,
  };
}

/** Evidence of a job that failed by its threshold, and lost nothing either. */
export function stoppedJob(changes: Partial<Evidence> = {}): Evidence {
  const sound = soundJob();
  return {
    ...sound,
    limits: { ...sound.limits, threshold: 1 },
    journal: [
      runWrite(30, 'Stopping'),
      blobWrite(35, 'write', `jobs/${key}/files/logs/job_result.txt`, 'digest'),
      runWrite(50, 'Failed'),
    ],
    sightings: [],
    outputFiles: files({}),
    answered: {
      status: 'Failed',
      progress: sound.answered.progress,
      error: { code: 'ErrorThresholdExceeded', message: 'Too many.' },
    },
    jobFiles: new Map([...jobFiles('Failed'), ...files({ 'partial/out': 'k-a\nk-b\n' })]),
    jobFilesLater: new Map([...jobFiles('Failed'), ...files({ 'partial/out': 'k-a\nk-b\n' })]),
    ...changes,
  };
}

function soundJournal(): Write[] {
  const outcome = { lane: 0, sequence: 0, outcome: { attempt: 1 } };
  return [
    runWrite(10, 'Running'),
    blobWrite(20, 'stage', `jobs/${key}/parts/0-0-1.rows`, 'rows'),
    rowsWrite(25, [{ kind: 'replace', row: 'claim:000000:00000000', value: outcome }]),
    runWrite(30, 'Committing'),
    { ...blobWrite(40, 'commit', 'out', 'parts'), store, etag: 'first' },
    blobWrite(45, 'write', `jobs/${key}/files/logs/job_result.txt`, 'digest'),
    runWrite(50, 'Completed'),
  ];
}

/** A change of the run row that was made. */
export function runWrite(at: number, state: string): Write {
  return rowsWrite(at, [{ kind: 'replace', row: 'run', value: { state } }]);
}

function rowsWrite(at: number, changes: readonly RowWrite[]): Write {
  return {
    begun: at,
    ended: at + 1,
    pid: 1,
    id: at,
    store: 'tables',
    op: 'rows',
    name: `job:${key}`,
    changes,
  };
}

/** A write of a blob of the product that was made. */
export function blobWrite(at: number, op: Write['op'], name: string, digest: string): Write {
  return { begun: at, ended: at + 1, pid: 1, id: at, store: 'file:///blobs', op, name, digest };
}

/** The output as it is seen. */
export function sighting(at: number, identity = 'inode 1'): Sighting {
  return { from: at, at, name: 'out', identity, size: 8 };
}

export function files(contents: Readonly<Record<string, string>>): Files {
  return new Map(Object.entries(contents).map(([name, text]) => [name, Buffer.from(text)]));
}

/** The texts of the job, with some of them changed. */
export function jobFiles(status: string, changed: Readonly<Record<string, string>> = {}): Files {
  const overview = [
    `Status  ${status}`,
    'Mini-batches  2 of 2, 1 failed',
    'Files  4 of 4, 2 failed',
    'Rows  2',
    'Tries  3',
  ];
  return files({
    'failed_files.csv': 'file,mini_batch\nc,1\nd,1\n',
    'logs/job_result.txt': `${status}: as it went`,
    'logs/job_progress_overview.txt': `${overview.join('\n')}\n`,
    ...changed,
  });
}
