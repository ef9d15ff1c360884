import type { Stored } from '../registry/namedResources';
import type { WantedJob } from '../starting/startOnce';
import type { Arrival } from './arrival';
import { filledOutput } from './outputTemplate';
import type { Trigger, WatchedFiles } from './trigger';
import { digestOf, triggerJobName } from './triggerKeys';
import { pathBelow } from './watchedPath';

/** Characters that the id of what a job is for may have. */
const longestId = 200;

/** The job for one version of a file. */
export function jobOfFile(trigger: Stored<Trigger>, watch: WatchedFiles, arrival: Arrival): WantedJob {
  const { name, etag, landedAt, lineage = [], datastore = watch.datastore } = arrival;
  const path = pathBelow(watch, name) ?? name;
  const at = path.lastIndexOf('/');
  return jobFor(trigger, {
    reason: ['file', datastore.toLowerCase(), name, etag],
    id: shortened(`${name}@${etag}`),
    lineage,
    input: { jobInputType: 'UriFile', uri: `azureml://datastores/${datastore}/paths/${name}` },
    names: {
      name: withoutExtension(path.slice(at + 1)),
      path: at < 0 ? '' : path.slice(0, at),
      date: dateOf(landedAt),
    },
  });
}

/** What a job of a trigger is made from. */
interface JobReason {
  /** What it is for; its name follows from that. */
  readonly reason: readonly (string | number)[];
  readonly id: string;
  readonly lineage: readonly string[];
  readonly input: { readonly jobInputType: 'UriFile' | 'UriFolder'; readonly uri: string };
  readonly names: { readonly name: string; readonly path: string; readonly date: string };
}

function jobFor(trigger: Stored<Trigger>, { reason, id, lineage, input, names }: JobReason): WantedJob {
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
        inputData: { input },
        ...(uri === undefined ? {} : { outputData: { score: { jobOutputType: 'UriFile', uri } } }),
      },
    },
    startedBy: { type: 'trigger', name: trigger.name, id, lineage },
  };
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
