import { createHash } from 'node:crypto';
import type { EnvironmentVersionResource } from '../schemas/rest/generated';
import { readCondaFile, type PipRequirements } from './condaFile';
import { labelsOf, type AssetLabels, type RegistryContext } from './registryContext';
import { VersionedAssets, type AssetVersion } from './versionedAssets';

/** What an environment defines. Without `requirements` the plain interpreter is meant. */
export interface EnvironmentContent {
  readonly requirements?: PipRequirements;
  readonly condaFile?: string;
  readonly image?: string;
}

/** A version of an environment. */
export interface Environment extends AssetLabels, EnvironmentContent {}

/** Reads the definition of an environment; a conda file that cannot be read is `CondaFileInvalid`. */
export function readEnvironment(
  name: string,
  { condaFile, image }: Pick<EnvironmentVersionResource['properties'], 'condaFile' | 'image'>,
): EnvironmentContent {
  return {
    ...(condaFile === undefined ? {} : { condaFile, requirements: readCondaFile(condaFile, name) }),
    ...(image === undefined ? {} : { image }),
  };
}

/** Environments: what a scoring script needs to be installed. */
export class Environments {
  readonly versions: VersionedAssets<Environment>;

  constructor(private readonly context: RegistryContext) {
    this.versions = new VersionedAssets<Environment>(context.tables, 'environments');
  }

  /** Registers a version; a conda file that cannot be read is `CondaFileInvalid`. */
  async register(
    name: string,
    version: string,
    resource: EnvironmentVersionResource,
  ): Promise<{ asset: AssetVersion<Environment>; created: boolean }> {
    const { condaFile, image, ...body } = resource.properties;
    const value: Environment = { ...readEnvironment(name, { condaFile, image }), ...labelsOf(body) };
    const digest = createHash('sha256')
      .update(JSON.stringify([condaFile, image]))
      .digest('hex');
    const createdAt = this.context.now().toISOString();
    return this.versions.create({ name, version, createdAt, digest, value });
  }
}
