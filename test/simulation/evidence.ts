import { jobPartition } from '../../shared/jobs/jobKeys';
import type { JobRun } from '../../shared/jobs/jobRun';
import type { Evidence } from '../chaos/checker/evidence';
import { memoryManifest } from './checks/manifest';
import type { PlannedJob } from './plan';
import type { Simulation } from './simulation';

/** What the checker of the chaos runs is told of a job. */
export function evidenceOf(simulation: Simulation, job: PlannedJob, run: JobRun): Evidence {
  const { plan, journal, runs, weather, deliveries, filesAtEnd } = simulation;
  const { spec, script, input: folder } = job;
  const { key, output, settings } = spec;
  const files = memoryManifest(simulation, key) ?? [...folder.listed(0)].sort();
  const input = files.map((name) => ({ name, keys: keysIn(script.rowsOf(name)) }));
  const store = 'memory://outputs';
  const outputFolder = `${output.folder}/`;
  const outputFiles = new Map(
    [...simulation.outputs.contents(outputFolder)].filter(
      ([name]) => journal.ownerOf(store, `${outputFolder}${name}`) === key,
    ),
  );
  const isShared = plan.jobs.some((other) => other !== job && other.spec.output.folder === output.folder);
  const { progress, result, error, state } = run;
  return {
    job: { name: spec.name, key },
    limits: {
      miniBatchSize: settings.miniBatchSize,
      tries: settings.maxTries,
      threshold: settings.errorThreshold,
    },
    input,
    mustFail: mustFailOf(job, files),
    bareLoop: (failed) => {
      const rows = files.filter((name) => !failed.has(name)).map((name) => script.rowsOf(name));
      return new Map([[output.fileName, Buffer.from(rows.join(''))]]);
    },
    keysOf: (_name, content) => keysIn(content.toString()),
    output: { store, prefix: outputFolder, file: output.fileName },
    journal: journal.writes.filter(
      (write) => (write.owner ?? key) === key && !isUnread(write.name, key, run),
    ),
    outputFiles,
    answered: {
      status: state,
      progress: {
        rows: progress.rows,
        tries: progress.tries,
        filesDone: progress.files,
        filesFailed: progress.failedFiles,
        miniBatchesDone: progress.miniBatches,
      },
      scriptFiles: result?.scriptFiles ?? [],
      ...(result?.outputUri === undefined ? {} : { outputUri: result.outputUri }),
      ...(result?.outputBytes === undefined ? {} : { outputBytes: result.outputBytes }),
      ...(error === undefined ? {} : { error }),
    },
    jobFiles: filesAtEnd.get(key) ?? new Map<string, Buffer>(),
    jobFilesLater: simulation.filesOf(key),
    tries: (runs.get(key) ?? []).map(({ at, first }) => ({
      at,
      pid: 0,
      first: miniBatchStart(files, first, settings.miniBatchSize),
    })),
    repeats: deliveries.repeats + weather.faults + plan.blows.length,
    cancelAsked: simulation.cancelled.has(key),
    excused: [
      ...(failedFilesSeen(simulation, job, files) > settings.errorThreshold
        ? ['ErrorThresholdExceeded']
        : []),
      ...(isShared ? ['OutputReserved', 'OutputExists'] : []),
      ...(plan.isCalm ? [] : ['StoreFull', 'OutputExists', 'InputEmpty', 'InputFetchFailed']),
    ],
  };
}

/** The keys of the rows in a text. */
function keysIn(text: string): string[] {
  return text.split('\n').flatMap((line) => (line === '' ? [] : [line.slice(0, line.indexOf(','))]));
}

/** The first file of the mini-batch that a file is in. */
function miniBatchStart(files: readonly string[], file: string, size: number): string {
  const at = files.indexOf(file);
  return files[at - (at % size)] ?? file;
}

/** Files that fail by themselves, and all that are in one mini-batch with a file that makes every `run()` raise. */
function mustFailOf({ script, input, spec }: PlannedJob, files: readonly string[]): ReadonlySet<string> {
  const size = spec.settings.miniBatchSize;
  const raises = new Set(
    files
      .filter((file) => script.raises.has(file) && !input.vanished.has(file))
      .map((file) => miniBatchStart(files, file, size)),
  );
  return new Set(
    files.filter(
      (file) =>
        input.vanished.has(file) || script.skips.has(file) || raises.has(miniBatchStart(files, file, size)),
    ),
  );
}

/** Pages count by their head alone, and the head of a job that was never planned by nothing. */
function isUnread(name: string, key: string, { plan }: JobRun): boolean {
  if (name.startsWith(`jobs/${key}/manifest/`)) return true;
  return plan === undefined && name === `jobs/${key}/manifest.json`;
}

/** Files that a job may have counted as failed, whether or not their claim came to an outcome. */
function failedFilesSeen({ runs, journal }: Simulation, job: PlannedJob, files: readonly string[]): number {
  const { script, spec, input } = job;
  const size = spec.settings.miniBatchSize;
  const starts = new Set([
    ...(runs.get(spec.key) ?? [])
      .filter(({ end }) => end !== 'done')
      .map(({ first }) => miniBatchStart(files, first, size)),
    ...begunByTwo(journal, spec.key).map((miniBatch) => files[miniBatch * size] ?? ''),
  ]);
  return files.filter(
    (file) =>
      input.vanished.has(file) || script.skips.has(file) || starts.has(miniBatchStart(files, file, size)),
  ).length;
}

/**
 * Mini-batches that two or more attempts have noted as begun. Where none of them could note its end, as the store was
 * away or its host was, they are taken for what takes hosts down, and charged.
 */
function begunByTwo(journal: Simulation['journal'], key: string): number[] {
  const attempts = new Map<number, Set<unknown>>();
  for (const { name, changes = [] } of journal.writes) {
    if (name !== jobPartition(key)) continue;
    for (const { row, value } of changes) {
      const begun = row.startsWith('claim:') ? value?.['begun'] : undefined;
      if (typeof begun !== 'number') continue;
      attempts.set(begun, (attempts.get(begun) ?? new Set()).add(value?.['attempt']));
    }
  }
  return [...attempts].filter(([, of]) => of.size >= 2).map(([miniBatch]) => miniBatch);
}
