import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import type { JobSpec, OutputReference } from '../jobs/jobSpec';
import type { Stored } from '../registry/namedResources';
import type { BatchJobResource } from '../schemas/rest/generated';
import type { WantedJob } from '../starting/startOnce';
import type { Arrival } from './arrival';
import { filledOutput } from './outputTemplate';
import type { Trigger, WatchedFiles } from './trigger';
import { digestOf, triggerJobName } from './triggerKeys';
import { pathBelow } from './watchedPath';
import type { ClosedWindow } from './closedWindow';

/** Characters that the id of what a job is for may have. */
const longestId = 200;

/** The job for one version of a file. */
export function jobOfFile(trigger: Stored<Trigger>, watch: WatchedFiles, arrival: Arrival): WantedJob {
  const { name, etag, landedAt, lineage = [] } = arrival;
  const [path, file] = splitPath(pathBelow(watch, name) ?? name);
  return jobFor(trigger, {
    reason: reasonOf(watch, arrival),
    id: `${name}@${etag}`,
    lineage,
    properties: { inputData: { input: { jobInputType: 'UriFile', uri: uriOf(watch, arrival, name) } } },
    names: { name: withoutExtension(file), path, date: dateOf(landedAt) },
  });
}

/** The job for the folder of a marker: all files in it that are wanted, and not the marker. */
export function jobOfMarker(trigger: Stored<Trigger>, watch: WatchedFiles, arrival: Arrival): WantedJob {
  const { name, etag, landedAt, lineage = [] } = arrival;
  const [folder, marker] = splitPath(name);
  const [path, below] = splitPath(splitPath(pathBelow(watch, name) ?? name)[0]);
  const uri = `${uriOf(watch, arrival, folder)}/`.replace(/\/+$/, '/');
  const [included, ...more] = watch.include ?? [];
  return jobFor(trigger, {
    reason: reasonOf(watch, arrival),
    id: `${name}@${etag}`,
    lineage,
    properties: {
      inputData: { input: { jobInputType: 'UriFolder', uri } },
      inputFilter: {
        ...(included === undefined ? {} : { include: [included, ...more] }),
        exclude: [marker.replace(/[\\*?[\]{}]/g, '\\$&'), ...(watch.exclude ?? [])],
      },
    },
    names: { name: below || splitPath(folder)[1] || trigger.name, path, date: dateOf(landedAt) },
  });
}

/** The job for the files of a window. */
export function jobOfWindow(trigger: Stored<Trigger>, window: ClosedWindow): WantedJob {
  const { number, openedAt, datastore, folder, list, lineage } = window;
  const time = openedAt.replace(/[-:]|\.\d+/g, '');
  const job = jobFor(trigger, {
    reason: windowReason(number),
    id: `window ${number}`,
    lineage,
    properties: {},
    names: { name: `${time}-${number}`, path: '', date: dateOf(openedAt) },
  });
  const input = { kind: 'list', type: 'folder', datastore, path: folder, list } as const;
  const slash = folder === '' ? '' : '/';
  return {
    ...job,
    input: { input, inputUri: `azureml://datastores/${datastore}/paths/${folder}${slash}` },
  };
}

/** The name of the job of a window. */
export function windowJobName(trigger: Stored<Trigger>, number: number): string {
  return triggerJobName(trigger, windowReason(number));
}

/** The job for the output of another one. */
export function jobOfOutput(trigger: Stored<Trigger>, arrival: Arrival, other: JobSpec): WantedJob {
  const { etag, landedAt, lineage = [], name } = arrival;
  return jobFor(trigger, {
    reason: ['output', etag],
    id: name,
    lineage,
    properties: { inputData: { input: { jobInputType: 'UriFile', uri: outputUri(other.output) } } },
    names: { name: withoutExtension(other.output.fileName), path: '', date: dateOf(landedAt) },
  });
}

/** What a job of a trigger is made from. */
interface JobReason {
  /** What it is for; its name follows from that. */
  readonly reason: readonly (string | number)[];
  readonly id: string;
  readonly lineage: readonly string[];
  /** What its input is. */
  readonly properties: Pick<BatchJobResource['properties'], 'inputData' | 'inputFilter'>;
  readonly names: { readonly name: string; readonly path: string; readonly date: string };
}

function jobFor(trigger: Stored<Trigger>, { reason, id, lineage, properties, names }: JobReason): WantedJob {
  const { endpoint, deployment, overrides, output } = trigger.value;
  const job = triggerJobName(trigger, reason);
  const uri =
    output === undefined ? undefined : filledOutput(output, { ...names, trigger: trigger.name, job });
  return {
    name: job,
    endpoint,
    ...(deployment === undefined ? {} : { deployment }),
    body: {
      properties: {
        ...overrides,
        ...properties,
        ...(uri === undefined ? {} : { outputData: { score: { jobOutputType: 'UriFile', uri } } }),
      },
    },
    startedBy: { type: 'trigger', name: trigger.name, id: shortened(id), lineage },
    notifications: trigger.value.notifications,
  };
}

function reasonOf(watch: WatchedFiles, { datastore = watch.datastore, name, etag }: Arrival): string[] {
  return ['file', datastore.toLowerCase(), name, etag];
}

function windowReason(number: number): (string | number)[] {
  return ['window', number];
}

function uriOf(watch: WatchedFiles, { datastore = watch.datastore }: Arrival, path: string): string {
  return `azureml://datastores/${datastore}/paths/${path}`;
}

/** The predictions file of a job, as another one takes it for its input. */
function outputUri(output: OutputReference): string {
  if (output.kind === 'local') return pathToFileURL(join(output.folder, output.fileName)).href;
  const path = output.folder === '' ? output.fileName : `${output.folder}/${output.fileName}`;
  return `azureml://datastores/${output.datastore}/paths/${path}`;
}

/** The folder of a path, without slashes at its ends, and what is in it. */
function splitPath(path: string): readonly [folder: string, name: string] {
  const at = path.lastIndexOf('/');
  return at < 0 ? ['', path] : [path.slice(0, at), path.slice(at + 1)];
}

/** An id that is as long as it may be; what is cut off is still in it, as a hash. */
function shortened(id: string): string {
  return id.length <= longestId ? id : `${id.slice(0, longestId - 33)}-${digestOf([id]).slice(0, 32)}`;
}

/** A dot in front of a name begins no extension. */
function withoutExtension(name: string): string {
  const at = name.lastIndexOf('.');
  return at <= 0 ? name : name.slice(0, at);
}

function dateOf(time: string): string {
  return time.slice(0, 10);
}
