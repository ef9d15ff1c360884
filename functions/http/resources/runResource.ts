import { shownTimes } from '../../../shared/outputs/summary';
import { labelsOfJob } from '../../../shared/jobs/jobLabels';
import { warningsOfJob } from '../../../shared/jobs/jobWarnings';
import type { Job } from '../../../shared/jobs/jobStore';
import type { WorkspacePath } from '../../../shared/registry/workspacePath';
import { experimentOf, outputName, outputUriOf, shownStatus } from './managedJob';

/** The name of the step of a job that scores. */
const stepName = 'batchscoring';

/** The id by which the place of an output is asked for. */
export function outputIdOf(job: string): string {
  return `azureml://jobs/${job}/outputs/${outputName}`;
}

/** The job that an id of an output names; `undefined` for another id. */
export function jobOfOutputId(id: string): string | undefined {
  return /^azureml:\/\/jobs\/([^/]+)\/outputs\/score$/.exec(id)?.[1];
}

/** A job as the history of runs tells it. */
export function runResource(job: Job, workspace: WorkspacePath, studio: string | undefined): object {
  const { spec, run } = job;
  const times = shownTimes(run);
  const output = outputUriOf(job, workspace);
  const { displayName = spec.name, description, tags, isArchived = false } = labelsOfJob(job);
  return {
    runId: spec.name,
    rootRunId: spec.name,
    displayName,
    hidden: isArchived,
    experimentId: experimentOf(job),
    status: shownStatus(job),
    createdUtc: spec.createdAt,
    createdBy: { userName: spec.caller },
    ...(description === undefined ? {} : { description }),
    ...(times.started === undefined ? {} : { startTimeUtc: times.started }),
    ...(times.ended === undefined ? {} : { endTimeUtc: times.ended }),
    ...(run.error === undefined ? {} : { error: { error: run.error } }),
    tags,
    properties: spec.properties,
    target: spec.compute,
    compute: { target: spec.compute, instanceCount: spec.settings.instanceCount },
    services: studio === undefined ? {} : { Studio: { endpoint: studio } },
    outputs:
      output === undefined ? {} : { [outputName]: { assetId: outputIdOf(spec.name), type: output.type } },
  };
}

/**
 * The one child of a job. In Azure it is a run of its own; here the job itself scores, so the child has its name: what is
 * done with that name is done with the job.
 */
export function childResource(job: Job, workspace: WorkspacePath, studio: string | undefined): object {
  return { ...runResource(job, workspace, studio), displayName: stepName, parentRunId: job.spec.name };
}

/** A job with its warnings and the URLs of its logs. */
export function runDetails(
  job: Job,
  workspace: WorkspacePath,
  studio: string | undefined,
  logFiles: Readonly<Record<string, string>>,
): object {
  return {
    ...runResource(job, workspace, studio),
    warnings: warningsOfJob(job).map((message) => ({ source: 'Batchpoint', message })),
    logFiles,
  };
}
