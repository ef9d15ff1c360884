import type { AssetLabels } from '../../shared/registry/assetLabels';
import { restBodies } from '../../shared/schemas/restBodies';
import { listAnswer, pageOf, resourceAnswer } from './answers';
import { assetWords, labelsIn, type AssetRoutes } from './assetRoutes';
import { deleteVersions } from './assetVersions';
import { viewOf, viewParameters } from './listView';
import { conditionHeaders, pageParameters, type Operation } from './operation';
import { containerResource } from './resources/assetResources';
import { route } from './route';

/** Registers the functions for the assets of one kind over all their versions. */
export function containerRoutes<Value extends AssetLabels>(assets: AssetRoutes<Value>): void {
  const { kind, label } = assets;
  const { one, many } = assetWords[kind];
  const path = `${kind}/{name}`;
  const audience = 'management';
  const reading = { audience, role: 'Endpoints.Read', methods: ['GET'] } satisfies Partial<Operation>;
  const writing = { audience, role: 'Endpoints.Write', path } satisfies Partial<Operation>;

  const getContainer: Operation = {
    ...reading,
    path,
    summary: `Shows ${one} over all its versions.`,
    answers: { 200: 'AssetContainer' },
  };
  route(`get${label}`, getContainer, async (call) => {
    const { containers } = assets.versions(call.services.registry);
    const container = await containers.get(call.parameter('name'));
    return resourceAnswer(containerResource(kind, container, call.workspace), undefined);
  });

  for (const method of ['PUT', 'PATCH'] as const) {
    const change: Operation = {
      ...writing,
      methods: [method],
      summary: `Changes what is said of ${one} over all its versions, or archives it.`,
      body: 'assetContainer',
      answers:
        method === 'PUT' ? { 200: 'AssetContainer', 201: 'AssetContainer' } : { 200: 'AssetContainer' },
    };
    route(`${method.toLowerCase()}${label}`, change, async (call) => {
      const { containers } = assets.versions(call.services.registry);
      const name = call.parameter('name');
      if (method === 'PATCH') await containers.get(name);
      const created = await containers.label(name, labelsIn(restBodies.assetContainer(await call.json())));
      const container = await containers.get(name);
      return resourceAnswer(containerResource(kind, container, call.workspace), undefined, created);
    });
  }

  const deleteContainer: Operation = {
    ...writing,
    methods: ['DELETE'],
    summary: `Deletes ${one} with all its versions, where nothing uses any of them.`,
    answers: { 200: 'Nothing', 204: 'Nothing' },
    headers: conditionHeaders,
    refusals: ['AssetInUse'],
  };
  route(`delete${label}`, deleteContainer, async (call) => {
    const versions = assets.versions(call.services.registry);
    const name = call.parameter('name');
    if ((await versions.containers.find(name)) === undefined) return { status: 204 };
    await deleteVersions(call, assets, await versions.listVersions(name));
    await versions.containers.remove(name);
    return { status: 200 };
  });

  const listContainers: Operation = {
    ...reading,
    path: kind,
    summary: `Lists all ${many} by their names.`,
    query: [...pageParameters, ...viewParameters],
    answers: { 200: 'AssetContainerList' },
  };
  route(`list${label}s`, listContainers, async (call) => {
    const { size, token: after } = pageOf(call.request);
    const { containers } = assets.versions(call.services.registry);
    const found = await containers.list({
      limit: size,
      shows: viewOf(call.request),
      ...(after === undefined ? {} : { after }),
    });
    const value = found.map((container) => containerResource(kind, container, call.workspace));
    return listAnswer(call.request, value, found.length === size ? found.at(-1)?.name : undefined);
  });
}
