import type { FurtherSettings } from '../../shared/registry/furtherSettings';
import { snakeCaseKeys } from './words';

/** The settings that Azure does not have, as users write them in files. */
export function shownFurtherSettings(settings: FurtherSettings): Record<string, unknown> {
  const { outputOptions, miniBatch, unsupportedTypes, workerMemory, allowPythonMismatch } = settings;
  return {
    output: outputOptions && snakeCaseKeys(outputOptions),
    mini_batch: miniBatch,
    unsupported_types: unsupportedTypes,
    worker_memory: workerMemory,
    allow_python_mismatch: allowPythonMismatch,
  };
}
