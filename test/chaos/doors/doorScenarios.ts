import type { Scenario } from '../scenario';
import type { DoorHost } from './doorHost';
import { due } from './due';
import { landing } from './landing';
import { told } from './told';

/** What happens to a host between what starts a job and the job, and between its end and whoever is told. */
export function doorScenarios(doors: DoorHost): Scenario[] {
  return [landing(doors), due(doors), told(doors)];
}
