import type { AssetContent } from './assetContent';
import { AssetFolders } from './assetFolders';
import type { AssetSources } from './assetSources';
import { Codes } from './codes';
import { Computes } from './computes';
import { DataAssets } from './dataAssets';
import { Datastores } from './datastores';
import { Deployments } from './deployments';
import { Endpoints } from './endpoints';
import { Environments } from './environments';
import { Models } from './models';
import { Schedules } from '../schedules/schedules';
import type { RegistryContext } from './registryContext';
import { Triggers } from '../triggers/triggers';

/** Everything that users register: the workspace. */
export class Registry {
  readonly endpoints: Endpoints;
  readonly models: Models;
  readonly codes: Codes;
  readonly environments: Environments;
  readonly data: DataAssets;
  readonly computes: Computes;
  readonly datastores: Datastores;
  readonly triggers: Triggers;
  readonly schedules: Schedules;
  /** The contents of models and code as local folders. */
  readonly folders: AssetFolders;
  /** Where the contents of new models and code come from. */
  readonly sources: AssetSources;

  constructor(private readonly context: RegistryContext) {
    this.endpoints = new Endpoints(context);
    this.models = new Models(context);
    this.codes = new Codes(context);
    this.environments = new Environments(context);
    this.data = new DataAssets(context);
    this.computes = new Computes(context);
    this.datastores = new Datastores(context);
    this.triggers = new Triggers(context);
    this.schedules = new Schedules(context);
    this.folders = new AssetFolders(context.blobs, context.cache);
    this.sources = context.sources;
  }

  /** Removes the content of a version that is deleted. */
  async removeContent({ prefix }: AssetContent): Promise<void> {
    await this.context.blobs.removeAll(prefix.replace(/\/$/, ''));
  }

  /** The deployments of an endpoint. */
  deployments(endpoint: string): Deployments {
    return new Deployments(this.context, endpoint);
  }
}
