import type { ComputeResource } from '../schemas/rest/generated';
import { checkName } from './nameRules';
import { NamedResources, type WriteCondition } from './namedResources';
import type { RegistryContext } from './registryContext';

/** A compute: the bound on how many instances jobs use at once. */
export interface Compute {
  readonly description?: string;
  readonly tags: Readonly<Record<string, string | null>>;
  readonly minInstances: number;
  readonly maxInstances: number;
  readonly vmSize?: string;
}

/** Computes by name. */
export class Computes extends NamedResources<Compute> {
  constructor(context: RegistryContext) {
    super(context.tables, 'computes', 'compute', 'batchpoint compute list');
  }

  async register(
    name: string,
    resource: ComputeResource,
    condition: WriteCondition = {},
  ): Promise<{ etag: string; created: boolean }> {
    checkName('compute', name);
    const { description, properties } = resource.properties;
    const { minNodeCount, maxNodeCount } = properties.scaleSettings;
    const value: Compute = {
      ...(description === undefined || description === null ? {} : { description }),
      tags: resource.tags ?? {},
      minInstances: minNodeCount,
      maxInstances: maxNodeCount,
      ...(properties.vmSize === undefined ? {} : { vmSize: properties.vmSize }),
    };
    return this.put(name, value, condition);
  }
}
