import { failure } from '../../shared/errors/batchpointError';
import type { EnvironmentFiles } from '../../shared/registry/environmentDefinition';
import type { AssetKind } from '../../shared/registry/references';
import type { AnsweredEnvironment, AnsweredModel } from '../client/resources';
import type { Workspace } from '../client/workspace';
import { contentHash } from '../files/contentHash';
import type { Definition } from '../files/definition';
import { environmentFiles } from '../files/environmentFiles';
import { isRemote, localPath } from '../files/localPaths';
import type { DeploymentDefinition } from '../files/normalForms';
import { isReference } from './references';

type Path = readonly (string | number)[];

/** The content of a version, as something to compare. It is asked for late: models are large. */
type Content = () => Promise<string>;

/** A version of an asset that a deployment brings along. */
interface Brought {
  readonly kind: Extract<AssetKind, 'models' | 'environments'>;
  readonly name: string;
  readonly version: string;
  readonly content: Content;
}

/**
 * Looks whether the versions that deployments bring along are free, or there with the same content, and notes
 * `VersionExists` where one is not: a version cannot be taken back once it is registered.
 */
export class VersionChecks {
  private readonly contents = new Map<string, { readonly content: Content; readonly isThere: boolean }>();

  constructor(
    private readonly workspace: Workspace,
    private readonly definition: Definition<unknown>,
  ) {}

  async check({ model, environment }: Partial<DeploymentDefinition>, at: Path): Promise<void> {
    const { definition } = this;
    const { folder } = definition;
    if (typeof model === 'object' && definition.isSound([...at, 'model', 'version'])) {
      const { name, version, path } = model;
      const isBrought = name !== undefined && version !== undefined && path !== undefined && !isRemote(path);
      if (isBrought && definition.isSound([...at, 'model'])) {
        const asset = { kind: 'model', name, path: localPath(folder, path) };
        const content = (): Promise<string> => contentHash(asset);
        await this.compare([...at, 'model', 'version'], { kind: 'models', name, version, content });
      }
    }
    if (typeof environment !== 'object' || !definition.isSound([...at, 'environment'])) return;
    const { name, version } = environment;
    if (name === undefined || version === undefined || isReference('environments', environment)) return;
    const content = async (): Promise<string> =>
      environmentContent(await environmentFiles(folder, { ...environment, name }), environment.image);
    await this.compare([...at, 'environment', 'version'], { kind: 'environments', name, version, content });
  }

  private async compare(at: Path, brought: Brought): Promise<void> {
    const { kind, name, version, content } = brought;
    const key = [kind, name, version].join('/').toLowerCase();
    const known = this.contents.get(key) ?? (await this.registered(brought));
    this.contents.set(key, known ?? { content, isThere: false });
    await this.definition.check(at, async () => {
      if (known === undefined || (await known.content()) === (await content())) return;
      const asset = kind === 'models' ? 'model' : 'environment';
      if (known.isThere) throw failure('VersionExists', { kind: asset, name, version });
      const fault = `another deployment here gives version ${version} of ${asset} '${name}' other content`;
      throw failure('DefinitionInvalid', { fault });
    });
  }

  /** The content that a version has at the host; `undefined` where it is free, or the host does not tell. */
  private async registered({
    kind,
    name,
    version,
  }: Brought): Promise<{ content: Content; isThere: true } | undefined> {
    const path = `${kind}/${encodeURIComponent(name)}/versions/${encodeURIComponent(version)}`;
    const found = await this.workspace.find<AnsweredModel & AnsweredEnvironment>(path);
    if (found === undefined) return undefined;
    const { image, properties, ...files } = found.properties;
    const told = kind === 'models' ? properties?.['hash_sha256'] : environmentContent(files, image);
    return typeof told === 'string' ? { content: () => Promise.resolve(told), isThere: true } : undefined;
  }
}

function environmentContent(files: EnvironmentFiles, image: string | null | undefined): string {
  const { condaFile, pythonEnvFile, requirementsFile, python } = files;
  return JSON.stringify(
    [condaFile, pythonEnvFile, requirementsFile, python, image].map((member) => member ?? null),
  );
}
