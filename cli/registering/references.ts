import { failure } from '../../shared/errors/batchpointError';
import { parseAssetReference, parseNameReference, type AssetKind } from '../../shared/registry/references';
import type { AnsweredModel } from '../client/resources';
import type { Workspace } from '../client/workspace';
import type { Definition } from '../files/definition';
import { isCodeReference } from '../files/localPaths';
import type { DeploymentDefinition, InlineEnvironment, InlineModel } from '../files/normalForms';

type Path = readonly (string | number)[];

/**
 * Looks whether everything that a deployment refers to is there, and notes what is not: `ResourceNotFound`,
 * `VersionNotFound`, `ScriptNeeded`, `FlavorMissing`. `at` is where the deployment stands in its definition.
 */
export async function checkReferences(
  workspace: Workspace,
  definition: Definition<unknown>,
  deployment: Partial<DeploymentDefinition>,
  at: Path,
  hasCode = deployment.code_configuration !== undefined,
): Promise<void> {
  const { name = '', model, environment, compute, code_configuration: code } = deployment;
  if (compute !== undefined && definition.isSound([...at, 'compute'])) {
    await definition.check([...at, 'compute'], () =>
      workspace.get(`computes/${encodeURIComponent(parseNameReference('computes', compute))}`),
    );
  }
  if (model !== undefined && definition.isSound([...at, 'model'])) {
    await definition.check([...at, 'model'], async () => {
      const path = referencedPath('models', model);
      if (path === undefined) return;
      const { properties } = await workspace.get<AnsweredModel>(await newest(workspace, path));
      if (!hasCode) needFlavor(name, model, properties.flavors);
    });
  }
  if (code !== undefined && isCodeReference(code.code)) {
    const codePath = [...at, 'code_configuration', 'code'];
    if (definition.isSound(codePath)) {
      await definition.check(codePath, async () => {
        const path = referencedPath('codes', code.code);
        if (path !== undefined) await workspace.get(await newest(workspace, path));
      });
    }
  }
  if (environment !== undefined && definition.isSound([...at, 'environment'])) {
    await definition.check([...at, 'environment'], async () => {
      const path = referencedPath('environments', environment);
      if (path !== undefined) await workspace.get(await newest(workspace, path));
    });
  }
}

/** Without a script, a model has to be one that scores by itself. */
function needFlavor(deployment: string, reference: InlineModel | string, flavors?: object): void {
  const { name: model } = parseAssetReference('models', referenceOf(reference));
  if (flavors === undefined) throw failure('ScriptNeeded', { deployment, model });
  if (Object.hasOwn(flavors, 'python_function')) return;
  throw failure('FlavorMissing', { model, flavors: Object.keys(flavors).join(', ') || 'none' });
}

type Inline = InlineModel | InlineEnvironment;

/** Whether an asset that is written in place only refers to a registered one: a model has its own path for that. */
export function isReference(kind: AssetKind, asset: Inline): boolean {
  const content = kind === 'models' ? ['path'] : environmentKeys;
  return !content.some((key) => Object.hasOwn(asset, key));
}

/** Keys by which an environment is one of its own, and no reference. */
const environmentKeys = ['conda_file', 'requirements_file', 'python_env_file', 'python', 'image', 'build'];

/** The reference that a model or an environment of a deployment is written as. */
export function referenceOf(asset: Inline | string): string {
  if (typeof asset === 'string') return asset;
  const { name = '', version } = asset;
  return version === undefined ? `azureml:${name}` : `azureml:${name}:${version}`;
}

interface AssetPath {
  readonly container: string;
  readonly version: string | undefined;
}

function referencedPath(kind: AssetKind, asset: Inline | string): AssetPath | undefined {
  if (typeof asset !== 'string' && !isReference(kind, asset)) return undefined;
  const { name, version } = parseAssetReference(kind, referenceOf(asset));
  return { container: `${kind}/${encodeURIComponent(name)}`, version };
}

async function newest(workspace: Workspace, { container, version }: AssetPath): Promise<string> {
  if (version !== undefined) return `${container}/versions/${encodeURIComponent(version)}`;
  const { properties } = await workspace.get<{ properties: { latestVersion: string } }>(container);
  return `${container}/versions/${encodeURIComponent(properties.latestVersion)}`;
}
