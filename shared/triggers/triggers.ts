import { NamedResources } from '../registry/namedResources';
import type { RegistryContext } from '../registry/registryContext';
import type { Trigger } from './trigger';

/** Triggers by name. */
export class Triggers extends NamedResources<Trigger> {
  constructor({ tables }: Pick<RegistryContext, 'tables'>) {
    super(tables, 'triggers', 'trigger', 'batchpoint trigger list');
  }
}
