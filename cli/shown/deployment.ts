import { secondsOf } from '../../shared/invocation/settingsOf';
import type { AnsweredDeployment } from '../client/resources';
import { shownFurtherSettings } from './furtherSettings';
import { assetReference, lastOf, present, snakeCase } from './words';

/** A deployment as users write it, with what the host adds. */
export function shownDeployment({ id, name, tags, properties }: AnsweredDeployment): Record<string, unknown> {
  const { codeConfiguration: code, environmentId, retrySettings } = properties;
  return present({
    name,
    description: properties.description ?? undefined,
    model: assetReference('models', properties.model.assetId),
    code_configuration: code
      ? { code: assetReference('codes', code.codeId), scoring_script: code.scoringScript }
      : undefined,
    environment: environmentId ? assetReference('environments', environmentId) : undefined,
    environment_variables: properties.environmentVariables,
    compute: {
      target: `azureml:${lastOf(properties.compute)}`,
      instance_count: properties.resources.instanceCount,
    },
    mini_batch_size: properties.miniBatchSize,
    max_concurrency_per_instance: properties.maxConcurrencyPerInstance,
    output_action: snakeCase(properties.outputAction),
    output_file_name: properties.outputFileName,
    retry_settings: { max_retries: retrySettings.maxRetries, timeout: secondsOf(retrySettings.timeout) },
    error_threshold: properties.errorThreshold,
    logging_level: snakeCase(properties.loggingLevel),
    ...shownFurtherSettings(properties),
    tags: tags ?? {},
    provisioning_state: properties.provisioningState,
    id,
  });
}
