import { secondsOf } from '../../shared/invocation/settingsOf';
import type { AnsweredJob } from '../client/resources';
import { shownFurtherSettings } from './furtherSettings';
import { lastOf, present, snakeCase, snakeCaseKeys } from './words';

/** A job as users of the command line know it. */
export function shownJob({ id, name, properties: job }: AnsweredJob): Record<string, unknown> {
  const { compute, dataset, retrySettings: retries } = job;
  // The output of a job is where it lies.
  const { output: outputOptions, ...settings } = shownFurtherSettings(job);
  const studio = job.interactionEndpoints.Studio?.endpoint;
  return present({
    name,
    display_name: job.displayName,
    type: 'batch',
    status: job.status,
    provisioning_state: job.provisioningState,
    endpoint_name: job.endpointName,
    deployment_name: job.deploymentName,
    experiment_name: job.experimentName,
    description: job.description ?? undefined,
    error: job.error,
    output_uri: job.outputUri,
    output_bytes: job.outputBytes,
    script_files: job.scriptFiles,
    failures: job.failures?.map(snakeCaseKeys),
    warnings: job.warnings,
    queue: job.queue && snakeCaseKeys(job.queue),
    progress: snakeCaseKeys(job.progress),
    phases: job.phases,
    compute: { target: `azureml:${compute?.target ?? ''}`, instance_count: compute?.instanceCount },
    dataset: dataset && { data_input_type: snakeCase(dataset.dataInputType), path: dataset.path },
    output: present({
      datastore: job.output.datastoreId && `azureml:${lastOf(job.output.datastoreId)}`,
      path: job.output.path,
    }),
    output_file_name: job.outputFileName,
    output_action: word(job.outputAction),
    mini_batch_size: job.miniBatchSize,
    max_concurrency_per_instance: job.maxConcurrencyPerInstance,
    retry_settings: retries && {
      max_retries: retries.maxRetries,
      timeout: retries.timeout === undefined ? undefined : secondsOf(retries.timeout),
    },
    error_threshold: job.errorThreshold,
    logging_level: word(job.loggingLevel),
    ...settings,
    output_options: outputOptions,
    input_filter: job.inputFilter,
    rerun: job.rerun && { job: job.rerun.job, mode: snakeCase(job.rerun.mode ?? 'all') },
    tags: job.tags ?? {},
    is_archived: job.isArchived === true ? true : undefined,
    properties: job.properties ?? {},
    start_time: job.startTime,
    end_time: job.endTime,
    creation_context: { created_at: job.startTime, created_by: job.createdBy },
    caller: job.caller,
    services: studio === undefined ? {} : { Studio: { endpoint: studio } },
    studio_endpoint: studio,
    id,
  });
}

function word(value: string | undefined): string | undefined {
  return value === undefined ? undefined : snakeCase(value);
}
