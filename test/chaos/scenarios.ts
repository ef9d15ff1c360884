import { azureScenarios } from './azure/azureScenarios';
import { hostScenarios } from './host/hostScenarios';
import { SharedHost } from './host/sharedHost';
import type { Scenario } from './scenario';

/** All kinds of faults, in the order of the table. */
export const scenarios: readonly Scenario[] = [...hostScenarios(new SharedHost()), ...azureScenarios()];
