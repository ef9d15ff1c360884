import { isFailure } from '../errors/batchpointError';
import type { Deployment } from '../registry/deployments';
import type { Registry } from '../registry/registry';
import { wantedEnvironment } from './scorer';
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
  const facts = (await registry.models.versions.get(model)).value;
  const found =
    environment === undefined ? undefined : (await registry.environments.versions.get(environment)).value;
  const asked = wantedEnvironment({ facts, script: code?.scoringScript, environment: found }, settings);
  if (asked?.python === undefined && asked?.interpreter === undefined) return;
  try {
    await environments.plan(asked);
  } catch (error) {
    // A machine without any Python is told of when it is to score.
    const isKnown = asked.interpreter !== undefined || isFailure(error, 'PythonVersionMissing');
    if (!isFailure(error) || isKnown) throw error;
  }
}
