import { availableParallelism } from 'node:os';
import { join } from 'node:path';

/** The settings that an app finds in its environment when it runs here. What is set already stays as it is. */
export function hostEnvironment(
  stateFolder: string,
  environment: Readonly<Record<string, string | undefined>>,
): Record<string, string> {
  const defaults = {
    BATCHPOINT_STORAGE: 'local',
    BATCHPOINT_LOCAL_FILES: 'true',
    BATCHPOINT_MAX_PARALLELISM: String(availableParallelism()),
    BATCHPOINT_SCRATCH: join(stateFolder, 'scratch'),
    BATCHPOINT_ENVIRONMENTS: join(stateFolder, 'environments'),
  };
  const missing = Object.entries(defaults).filter(([name]) => environment[name] === undefined);
  return { BATCHPOINT_STATE: stateFolder, ...Object.fromEntries(missing) };
}
