import type { HttpResponseInit } from '@azure/functions';
import type { AssetKind } from '../../shared/registry/references';
import type { Registry } from '../../shared/registry/registry';
import type { AssetVersion, VersionedAssets } from '../../shared/registry/versionedAssets';
import { restBodies } from '../../shared/schemas/restBodies';
import { listAnswer, pageOf, resourceAnswer } from './answers';
import { containerResource, versionResource } from './resources/assetResources';
import { route, type Call } from './route';

/** How the versions of one kind of asset are made and read. */
interface AssetRoutes<Value> {
  readonly kind: AssetKind;
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
  versions: (registry) => registry.models.versions,
  register: (registry, name, version, body) =>
    registry.models.register(name, version, restBodies.modelVersion(body)),
  show: (asset, call) => versionResource('models', asset, call.workspace),
});

assetRoutes('Code', {
  kind: 'codes',
  versions: (registry) => registry.codes.versions,
  register: (registry, name, version, body) =>
    registry.codes.register(name, version, restBodies.codeVersion(body)),
  show: (asset, call) => versionResource('codes', asset, call.workspace),
});

assetRoutes('Environment', {
  kind: 'environments',
  versions: (registry) => registry.environments.versions,
  register: (registry, name, version, body) =>
    registry.environments.register(name, version, restBodies.environmentVersion(body)),
  show: (asset, call) => versionResource('environments', asset, call.workspace),
});

assetRoutes('Data', {
  kind: 'data',
  versions: (registry) => registry.data.versions,
  register: (registry, name, version, body) =>
    registry.data.register(name, version, restBodies.dataVersion(body)),
  show: (asset, call) => versionResource('data', asset, call.workspace),
});

/** Registers the five functions of one kind of asset. */
function assetRoutes<Value>(label: string, assets: AssetRoutes<Value>): void {
  const { kind } = assets;
  const audience = 'management';
  const path = `${kind}/{name}/versions/{version}`;
  const answer = (call: Call, asset: AssetVersion<Value>, created = false): HttpResponseInit =>
    resourceAnswer(assets.show(asset, call), undefined, created);

  route(`get${label}Version`, { methods: ['GET'], path, audience }, async (call) => {
    const reference = { name: call.parameter('name'), version: call.parameter('version') };
    return answer(call, await assets.versions(call.services.registry).get(reference));
  });

  route(`put${label}Version`, { methods: ['PUT'], path, audience }, async (call) => {
    const { registry } = call.services;
    const [name, version] = [call.parameter('name'), call.parameter('version')];
    const { asset, created } = await assets.register(registry, name, version, await call.json());
    return answer(call, asset, created);
  });

  route(
    `list${label}Versions`,
    { methods: ['GET'], path: `${kind}/{name}/versions`, audience },
    async (call) => {
      const found = await assets.versions(call.services.registry).listVersions(call.parameter('name'));
      return listAnswer(
        call.request,
        found.map((asset) => assets.show(asset, call)),
      );
    },
  );

  route(`get${label}`, { methods: ['GET'], path: `${kind}/{name}`, audience }, async (call) => {
    const container = await assets.versions(call.services.registry).container(call.parameter('name'));
    return resourceAnswer(containerResource(kind, container, call.workspace), undefined);
  });

  route(`list${label}s`, { methods: ['GET'], path: kind, audience }, async (call) => {
    const { size, token } = pageOf(call.request);
    const found = await assets
      .versions(call.services.registry)
      .listContainers({ limit: size, ...(token === undefined ? {} : { after: token }) });
    const value = found.map((container) => containerResource(kind, container, call.workspace));
    return listAnswer(call.request, value, found.length === size ? found.at(-1)?.name : undefined);
  });
}
