import { secondsOf } from '../../shared/invocation/settingsOf';
import type { AnsweredSchedule } from '../client/resources';
import { shownFurtherSettings } from './furtherSettings';
import { present, snakeCase, snakeCaseKeys } from './words';

/** What triggers and schedules may say of their jobs. */
type Overrides = AnsweredSchedule['properties']['action']['endpointInvocationDefinition']['overrides'];

/** What jobs have otherwise than their deployment, under the keys of an invocation file. */
export function shownOverrides(overrides: Overrides): Record<string, unknown> {
  const { outputOptions, miniBatch, unsupportedTypes, workerMemory, allowPythonMismatch, ...rest } =
    overrides;
  const { compute, inputFilter, retrySettings: retries, loggingLevel, outputAction, ...others } = rest;
  const further = { outputOptions, miniBatch, unsupportedTypes, workerMemory, allowPythonMismatch };
  return present({
    ...snakeCaseKeys(others),
    instance_count: compute?.instanceCount,
    logging_level: loggingLevel && snakeCase(loggingLevel),
    output_action: outputAction && snakeCase(outputAction),
    retry_settings:
      retries &&
      present({
        max_retries: retries.maxRetries,
        timeout: retries.timeout === undefined ? undefined : secondsOf(retries.timeout),
      }),
    ...shownFurtherSettings(further),
    ...inputFilter,
  });
}
