import { restBodies } from '../../shared/schemas/restBodies';
import { conditionOf, listAnswer, pageOf, resourceAnswer } from './answers';
import { datastoreResource } from './resources/datastoreResource';
import { route } from './route';

const path = 'datastores/{datastore}';
const audience = 'management';

route('getDatastore', { methods: ['GET'], path, audience }, async (call) => {
  const found = await call.services.registry.datastores.get(call.parameter('datastore'));
  return resourceAnswer(datastoreResource(found.name, found.value, call.workspace), found.etag);
});

route('listDatastores', { methods: ['GET'], path: 'datastores', audience }, async (call) => {
  const { size, token } = pageOf(call.request);
  const { datastores } = call.services.registry;
  const found = await datastores.list({ limit: size, ...(token === undefined ? {} : { after: token }) });
  const value = found.map((one) => datastoreResource(one.name, one.value, call.workspace));
  return listAnswer(call.request, value, found.length >= size ? found.at(-1)?.name : undefined);
});

route('putDatastore', { methods: ['PUT'], path, audience }, async (call) => {
  const { datastores } = call.services.registry;
  const name = call.parameter('datastore');
  const resource = restBodies.datastore(await call.json());
  const { created } = await datastores.register(name, resource, conditionOf(call.request));
  const made = await datastores.get(name);
  return resourceAnswer(datastoreResource(made.name, made.value, call.workspace), made.etag, created);
});
