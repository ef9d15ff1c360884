import { failure } from '../../shared/errors/batchpointError';
import { defaultDatastore } from '../../shared/registry/datastores';
import { restBodies } from '../../shared/schemas/restBodies';
import { conditionOf, listAnswer, pageOf, resourceAnswer } from './answers';
import { mergePatch, patched } from './mergePatch';
import { runningJobs } from './assetUse';
import { conditionHeaders, pageParameters, type Operation } from './operation';
import { datastoreBody, datastoreResource } from './resources/datastoreResource';
import { route } from './route';

const path = 'datastores/{datastore}';
const reading = { audience: 'management', role: 'Endpoints.Read' } as const;
const writing = {
  audience: 'management',
  role: 'Endpoints.Write',
  headers: conditionHeaders,
} as const;

/** What a datastore names may not be there, or not be reached. */
const refusals = [
  'ContainerNameInvalid',
  'DatastoreIncomplete',
  'DatastoreUnsafe',
  'DefaultDatastoreFixed',
  'LocalFolderUnsupported',
  'LocalPathNotShared',
  'StoreForbidden',
  'StoreMissing',
  'UriInvalid',
] as const;

const getDatastore: Operation = {
  ...reading,
  methods: ['GET'],
  path,
  summary: 'Shows a datastore, without its secrets.',
  answers: { 200: 'Datastore' },
};
route('getDatastore', getDatastore, async (call) => {
  const found = await call.services.registry.datastores.get(call.parameter('datastore'));
  return resourceAnswer(datastoreResource(found.name, found.value, call.workspace), found.etag);
});

const listDatastores: Operation = {
  ...reading,
  methods: ['GET'],
  path: 'datastores',
  summary: 'Lists the datastores, the default one first.',
  query: pageParameters,
  answers: { 200: 'DatastoreList' },
};
route('listDatastores', listDatastores, async (call) => {
  const { size, token } = pageOf(call.request);
  const { datastores } = call.services.registry;
  const found = await datastores.list({ limit: size, ...(token === undefined ? {} : { after: token }) });
  const value = found.map((one) => datastoreResource(one.name, one.value, call.workspace));
  return listAnswer(call.request, value, found.length >= size ? found.at(-1)?.name : undefined);
});

const putDatastore: Operation = {
  ...writing,
  methods: ['PUT'],
  path,
  summary: 'Creates or replaces a datastore.',
  body: 'datastore',
  answers: { 200: 'Datastore', 201: 'Datastore' },
  refusals,
};
route('putDatastore', putDatastore, async (call) => {
  const { datastores } = call.services.registry;
  const name = call.parameter('datastore');
  const resource = restBodies.datastore(await call.json());
  const { created } = await datastores.register(name, resource, conditionOf(call.request));
  const made = await datastores.get(name);
  return resourceAnswer(datastoreResource(made.name, made.value, call.workspace), made.etag, created);
});

const patchDatastore: Operation = {
  ...writing,
  methods: ['PATCH'],
  path,
  summary: 'Changes a part of a datastore; secrets that are not sent stay as they are.',
  body: 'datastore',
  answers: { 200: 'Datastore' },
  refusals,
};
route('patchDatastore', patchDatastore, async (call) => {
  const { datastores } = call.services.registry;
  const patch = await call.json();
  const asked = conditionOf(call.request);
  return patched(datastores, call.parameter('datastore'), asked, async ({ name, value }, condition) => {
    if (name === defaultDatastore) throw failure('DefaultDatastoreFixed', { name });
    const merged = mergePatch(datastoreBody(value), patch);
    await datastores.register(name, restBodies.datastore(merged), condition);
    const made = await datastores.get(name);
    return resourceAnswer(datastoreResource(made.name, made.value, call.workspace), made.etag);
  });
});

const deleteDatastore: Operation = {
  ...writing,
  methods: ['DELETE'],
  path,
  summary:
    'Deletes a datastore that is not the default one and that no running job uses; what lies in it stays.',
  answers: { 200: 'Nothing', 204: 'Nothing' },
  refusals: ['DatastoreInUse', 'DefaultDatastoreFixed'],
};
route('deleteDatastore', deleteDatastore, async (call) => {
  const { services, request } = call;
  const { datastores } = services.registry;
  const datastore = await datastores.find(call.parameter('datastore'));
  if (datastore === undefined) return { status: 204 };
  const { name } = datastore;
  if (name === defaultDatastore) throw failure('DefaultDatastoreFixed', { name });
  for await (const { spec } of runningJobs(services)) {
    const used = [spec.input, spec.output].map((place) =>
      place.kind === 'datastore' ? place.datastore.toLowerCase() : undefined,
    );
    if (used.includes(name.toLowerCase())) throw failure('DatastoreInUse', { name, job: spec.name });
  }
  await datastores.remove(name, conditionOf(request));
  return { status: 200 };
});
