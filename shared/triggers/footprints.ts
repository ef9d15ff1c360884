import { isFailure } from '../errors/batchpointError';
import { findDeployment } from '../invocation/invoke';
import { outputOf } from '../invocation/outputOf';
import { settingsOf } from '../invocation/settingsOf';
import type { OutputReference } from '../jobs/jobSpec';
import type { Stored } from '../registry/namedResources';
import type { Registry } from '../registry/registry';
import type { BlobStore } from '../stores/blobStore';
import { filledOutput, fixedPart } from './outputTemplate';
import type { Trigger } from './trigger';
import { fileTrigger } from './watchedPath';

/** What is needed to tell where triggers read and write. */
export interface FootprintContext {
  readonly registry: Registry;
  /** The store of a datastore. */
  readonly stores: { of(datastore: string): Promise<Pick<BlobStore, 'url'>> };
  readonly localFiles: boolean;
}

/** Where the jobs of a trigger write, and what they are jobs of. */
export interface Writes {
  readonly endpoint: string;
  readonly deployment?: string;
  /** What all its outputs begin with, as a URL without escapes. */
  readonly start: string;
  /** Some that there could be. */
  readonly samples: readonly string[];
}

/** What a trigger watches. */
export interface Watches {
  readonly endpoint?: string;
  readonly deployment?: string;
  /** What all that is watched begins with, as a URL without escapes. */
  readonly start?: string;
  /** Whether a file is watched, by what comes behind the start. */
  readonly wants: (path: string) => boolean;
}

/** Where a trigger writes; the outputs could be called whatever the patterns in `wanted` say. */
export async function writesOf(
  context: FootprintContext,
  { name, value }: Pick<Stored<Trigger>, 'name' | 'value'>,
  wanted: readonly string[],
): Promise<Writes> {
  const { endpoint, deployment, output } = value;
  const job = `${name}-${'0'.repeat(20)}`;
  const target = { endpoint, ...(deployment === undefined ? {} : { deployment }) };
  if (output === undefined) {
    const fileName = await fileNameOf(context, value);
    const place = await urlOf(context, outputOf({}, { job, fileName, localFiles: context.localFiles }));
    return { ...target, start: place.slice(0, place.indexOf(job)), samples: [place] };
  }
  const urlOfSample = (uri: string): Promise<string> => {
    const outputData = { score: { uri, jobOutputType: 'UriFile' } } as const;
    return urlOf(context, outputOf({ outputData }, { job, fileName: '', localFiles: context.localFiles }));
  };
  const samples: string[] = [];
  for (const sample of ['x', ...wanted.map(sampleOf)])
    for (const path of ['', 'x'])
      samples.push(
        await urlOfSample(
          filledOutput(output, { name: sample, path, date: '2000-01-01', trigger: name, job }),
        ),
      );
  const start = await urlOfSample(`${fixedPart(output)}-`);
  return { ...target, start: start.slice(0, -1), samples };
}

/** What a trigger watches. */
export async function watchesOf(context: FootprintContext, trigger: Stored<Trigger>): Promise<Watches> {
  const { watch } = trigger.value;
  if (watch.type === 'outputs') {
    const { endpoint, deployment } = watch;
    return { endpoint, ...(deployment === undefined ? {} : { deployment }), wants: () => false };
  }
  const { url } = await context.stores.of(watch.datastore);
  const folder = watch.path === '' ? '' : `${watch.path}/`;
  return {
    start: `${decoded(url).replace(/\/$/, '')}/${folder}`,
    wants: fileTrigger(trigger)?.wants ?? (() => false),
  };
}

/** The name that the predictions file has where nothing else is said. */
async function fileNameOf({ registry }: FootprintContext, trigger: Trigger): Promise<string> {
  try {
    const { deployment } = await findDeployment(registry, trigger.endpoint, trigger.deployment);
    return settingsOf(deployment.value, trigger.overrides).outputFileName;
  } catch (error) {
    if (!isFailure(error) || error.retryable) throw error;
    return 'predictions.csv';
  }
}

async function urlOf({ stores }: FootprintContext, output: OutputReference): Promise<string> {
  const path = [output.folder, output.fileName].filter((part) => part !== '').join('/');
  if (output.kind === 'local') return `file://${path.replace(/\\/g, '/')}`;
  const { url } = await stores.of(output.datastore);
  return `${decoded(url).replace(/\/$/, '')}/${path}`;
}

/** A name that a pattern matches, without its extension. */
function sampleOf(pattern: string): string {
  const name = pattern.slice(pattern.lastIndexOf('/') + 1);
  return name.replace(/\*+|\?|\[[^\]]*\]|\{[^}]*\}/g, 'x').replace(/(?<=.)\.[^.]*$/, '') || 'x';
}

function decoded(url: string): string {
  try {
    return decodeURIComponent(url);
  } catch {
    return url;
  }
}
