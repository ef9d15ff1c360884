import { killedAgainAndAgain, killedAtRandom, killedAtStep, toldToEnd } from './host/killedHost';
import { SharedHost } from './host/sharedHost';
import { steps, type Step } from './host/steps';
import type { Scenario } from './scenario';

const host = new SharedHost();

const namedSteps = (Object.keys(steps) as Step[]).filter((step) => step !== 'any');

/** All kinds of faults, in the order of the table. */
export const scenarios: readonly Scenario[] = [
  killedAtRandom(host),
  killedAgainAndAgain(host),
  ...namedSteps.map((step) => killedAtStep(host, step)),
  toldToEnd(host),
].map((scenario) => ({ ...scenario, close: () => host.close() }));
