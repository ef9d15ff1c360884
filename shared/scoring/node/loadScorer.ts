import type { WorkerSetup } from '../workerMessages';
import { loadScript } from './scriptScorer';
import type { WorkerScorer } from './workerScorer';

/** Makes what scores in a worker of this setup. */
export function loadScorer(setup: WorkerSetup): Promise<WorkerScorer> {
  return loadScript(setup);
}
