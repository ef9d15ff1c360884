import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { provisioningStateOf, statusOf } from '../../../shared/domain/jobState';
import { callerOf } from '../../../shared/jobs/jobStart';
import { labelsOfJob } from '../../../shared/jobs/jobLabels';
import { warningsOfJob } from '../../../shared/jobs/jobWarnings';
import type { JobTimes } from '../../../shared/jobs/jobRun';
import type { OutputReference } from '../../../shared/jobs/jobSpec';
import type { Job } from '../../../shared/jobs/jobStore';
import type { ShownQueue } from '../../../shared/places/queueText';
import { furtherSettings } from '../../../shared/registry/furtherSettings';
import { phaseSeconds, secondsLeft, shownTimes } from '../../../shared/outputs/summary';
import { managedJob } from './managedJob';
import { workspaceId, type WorkspacePath } from '../../../shared/registry/workspacePath';

/**
 * A job as clients see it; `studio` is the URL of its page, where the client gets one, and `queue` what it waits for, where
 * that was looked at.
 */
export function jobResource(
  job: Job,
  workspace: WorkspacePath,
  studio: string | undefined,
  now: Date,
  queue?: ShownQueue,
): object {
  const { spec, run } = job;
  const { settings, output } = spec;
  const status = statusOf(run.state, run.stop?.cancelled === true);
  const times = shownTimes(run);
  return {
    id: `${workspaceId(workspace)}/batchEndpoints/${spec.endpoint}/jobs/${spec.name}`,
    name: spec.name,
    type: 'Microsoft.MachineLearningServices/workspaces/batchEndpoints/jobs',
    properties: {
      ...managedJob(job, workspace, studio),
      name: spec.name,
      ...(spec.experimentName === undefined ? {} : { experimentName: spec.experimentName }),
      isArchived: false,
      ...labelsOfJob({ spec, run }),
      properties: spec.properties,
      endpointName: spec.endpoint,
      deploymentName: spec.deployment,
      compute: { target: spec.compute, instanceCount: settings.instanceCount },
      dataset: { dataInputType: 'DataUrl', path: spec.inputUri },
      inputData: {
        [spec.inputName ?? 'input']: {
          jobInputType: spec.input.type === 'file' ? 'UriFile' : 'UriFolder',
          uri: spec.inputUri,
        },
      },
      output: outputFolder(output, workspace),
      outputDataset: outputFolder(output, workspace),
      outputData: {
        [spec.outputName ?? 'score']: { jobOutputType: 'UriFile', uri: outputUri(output, workspace) },
      },
      outputFileName: output.fileName,
      miniBatchSize: settings.miniBatchSize,
      errorThreshold: settings.errorThreshold,
      loggingLevel: settings.loggingLevel,
      maxConcurrencyPerInstance: settings.maxConcurrencyPerInstance,
      outputAction: settings.outputAction,
      ...furtherSettings(settings),
      ...(spec.notifications === undefined ? {} : { notifications: spec.notifications }),
      ...(spec.rerun === undefined ? {} : { rerun: { job: spec.rerun.job, mode: spec.rerun.mode } }),
      ...(spec.inputFilter === undefined ? {} : { inputFilter: spec.inputFilter }),
      retrySettings: { maxRetries: settings.maxTries, timeout: `PT${settings.timeoutSeconds}S` },
      interactionEndpoints: studio === undefined ? {} : { Studio: { endpoint: studio } },
      status,
      provisioningState: provisioningStateOf(run.state),
      createdBy: spec.caller,
      ...(spec.callerId === undefined ? {} : { createdById: spec.callerId }),
      caller: callerOf(spec),
      startTime: spec.createdAt,
      ...(times.ended === undefined ? {} : { endTime: times.ended }),
      ...(queue === undefined ? {} : { queue }),
      ...progressOf(job, times, now),
    },
    systemData: {
      createdAt: spec.createdAt,
      createdBy: spec.caller,
      createdByType: spec.startedBy === undefined ? 'User' : 'Application',
    },
  };
}

function outputFolder(output: OutputReference, workspace: WorkspacePath): object {
  return output.kind === 'datastore'
    ? { datastoreId: `${workspaceId(workspace)}/datastores/${output.datastore}`, path: output.folder }
    : { path: output.folder };
}

/** Where the predictions file is going to be, as clients name places. */
function outputUri(output: OutputReference, { subscription, group, workspace }: WorkspacePath): string {
  if (output.kind === 'local') return pathToFileURL(join(output.folder, output.fileName)).href;
  const path = output.folder === '' ? output.fileName : `${output.folder}/${output.fileName}`;
  const place = `subscriptions/${subscription}/resourcegroups/${group}/workspaces/${workspace}`;
  return `azureml://${place}/datastores/${output.datastore}/paths/${path}`;
}

/** What Azure has no words for: how far the job is, how it went, and why it failed. */
function progressOf({ spec, run }: Job, times: JobTimes, now: Date): object {
  const { plan, progress, error, failures, result } = run;
  const left = secondsLeft(run, now);
  return {
    progress: {
      miniBatches: plan?.miniBatches ?? 0,
      files: plan?.files ?? 0,
      lanes: plan?.lanes ?? 0,
      miniBatchesDone: progress.miniBatches,
      miniBatchesFailed: progress.failedMiniBatches,
      filesDone: progress.files,
      filesFailed: progress.failedFiles,
      ...(progress.changedFiles === undefined ? {} : { filesChanged: progress.changedFiles }),
      rows: progress.rows,
      tries: progress.tries,
      ...(plan?.takenOver === undefined
        ? {}
        : { miniBatchesTakenOver: plan.takenOver.miniBatches, filesTakenOver: plan.takenOver.files }),
      ...(left === undefined ? {} : { secondsLeft: left }),
    },
    phases: phaseSeconds(times),
    times,
    warnings: warningsOfJob({ spec, run }),
    ...(failures.length === 0 ? {} : { failures }),
    ...(error === undefined ? {} : { error }),
    ...(result?.outputUri === undefined
      ? {}
      : { outputUri: result.outputUri, outputBytes: result.outputBytes }),
    ...(result === undefined || result.scriptFiles.length === 0 ? {} : { scriptFiles: result.scriptFiles }),
    ...(result?.moreScriptFiles === undefined ? {} : { moreScriptFiles: result.moreScriptFiles }),
  };
}
