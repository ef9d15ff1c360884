import type { JobSettings } from '../jobs/jobSpec';
import type { Deployment } from '../registry/deployments';
import { outputFileName } from '../outputs/outputFileName';
import { checkOutputOptions } from '../outputs/outputOptionsCheck';
import { furtherSettings } from '../registry/furtherSettings';
import type { BatchJobResource } from '../schemas/rest/generated';

/**
 * The settings of a job: those of its deployment, with what the invocation says over them. Fails with
 * `OutputOptionsMixed`, `OutputColumnTwice`.
 */
export function settingsOf(
  { settings, environmentVariables }: Pick<Deployment, 'settings' | 'environmentVariables'>,
  job: BatchJobResource['properties'],
): JobSettings {
  const further = furtherSettings(settings, job);
  checkOutputOptions(further.outputOptions);
  const retries = { ...settings.retrySettings, ...job.retrySettings };
  return {
    instanceCount: job.compute?.instanceCount ?? settings.instanceCount,
    miniBatchSize: job.miniBatchSize ?? settings.miniBatchSize,
    errorThreshold: job.errorThreshold ?? settings.errorThreshold,
    loggingLevel: job.loggingLevel ?? settings.loggingLevel,
    maxConcurrencyPerInstance: job.maxConcurrencyPerInstance ?? settings.maxConcurrencyPerInstance,
    outputAction: job.outputAction ?? settings.outputAction,
    outputFileName:
      job.outputFileName ?? outputFileName(settings.outputFileName, further.outputOptions?.format),
    maxTries: Math.max(1, retries.maxRetries),
    timeoutSeconds: secondsOf(retries.timeout),
    environmentVariables: { ...environmentVariables, ...job.environmentVariables },
    ...further,
  };
}

/** Seconds of an ISO 8601 duration of weeks, days, hours, minutes and seconds; the schema has checked its form. */
export function secondsOf(duration: string): number {
  const match = /^P(?:(\d+)W)?(?:(\d+)D)?(?:T(?:(\d+)H)?(?:(\d+)M)?(?:(\d+(?:\.\d+)?)S)?)?$/.exec(duration);
  const [weeks = 0, days = 0, hours = 0, minutes = 0, seconds = 0] = (match ?? [])
    .slice(1)
    .map((part) => (part === undefined ? 0 : Number(part)));
  return (((weeks * 7 + days) * 24 + hours) * 60 + minutes) * 60 + seconds;
}
