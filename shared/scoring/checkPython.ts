import { isFailure } from '../errors/batchpointError';
import type { Deployment } from '../registry/deployments';
import type { Registry } from '../registry/registry';
import { runtimeOf } from '../registry/scriptLanguage';
import type { VirtualEnvironments } from './virtualEnvironments';

/**
 * Looks whether this machine has the Python of a deployment's environment, so that its owner hears of it now and not
 * from the first job. Fails with `PythonVersionMissing`; for an interpreter that is named, also with `PythonMissing` and
 * `PythonTooOld`.
 */
export async function checkPython(
  { registry, environments }: { readonly registry: Registry; readonly environments: VirtualEnvironments },
  { model, code, environment, settings }: Deployment,
): Promise<void> {
  if (code !== undefined && runtimeOf(code.scoringScript) !== 'python') return;
  const asked =
    environment === undefined
      ? (await registry.models.versions.get(model)).value.mlflow?.requirements
      : (await registry.environments.versions.get(environment)).value.requirements;
  if (asked?.python === undefined && asked?.interpreter === undefined) return;
  try {
    await environments.plan({ ...asked, anyPython: settings.allowPythonMismatch === true });
  } catch (error) {
    // A machine without any Python is told of when it is to score.
    const isKnown = asked.interpreter !== undefined || isFailure(error, 'PythonVersionMissing');
    if (!isFailure(error) || isKnown) throw error;
  }
}
