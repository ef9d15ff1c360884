import { failure, isFailure } from '../errors/batchpointError';
import type { JobResult } from '../jobs/jobRun';
import type { JobSpec } from '../jobs/jobSpec';
import type { BlobStore, StagedPart } from '../stores/blobStore';
import { uriOf, type Destination } from './destinations';
import type { Outcomes } from './outcomes';
import { outputParts, type FormContext } from './outputParts';
import { collectScriptFiles } from './scriptFiles';

/** What is committed: names in the destination's store, with their parts. */
type Committed = readonly (readonly [name: string, parts: readonly StagedPart[]])[];

/**
 * Makes the output of a job visible: the files that its script wrote itself, then the predictions file, each whole.
 * Done again after a kill, it finds what is there already. Where a name is taken by somebody else, it fails with
 * `OutputExists`; what it has committed by then stays until `withdrawOutput`.
 */
export async function commitOutput(
  context: FormContext,
  spec: JobSpec,
  digest: string,
  outcomes: Outcomes,
  destination: Destination,
): Promise<JobResult> {
  const { blobs } = context;
  const { store, folder, name } = destination;
  const written = [...(await collectScriptFiles(blobs, outcomes))].map(
    ([path, parts]) => [`${folder}${path}`, parts] as const,
  );
  const hasRows = spec.settings.outputAction === 'AppendRow';
  if (hasRows && written.some(([path]) => path === name)) {
    throw failure('ScriptFileInTheWay', { file: spec.output.fileName });
  }
  const rows = hasRows ? await outputParts(context, spec, outcomes) : [];
  const all: Committed = hasRows ? [...written, [name, rows]] : written;
  const metadata = ownMetadata(spec, digest);
  for (const [file, parts] of all) {
    const ours = await isOurs(store, file, metadata);
    if (ours === true) continue;
    if (ours === false) throw failure('OutputExists', { output: uriOf(store, file) });
    await store.commit(file, parts, metadata).catch((error: unknown) => {
      if (!isFailure(error, 'BlobExists')) throw error;
      throw failure('OutputExists', { output: uriOf(store, file) }, { cause: error });
    });
  }
  return {
    ...(hasRows
      ? { outputUri: destination.uri, outputBytes: rows.reduce((sum, { size }) => sum + size, 0) }
      : {}),
    scriptFiles: written.map(([path]) => path.slice(folder.length)),
  };
}

/** Takes back all that was committed of a job, so that nothing of it stays visible. */
export async function withdrawOutput(
  blobs: BlobStore,
  spec: JobSpec,
  digest: string,
  outcomes: Outcomes,
  { store, folder, name }: Destination,
): Promise<void> {
  const metadata = ownMetadata(spec, digest);
  const withdraw = async (file: string): Promise<void> => {
    if ((await isOurs(store, file, metadata)) === true) await store.remove(file);
  };
  await withdraw(name);
  for (const path of (await collectScriptFiles(blobs, outcomes)).keys()) await withdraw(`${folder}${path}`);
}

function ownMetadata({ key }: JobSpec, digest: string): Readonly<Record<string, string>> {
  return { batchpoint_job: key, batchpoint_digest: digest };
}

/** Whether a file is of this very commit; `undefined` where there is none. */
async function isOurs(
  store: BlobStore,
  file: string,
  metadata: Readonly<Record<string, string>>,
): Promise<boolean | undefined> {
  const present = await store.stat(file);
  return present && Object.entries(metadata).every(([key, value]) => present.metadata[key] === value);
}
