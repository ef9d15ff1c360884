import { failure, isFailure } from '../errors/batchpointError';
import type { JobResult } from '../jobs/jobRun';
import type { JobSpec } from '../jobs/jobSpec';
import type { BlobStore, StagedPart } from '../stores/blobStore';
import { uriOf, type Destination } from './destinations';
import type { Outcomes } from './outcomes';
import { collectScriptFiles } from './scriptFiles';

/** What is committed: names in the destination's store, with their parts. */
type Committed = readonly (readonly [name: string, parts: readonly StagedPart[]])[];

/**
 * Makes the output of a job visible: the files that its script wrote itself, then the predictions file, each whole.
 * Done again after a kill, it finds what is there already. Where a name is taken by somebody else, it takes back
 * what it has committed, and fails with `OutputExists`.
 */
export async function commitOutput(
  blobs: BlobStore,
  spec: JobSpec,
  digest: string,
  outcomes: Outcomes,
  destination: Destination,
): Promise<JobResult> {
  const { store, folder, name } = destination;
  const written = [...(await collectScriptFiles(blobs, outcomes))].map(
    ([path, parts]) => [`${folder}${path}`, parts] as const,
  );
  const hasRows = spec.settings.outputAction === 'AppendRow';
  if (hasRows && written.some(([path]) => path === name)) {
    throw failure('ScriptFileInTheWay', { file: spec.output.fileName });
  }
  const rows = outcomes.parts(blobs, 'rows');
  const all: Committed = hasRows ? [...written, [name, rows]] : written;
  await commitAll(store, all, { batchpoint_job: spec.key, batchpoint_digest: digest });
  return {
    ...(hasRows
      ? { outputUri: destination.uri, outputBytes: rows.reduce((sum, { size }) => sum + size, 0) }
      : {}),
    scriptFiles: written.map(([path]) => path.slice(folder.length)),
  };
}

async function commitAll(
  store: BlobStore,
  files: Committed,
  metadata: Readonly<Record<string, string>>,
): Promise<void> {
  const isOurs = async (name: string): Promise<boolean | undefined> => {
    const present = await store.stat(name);
    return present && Object.entries(metadata).every(([key, value]) => present.metadata[key] === value);
  };
  try {
    for (const [name, parts] of files) {
      const ours = await isOurs(name);
      if (ours === true) continue;
      if (ours === false) throw failure('OutputExists', { output: uriOf(store, name) });
      await store.commit(name, parts, metadata).catch((error: unknown) => {
        if (!isFailure(error, 'BlobExists')) throw error;
        throw failure('OutputExists', { output: uriOf(store, name) }, { cause: error });
      });
    }
  } catch (error) {
    if (isFailure(error) && !error.retryable) await takeBack(store, files, isOurs);
    throw error;
  }
}

async function takeBack(
  store: BlobStore,
  files: Committed,
  isOurs: (name: string) => Promise<boolean | undefined>,
): Promise<void> {
  for (const [name] of files) if ((await isOurs(name)) === true) await store.remove(name);
}
