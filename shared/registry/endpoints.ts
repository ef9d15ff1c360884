import type { BatchEndpointResource } from '../schemas/rest/generated';
import { checkName } from './nameRules';
import { NamedResources, type WriteCondition } from './namedResources';
import type { RegistryContext } from './registryContext';

/** An endpoint. Its default deployment has all the traffic of an invocation that names none. */
export interface Endpoint {
  readonly description?: string;
  readonly tags: Readonly<Record<string, string | null>>;
  readonly properties: Readonly<Record<string, string | null>>;
  readonly authMode: 'AADToken';
  readonly defaultDeployment?: string;
  readonly createdAt: string;
}

/** Endpoints by name. */
export class Endpoints extends NamedResources<Endpoint> {
  constructor(private readonly context: RegistryContext) {
    super(context.tables, 'endpoints', 'endpoint', 'batchpoint endpoint list --type batch');
  }

  /** Creates or replaces an endpoint. That its default deployment exists has been checked by the caller. */
  async register(
    name: string,
    resource: BatchEndpointResource,
    condition: WriteCondition = {},
  ): Promise<{ etag: string; created: boolean }> {
    checkName('endpoint', name);
    const { description, properties, authMode, defaults } = resource.properties;
    const deployment = defaults?.deploymentName;
    const present = await this.find(name);
    const value: Endpoint = {
      ...(description === undefined || description === null ? {} : { description }),
      tags: resource.tags ?? {},
      properties: properties ?? {},
      authMode,
      ...(deployment === undefined || deployment === null || deployment === ''
        ? {}
        : { defaultDeployment: deployment }),
      createdAt: present?.value.createdAt ?? this.context.now().toISOString(),
    };
    return this.put(name, value, condition);
  }
}
