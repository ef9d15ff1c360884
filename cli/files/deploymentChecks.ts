import { failure } from '../../shared/errors/batchpointError';
import { lookAtModel, scriptlessKind } from '../../shared/registry/models';
import { parseAssetReference, parseNameReference } from '../../shared/registry/references';
import { checkScript } from '../../shared/registry/scriptCheck';
import { assetFiles, type LocalAsset } from './assetFiles';
import type { Definition } from './definition';
import { checkEnvironment } from './environmentFiles';
import { isCodeReference, isRemote, localPath } from './localPaths';
import type { DeploymentDefinition } from './normalForms';

type Path = readonly (string | number)[];

/**
 * Checks what a deployment says beyond its schema, and notes the faults: references that cannot be read, paths that
 * are not there, a script without `run`, a model that needs a script. `at` is where the deployment stands. `hasCode` says
 * whether it has code, also where what is checked is a change of it that leaves the code as it is.
 */
export async function checkDeployment(
  definition: Definition<unknown>,
  deployment: Partial<DeploymentDefinition>,
  at: Path,
  hasCode = deployment.code_configuration !== undefined,
): Promise<void> {
  const { name = '', model, environment, compute } = deployment;
  const isSound = (...path: Path): boolean => definition.isSound([...at, ...path]);
  if (compute !== undefined && isSound('compute')) {
    await definition.check([...at, 'compute'], () => parseNameReference('computes', compute));
  }
  if (isSound('code_configuration')) await checkCode(definition, deployment, at);
  if (isSound('model') && typeof model === 'string') {
    await definition.check([...at, 'model'], () => parseAssetReference('models', model));
  } else if (isSound('model') && typeof model === 'object' && model.path !== undefined) {
    const { path } = model;
    await definition.check([...at, 'model', 'path'], async () => {
      if (isRemote(path)) return;
      await checkModel(localPath(definition.folder, path), model.name ?? name, {
        deployment: name,
        needsFlavor: !hasCode,
      });
    });
  }
  if (environment === undefined || !isSound('environment')) return;
  if (typeof environment === 'string') {
    await definition.check([...at, 'environment'], () => parseAssetReference('environments', environment));
  } else {
    await checkEnvironment(definition, { name, ...environment }, [...at, 'environment']);
  }
}

/** Code of this machine has to be there, with a script that can be called; other code only the host knows. */
async function checkCode(
  definition: Definition<unknown>,
  { name = '', code_configuration: code }: Partial<DeploymentDefinition>,
  at: Path,
): Promise<void> {
  if (code === undefined) return;
  const codePath = [...at, 'code_configuration', 'code'];
  if (isCodeReference(code.code)) {
    await definition.check(codePath, () => parseAssetReference('codes', code.code));
  }
  if (isRemote(code.code)) return;
  const asset = { kind: 'code', name, path: localPath(definition.folder, code.code) };
  if (!(await definition.check(codePath, () => needFolder(asset)))) return;
  await definition.check([...at, 'code_configuration', 'scoring_script'], () =>
    checkScript(asset.path, code.scoring_script),
  );
}

async function checkModel(
  path: string,
  name: string,
  { deployment, needsFlavor }: { deployment: string; needsFlavor: boolean },
): Promise<void> {
  await assetFiles({ kind: 'model', name, path });
  if (needsFlavor) scriptlessKind(await lookAtModel(path, name, 'custom_model'), { deployment, model: name });
}

async function needFolder(asset: LocalAsset): Promise<void> {
  const [first] = await assetFiles(asset);
  if (first !== '') return;
  throw failure('AssetPathMissing', { ...asset, reason: 'it is a file, and a folder is expected' });
}
