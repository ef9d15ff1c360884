import type { Notification } from '../notifications/notification';
import type { BatchDeploymentResource } from '../schemas/rest/generated';
import type { FurtherSettings } from './furtherSettings';
import { checkName } from './nameRules';
import { NamedResources } from './namedResources';
import type { RegistryContext } from './registryContext';

/** A version of an asset, named exactly. */
export interface PinnedAsset {
  readonly name: string;
  readonly version: string;
}

/** A deployment with its references pinned: `@latest` was resolved when it was made. */
export interface Deployment {
  readonly description?: string;
  readonly tags: Readonly<Record<string, string | null>>;
  readonly properties: Readonly<Record<string, string | null>>;
  readonly model: PinnedAsset;
  readonly code?: PinnedAsset & { readonly scoringScript: string };
  readonly environment?: PinnedAsset;
  readonly environmentVariables: Readonly<Record<string, string>>;
  readonly compute: string;
  readonly settings: DeploymentSettings;
  /** Who is told when a job of it has ended. Their secrets stay in the table: no answer ever shows them. */
  readonly notifications?: readonly Notification[];
  readonly createdAt: string;
}

/** How a deployment scores; every one of these can be overridden for a job. */
export type DeploymentSettings = Pick<
  BatchDeploymentResource['properties'],
  | 'miniBatchSize'
  | 'errorThreshold'
  | 'retrySettings'
  | 'loggingLevel'
  | 'maxConcurrencyPerInstance'
  | 'outputAction'
  | 'outputFileName'
> &
  FurtherSettings & { readonly instanceCount: number };

/** The deployments of one endpoint by name. */
export class Deployments extends NamedResources<Deployment> {
  constructor(context: RegistryContext, endpoint: string) {
    const command = `batchpoint batch-deployment list --endpoint-name ${endpoint}`;
    super(context.tables, `deployments:${endpoint.toLowerCase()}`, 'deployment', command);
  }

  override async put(
    ...args: Parameters<NamedResources<Deployment>['put']>
  ): Promise<{ etag: string; created: boolean }> {
    checkName('deployment', args[0]);
    return super.put(...args);
  }
}
