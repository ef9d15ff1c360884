import type { Scenario } from '../scenario';
import {
  killedAgainAndAgain,
  killedAtRandom,
  killedAtStep,
  killedWithSeveralJobs,
  toldToEnd,
} from './killedHost';
import { killedWorker } from './killedWorker';
import type { SharedHost } from './sharedHost';
import { steps, type JobStep } from './steps';
import { secondHost } from './stoppedHost';

/** What happens to processes of one machine: to the embedded host, and to the workers that it has started. */
export function hostScenarios(host: SharedHost): Scenario[] {
  const named = (Object.keys(steps) as JobStep[]).filter((step) => step !== 'any');
  return [
    killedAtRandom(host),
    killedAgainAndAgain(host),
    ...named.map((step) => killedAtStep(host, step)),
    killedWithSeveralJobs(host),
    toldToEnd(host),
    secondHost(host),
    killedWorker(host),
  ].map((scenario) => ({ ...scenario, close: () => host.close() }));
}
