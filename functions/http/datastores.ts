import { restBodies } from '../../shared/schemas/restBodies';
import { conditionOf, listAnswer, pageOf, resourceAnswer } from './answers';
import { pageParameters, type Operation } from './operation';
import { datastoreResource } from './resources/datastoreResource';
import { route } from './route';

const path = 'datastores/{datastore}';
const reading = { audience: 'management', role: 'Endpoints.Read' } as const;
const writing = { audience: 'management', role: 'Endpoints.Write' } as const;

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
};
route('putDatastore', putDatastore, async (call) => {
  const { datastores } = call.services.registry;
  const name = call.parameter('datastore');
  const resource = restBodies.datastore(await call.json());
  const { created } = await datastores.register(name, resource, conditionOf(call.request));
  const made = await datastores.get(name);
  return resourceAnswer(datastoreResource(made.name, made.value, call.workspace), made.etag, created);
});
