import { failure, isFailure } from '../errors/batchpointError';
import type { JobResult } from '../jobs/jobRun';
import type { JobSpec } from '../jobs/jobSpec';
import type { BlobStore, StagedParts } from '../stores/blobStore';
import { uriOf, type Destination } from './destinations';
import type { Outcomes } from './outcomes';
import { outputParts, type FormContext } from './outputParts';
import { ScriptFileList } from './scriptFileList';
import { scriptFiles } from './scriptFiles';

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
  const { store, folder, name } = destination;
  const metadata = ownMetadata(spec, digest);
  const hasRows = spec.settings.outputAction === 'AppendRow';
  const files = await scriptFiles(context, outcomes);
  const list = new ScriptFileList(context, spec.key);
  try {
    for (const { file } of files) {
      if (hasRows && `${folder}${file}` === name)
        throw failure('ScriptFileInTheWay', { file: spec.output.fileName });
      await list.add(file);
    }
    const written = await list.finish();
    for (const { file, parts } of files) await commitFile(store, `${folder}${file}`, parts, metadata);
    if (!hasRows) return written;
    const rows = await outputParts(context, spec, outcomes);
    await commitFile(store, name, rows, metadata);
    return { outputUri: destination.uri, outputBytes: rows.bytes, ...written };
  } finally {
    await list.close();
    await files.close();
  }
}

/** Takes back all that was committed of a job, so that nothing of it stays visible. */
export async function withdrawOutput(
  context: Pick<FormContext, 'blobs' | 'scratch'>,
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
  const files = await scriptFiles(context, outcomes);
  try {
    for (const { file } of files) await withdraw(`${folder}${file}`);
  } finally {
    await files.close();
  }
}

async function commitFile(
  store: BlobStore,
  file: string,
  parts: StagedParts,
  metadata: Readonly<Record<string, string>>,
): Promise<void> {
  const ours = await isOurs(store, file, metadata);
  if (ours === true) return;
  if (ours === false) throw failure('OutputExists', { output: uriOf(store, file) });
  await store.commit(file, parts, metadata).catch((error: unknown) => {
    if (!isFailure(error, 'BlobExists')) throw error;
    throw failure('OutputExists', { output: uriOf(store, file) }, { cause: error });
  });
}

function ownMetadata({ key }: JobSpec, digest: string): Readonly<Record<string, string>> {
  return { batchpoint_job: key, batchpoint_digest: digest };
}

/** The key of the job that a file was committed by, by what is said of the file; nothing where no job did. */
export function jobOfOutput(metadata: Readonly<Record<string, string>>): string | undefined {
  return metadata['batchpoint_job'];
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
