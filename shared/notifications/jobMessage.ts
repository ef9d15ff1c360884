import { statusOf } from '../domain/jobState';
import { withoutSecrets } from '../errors/withoutSecrets';
import { callerOf, type JobCaller } from '../jobs/jobStart';
import type { Job } from '../jobs/jobStore';
import type { NotifiedEnd } from './notification';

/** What is told of a job that has ended. Nothing in it is secret, and its size has a limit. */
export interface JobMessage {
  readonly type: `batchpoint.job.${Lowercase<NotifiedEnd>}`;
  /** When the job ended. */
  readonly timestamp: string;
  readonly data: {
    readonly job: string;
    readonly endpoint: string;
    readonly deployment: string;
    readonly status: NotifiedEnd;
    readonly createdAt: string;
    readonly endedAt: string;
    readonly counts: {
      readonly files: number;
      readonly failedFiles: number;
      readonly miniBatches: number;
      readonly failedMiniBatches: number;
      readonly rows: number;
    };
    readonly output?: { readonly uri: string; readonly bytes?: number };
    readonly error?: { readonly code: string; readonly message: string };
    readonly caller: JobCaller;
  };
}

/** Characters that a text of a message may have. */
const longestText = 2_000;

/** What is told of a job, at its end. */
export function jobMessage({ spec, run }: Job): JobMessage {
  const status = endOf({ spec, run });
  const { progress, times, error, result } = run;
  const endedAt = times.ended ?? times.created;
  const { name, id, type } = callerOf(spec);
  return {
    type: `batchpoint.job.${status.toLowerCase() as Lowercase<NotifiedEnd>}`,
    timestamp: endedAt,
    data: {
      job: spec.name,
      endpoint: spec.endpoint,
      deployment: spec.deployment,
      status,
      createdAt: spec.createdAt,
      endedAt,
      counts: {
        files: progress.files,
        failedFiles: progress.failedFiles,
        miniBatches: progress.miniBatches,
        failedMiniBatches: progress.failedMiniBatches,
        rows: progress.rows,
      },
      ...(result?.outputUri === undefined
        ? {}
        : {
            output: {
              uri: toldText(result.outputUri, 4_096),
              ...(result.outputBytes === undefined ? {} : { bytes: result.outputBytes }),
            },
          }),
      ...(error === undefined ? {} : { error: { code: error.code, message: toldText(error.message) } }),
      caller: { type, name: toldText(name, 300), ...(id === undefined ? {} : { id: toldText(id, 300) }) },
    },
  };
}

/** The end of a job, in the words that statuses have. */
export function endOf({ run }: Job): NotifiedEnd {
  const status = statusOf(run.state, run.stop?.cancelled === true);
  return status === 'Completed' || status === 'Canceled' ? status : 'Failed';
}

function toldText(text: string, longest = longestText): string {
  const clean = withoutSecrets(text);
  return clean.length > longest ? `${clean.slice(0, longest)}...` : clean;
}
