import { checkName } from '../registry/nameRules';
import { NamedResources } from '../registry/namedResources';
import type { RegistryContext } from '../registry/registryContext';
import type { Schedule } from './schedule';

/** Schedules by name. */
export class Schedules extends NamedResources<Schedule> {
  constructor({ tables }: Pick<RegistryContext, 'tables'>) {
    super(tables, 'schedules', 'schedule', 'batchpoint schedule list');
  }

  override async put(
    ...args: Parameters<NamedResources<Schedule>['put']>
  ): Promise<{ etag: string; created: boolean }> {
    checkName('schedule', args[0]);
    return super.put(...args);
  }
}
