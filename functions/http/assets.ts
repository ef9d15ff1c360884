import type { HttpResponseInit } from '@azure/functions';
import { assetKinds, type AssetKind } from '../../shared/registry/references';
import type { Registry } from '../../shared/registry/registry';
import type { AssetVersion, VersionedAssets } from '../../shared/registry/versionedAssets';
import { restBodies, type BodyName } from '../../shared/schemas/restBodies';
import { listAnswer, pageOf, resourceAnswer } from './answers';
import { pageParameters, type Operation } from './operation';
import { containerResource, versionResource } from './resources/assetResources';
import { route, type Call } from './route';

/** How the versions of one kind of asset are made and read. */
interface AssetRoutes<Value> {
  readonly kind: AssetKind;
  /** The name of the check of its bodies. */
  readonly body: BodyName;
  readonly versions: (registry: Registry) => VersionedAssets<Value>;
  readonly register: (
    registry: Registry,
    name: string,
    version: string,
    body: unknown,
  ) => Promise<{ asset: AssetVersion<Value>; created: boolean }>;
  readonly show: (asset: AssetVersion<Value>, call: Call) => object;
}

assetRoutes('Model', {
  kind: 'models',
  body: 'modelVersion',
  versions: (registry) => registry.models.versions,
  register: (registry, name, version, body) =>
    registry.models.register(name, version, restBodies.modelVersion(body)),
  show: (asset, call) => versionResource('models', asset, call.workspace),
});

assetRoutes('Code', {
  kind: 'codes',
  body: 'codeVersion',
  versions: (registry) => registry.codes.versions,
  register: (registry, name, version, body) =>
    registry.codes.register(name, version, restBodies.codeVersion(body)),
  show: (asset, call) => versionResource('codes', asset, call.workspace),
});

assetRoutes('Environment', {
  kind: 'environments',
  body: 'environmentVersion',
  versions: (registry) => registry.environments.versions,
  register: (registry, name, version, body) =>
    registry.environments.register(name, version, restBodies.environmentVersion(body)),
  show: (asset, call) => versionResource('environments', asset, call.workspace),
});

assetRoutes('Data', {
  kind: 'data',
  body: 'dataVersion',
  versions: (registry) => registry.data.versions,
  register: (registry, name, version, body) =>
    registry.data.register(name, version, restBodies.dataVersion(body)),
  show: (asset, call) => versionResource('data', asset, call.workspace),
});

/** Registers the five functions of one kind of asset. */
function assetRoutes<Value>(label: string, assets: AssetRoutes<Value>): void {
  const { kind } = assets;
  const what = assetKinds[kind];
  const path = `${kind}/{name}/versions/{version}`;
  const get = {
    audience: 'management',
    role: 'Endpoints.Read',
    methods: ['GET'],
  } satisfies Partial<Operation>;
  const answer = (call: Call, asset: AssetVersion<Value>, created = false): HttpResponseInit =>
    resourceAnswer(assets.show(asset, call), undefined, created);

  const getVersion: Operation = {
    ...get,
    path,
    summary: `Shows a version of a ${what}.`,
    answers: { 200: 'AssetVersion' },
  };
  route(`get${label}Version`, getVersion, async (call) => {
    const reference = { name: call.parameter('name'), version: call.parameter('version') };
    return answer(call, await assets.versions(call.services.registry).get(reference));
  });

  const putVersion: Operation = {
    audience: 'management',
    role: 'Endpoints.Write',
    methods: ['PUT'],
    path,
    summary: `Registers a version of a ${what}, which never changes.`,
    body: assets.body,
    answers: { 200: 'AssetVersion', 201: 'AssetVersion' },
  };
  route(`put${label}Version`, putVersion, async (call) => {
    const { registry } = call.services;
    const [name, version] = [call.parameter('name'), call.parameter('version')];
    const { asset, created } = await assets.register(registry, name, version, await call.json());
    return answer(call, asset, created);
  });

  const listVersions: Operation = {
    ...get,
    path: `${kind}/{name}/versions`,
    summary: `Lists the versions of a ${what}, the newest first.`,
    answers: { 200: 'AssetVersionList' },
  };
  route(`list${label}Versions`, listVersions, async (call) => {
    const found = await assets.versions(call.services.registry).listVersions(call.parameter('name'));
    return listAnswer(
      call.request,
      found.map((asset) => assets.show(asset, call)),
    );
  });

  const getContainer: Operation = {
    ...get,
    path: `${kind}/{name}`,
    summary: `Shows a ${what} over all its versions.`,
    answers: { 200: 'AssetContainer' },
  };
  route(`get${label}`, getContainer, async (call) => {
    const container = await assets.versions(call.services.registry).container(call.parameter('name'));
    return resourceAnswer(containerResource(kind, container, call.workspace), undefined);
  });

  const listContainers: Operation = {
    ...get,
    path: kind,
    summary: `Lists all ${what}s by their names.`,
    query: pageParameters,
    answers: { 200: 'AssetContainerList' },
  };
  route(`list${label}s`, listContainers, async (call) => {
    const { size, token } = pageOf(call.request);
    const found = await assets
      .versions(call.services.registry)
      .listContainers({ limit: size, ...(token === undefined ? {} : { after: token }) });
    const value = found.map((container) => containerResource(kind, container, call.workspace));
    return listAnswer(call.request, value, found.length === size ? found.at(-1)?.name : undefined);
  });
}
