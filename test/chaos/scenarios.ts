import { azureScenarios } from './azure/azureScenarios';
import { DoorHost } from './doors/doorHost';
import { doorScenarios } from './doors/doorScenarios';
import { hostScenarios } from './host/hostScenarios';
import { SharedHost } from './host/sharedHost';
import type { Scenario } from './scenario';

/** All kinds of faults, in the order of the table. */
export const scenarios: readonly Scenario[] = [
  ...hostScenarios(new SharedHost()),
  ...doorScenarios(new DoorHost()),
  ...azureScenarios(),
];
