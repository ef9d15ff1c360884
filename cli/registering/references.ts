import { failure } from '../../shared/errors/batchpointError';
import { parseAssetReference, parseNameReference, type AssetKind } from '../../shared/registry/references';
import type { BatchDeploymentFile } from '../../shared/schemas/files/generated';
import type { AnsweredModel } from '../client/resources';
import type { Workspace } from '../client/workspace';
import type { Definition } from '../files/definition';

type Path = readonly (string | number)[];

/**
 * Looks whether everything that a deployment refers to is there, and notes what is not: `ResourceNotFound`,
 * `VersionNotFound`, `ScriptNeeded`, `FlavorMissing`. `at` is where the deployment stands in its definition.
 */
export async function checkReferences(
  workspace: Workspace,
  definition: Definition<unknown>,
  deployment: BatchDeploymentFile,
  at: Path,
): Promise<void> {
  const { model, environment, compute } = deployment;
  const target = [...at, 'compute', 'target'];
  if (definition.isSound(target)) {
    const path = `computes/${encodeURIComponent(parseNameReference('computes', compute.target))}`;
    await definition.check(target, () => workspace.get(path));
  }
  if (definition.isSound([...at, 'model'])) {
    await definition.check([...at, 'model'], async () => {
      const path = referencedPath('models', model);
      if (path === undefined) return;
      const { properties } = await workspace.get<AnsweredModel>(await newest(workspace, path));
      if (deployment.code_configuration === undefined) needFlavor(deployment, properties.flavors);
    });
  }
  if (environment !== undefined && definition.isSound([...at, 'environment'])) {
    await definition.check([...at, 'environment'], async () => {
      const path = referencedPath('environments', environment);
      if (path !== undefined) await workspace.get(await newest(workspace, path));
    });
  }
}

/** Without a script, a model has to be one that scores by itself. */
function needFlavor({ name: deployment, model: reference }: BatchDeploymentFile, flavors?: object): void {
  const { name: model } = parseAssetReference('models', referenceOf(reference));
  if (flavors === undefined) throw failure('ScriptNeeded', { deployment, model });
  if (Object.hasOwn(flavors, 'python_function')) return;
  throw failure('FlavorMissing', { model, flavors: Object.keys(flavors).join(', ') || 'none' });
}

type Inline =
  | Exclude<BatchDeploymentFile['model'], string>
  | Exclude<NonNullable<BatchDeploymentFile['environment']>, string>;

/** Whether an asset that is written in place only refers to a registered one. */
export function isReference(asset: Inline): boolean {
  return !['local_path', 'conda_file', 'docker', 'image'].some((key) => Object.hasOwn(asset, key));
}

/** The reference that a model or an environment of a deployment is written as. */
export function referenceOf(asset: Inline | string): string {
  if (typeof asset === 'string') return asset;
  return asset.version === undefined ? `azureml:${asset.name}` : `azureml:${asset.name}:${asset.version}`;
}

interface AssetPath {
  readonly container: string;
  readonly version: string | undefined;
}

function referencedPath(kind: AssetKind, asset: Inline | string): AssetPath | undefined {
  if (typeof asset !== 'string' && !isReference(asset)) return undefined;
  const { name, version } = parseAssetReference(kind, referenceOf(asset));
  return { container: `${kind}/${encodeURIComponent(name)}`, version };
}

async function newest(workspace: Workspace, { container, version }: AssetPath): Promise<string> {
  if (version !== undefined) return `${container}/versions/${encodeURIComponent(version)}`;
  const { properties } = await workspace.get<{ properties: { latestVersion: string } }>(container);
  return `${container}/versions/${encodeURIComponent(properties.latestVersion)}`;
}
