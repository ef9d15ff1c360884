import type { AssetLabels } from '../../shared/registry/assetLabels';
import { restBodies } from '../../shared/schemas/restBodies';
import { containerRoutes } from './assetContainers';
import type { AssetRoutes } from './assetRoutes';
import { versionRoutes } from './assetVersions';
import { versionResource } from './resources/assetResources';

/** Errors of what is copied in. */
const contentRefusals = ['AssetEmpty', 'AssetPathMissing', 'LocalPathNotShared', 'UriInvalid'] as const;

/** Errors of the files that define an environment, which MLflow models bring along too. */
const environmentRefusals = ['CondaFileInvalid', 'PythonEnvFileInvalid', 'RequirementsFileInvalid'] as const;

assetRoutes({
  label: 'Model',
  kind: 'models',
  body: 'modelVersion',
  refusals: [...contentRefusals, ...environmentRefusals, 'MLmodelInvalid', 'MLmodelMissing'],
  uri: 'modelUri',
  versions: (registry) => registry.models.versions,
  register: (registry, name, version, body) =>
    registry.models.register(name, version, restBodies.modelVersion(body)),
  show: (asset, call) => versionResource('models', asset, call.workspace),
});

assetRoutes({
  label: 'Code',
  kind: 'codes',
  body: 'codeVersion',
  refusals: contentRefusals,
  uri: 'codeUri',
  versions: (registry) => registry.codes.versions,
  register: (registry, name, version, body) =>
    registry.codes.register(name, version, restBodies.codeVersion(body)),
  show: (asset, call) => versionResource('codes', asset, call.workspace),
});

assetRoutes({
  label: 'Environment',
  kind: 'environments',
  body: 'environmentVersion',
  refusals: [...environmentRefusals, 'EnvironmentAmbiguous', 'LocalPathNotShared'],
  versions: (registry) => registry.environments.versions,
  register: (registry, name, version, body) =>
    registry.environments.register(name, version, restBodies.environmentVersion(body)),
  show: (asset, call) => versionResource('environments', asset, call.workspace),
});

assetRoutes({
  label: 'Data',
  kind: 'data',
  body: 'dataVersion',
  refusals: ['UriInvalid'],
  versions: (registry) => registry.data.versions,
  register: (registry, name, version, body) =>
    registry.data.register(name, version, restBodies.dataVersion(body)),
  show: (asset, call) => versionResource('data', asset, call.workspace),
});

/** Registers the functions of one kind of asset. */
function assetRoutes<Value extends AssetLabels>(assets: AssetRoutes<Value>): void {
  versionRoutes(assets);
  containerRoutes(assets);
}
