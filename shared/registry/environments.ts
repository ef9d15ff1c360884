import { createHash } from 'node:crypto';
import { failure } from '../errors/batchpointError';
import type { EnvironmentVersionResource } from '../schemas/rest/generated';
import { requirementsOf, type EnvironmentFiles } from './environmentDefinition';
import type { PythonRequirements } from './pythonRequirements';
import { labelsOf, type AssetLabels, type RegistryContext } from './registryContext';
import { VersionedAssets, type AssetVersion } from './versionedAssets';

/** What an environment defines. Without `requirements` the plain interpreter is meant. */
export interface EnvironmentContent extends EnvironmentFiles {
  readonly requirements?: PythonRequirements;
  readonly image?: string;
}

/** A version of an environment. */
export interface Environment extends AssetLabels, EnvironmentContent {}

/** The members of a body that define an environment. */
type DefinitionMembers = Pick<
  EnvironmentVersionResource['properties'],
  'condaFile' | 'pythonEnvFile' | 'requirementsFile' | 'python' | 'image'
>;

/**
 * Reads the definition of an environment. Fails with `EnvironmentAmbiguous`, `CondaFileInvalid`, `PythonEnvFileInvalid`,
 * `RequirementsFileInvalid`.
 */
export function readEnvironment(
  name: string,
  { condaFile, pythonEnvFile, requirementsFile, python, image }: DefinitionMembers,
): EnvironmentContent {
  const files = given({ condaFile, pythonEnvFile, requirementsFile, python });
  const requirements = requirementsOf(files, name);
  return { ...files, ...given({ requirements, image }) };
}

/** What is there of some members. */
function given<T extends object>(members: T): { [Key in keyof T]?: Exclude<T[Key], undefined> } {
  return Object.fromEntries(Object.entries(members).filter(([, value]) => value !== undefined)) as {
    [Key in keyof T]?: Exclude<T[Key], undefined>;
  };
}

/** Environments: what a scoring script needs to be installed. */
export class Environments {
  readonly versions: VersionedAssets<Environment>;

  constructor(private readonly context: RegistryContext) {
    this.versions = new VersionedAssets<Environment>(context.tables, 'environments', context.now);
  }

  /** Registers a version. Fails as `readEnvironment`, and with `LocalPathNotShared`. */
  async register(
    name: string,
    version: string,
    resource: EnvironmentVersionResource,
  ): Promise<{ asset: AssetVersion<Environment>; created: boolean }> {
    const content = readEnvironment(name, resource.properties);
    const { condaFile, pythonEnvFile, requirementsFile, python, image } = content;
    if (python !== undefined && !this.context.localFiles)
      throw failure('LocalPathNotShared', { path: python });
    const value: Environment = { ...content, ...labelsOf(resource.properties) };
    // What came later is in the digest only where it is given, so that those of older versions stay what they are.
    const later = Object.values({ pythonEnvFile, requirementsFile, python }).some((one) => one !== undefined);
    const members = later ? [condaFile, image, pythonEnvFile, requirementsFile, python] : [condaFile, image];
    const digest = createHash('sha256').update(JSON.stringify(members)).digest('hex');
    const createdAt = this.context.now().toISOString();
    return this.versions.create({ name, version, createdAt, digest, value });
  }
}
