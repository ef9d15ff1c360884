import { artifactContainer, artifactDatastore } from '../../shared/blobService/artifactStore';
import { runningJobs } from '../../shared/collecting/assetUsers';
import { failure } from '../../shared/errors/batchpointError';
import { defaultDatastore, type Datastore } from '../../shared/registry/datastores';
import type { Stored } from '../../shared/registry/namedResources';
import type { SignedService } from '../../shared/stores/stores';
import { restBodies, restPatch } from '../../shared/schemas/restBodies';
import { conditionOf, listAnswer, pageOf, resourceAnswer } from './answers';
import { mergePatch, patched } from './mergePatch';
import { pageParameters, type Operation, reading, writing } from './operation';
import { datastoreBody, datastoreResource } from './resources/datastoreResource';
import { route, type Call } from './route';
import { storageClosed } from './storageClosed';

const path = 'datastores/{datastore}';

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
  const artifacts = artifactsOf(call);
  if (artifacts !== undefined) return resourceAnswer(shown(call, artifacts), undefined);
  const found = await call.services.registry.datastores.get(call.parameter('datastore'));
  return resourceAnswer(shown(call, found), found.etag);
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
  const value = found.map((one) => shown(call, one));
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
  await call.services.watchedPlaces?.update();
  const made = await datastores.get(name);
  return resourceAnswer(shown(call, made), made.etag, created);
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
  const patch = restPatch('datastore', await call.json());
  const asked = conditionOf(call.request);
  return patched(datastores, call.parameter('datastore'), asked, async ({ name, value }, condition) => {
    if (name === defaultDatastore) throw failure('DefaultDatastoreFixed', { name });
    const merged = mergePatch(datastoreBody(value), patch);
    await datastores.register(name, restBodies.datastore(merged), condition);
    await call.services.watchedPlaces?.update();
    const made = await datastores.get(name);
    return resourceAnswer(shown(call, made), made.etag);
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
      'datastore' in place ? place.datastore.toLowerCase() : undefined,
    );
    if (used.includes(name.toLowerCase())) throw failure('DatastoreInUse', { name, job: spec.name });
  }
  await datastores.remove(name, conditionOf(request));
  await services.watchedPlaces?.update();
  return { status: 200 };
});

/** Milliseconds that a signature is good for: a large model takes its time over a slow line. */
const signatureLifetime = 8 * 3_600_000;

const listDatastoreSecrets: Operation = {
  audience: 'management',
  role: 'Endpoints.Write',
  methods: ['POST'],
  path: `${path}/listSecrets`,
  summary: 'Gives a signature with which the blobs of a datastore are read and written for some hours.',
  answers: { 200: 'DatastoreSecrets' },
  refusals: ['DatastoreClosed', 'DatastoreUnsafe', 'StoreForbidden', 'StoreMissing', 'LocalPathNotShared'],
};
route('listDatastoreSecrets', listDatastoreSecrets, async (call) => {
  const { service, container, permissions } = await signedPlace(call);
  const expiresOn = new Date(call.services.now().getTime() + signatureLifetime);
  const sasToken = await service.sign(container, permissions, expiresOn);
  return {
    status: 200,
    headers: { 'Cache-Control': 'no-store' },
    jsonBody: { secretsType: 'Sas', sasToken },
  };
});

interface SignedPlace {
  readonly service: SignedService;
  readonly container: string;
  readonly permissions: string;
}

async function signedPlace(call: Call): Promise<SignedPlace> {
  const { caller, parameter, services } = call;
  const artifacts = artifactsOf(call);
  if (artifacts !== undefined && services.storage !== undefined) {
    // The logs of all jobs lie there.
    if (!caller.grants.has('Jobs.Read'))
      throw failure('RoleMissing', { role: 'Jobs.Read', extent: 'for all endpoints' });
    return { service: services.storage, container: artifactContainer, permissions: 'rl' };
  }
  const { name, value } = await services.registry.datastores.get(parameter('datastore'));
  return { ...(await serviceOf(call, name, value)), permissions: 'racwdl' };
}

/**
 * The datastore in which clients look for the logs of jobs and the files of models, which are only read: the Blob
 * service of the host shows them there. It is in no list, and no input or output can be there.
 */
function artifactsOf({ parameter, services }: Call): Stored<Datastore> | undefined {
  if (parameter('datastore').toLowerCase() !== artifactDatastore) return undefined;
  if (services.storage === undefined || services.stores.service !== undefined) return undefined;
  return { name: artifactDatastore, etag: '', value: { tags: {}, place: { type: 'Workspace' } } };
}

/** The service that a datastore lies in, as far as clients can enter it by themselves. */
async function serviceOf(
  { services }: Call,
  name: string,
  { place }: Datastore,
): Promise<{ service: SignedService; container: string }> {
  switch (place.type) {
    case 'Workspace':
      if (services.storage !== undefined) {
        await services.stores.makeContainer(name);
        return { service: services.storage, container: name };
      }
      throw storageClosed(services, name);
    case 'LocalFolder':
      throw failure('DatastoreClosed', {
        name,
        reason: 'it is a folder of the machine that the host runs on',
      });
    case 'AzureBlob':
      // Signatures by the identity of the host would lend its rights to whoever names a container.
      if (place.accountKey === undefined && place.sasToken === undefined)
        throw failure('DatastoreClosed', {
          name,
          reason: 'it has no key to make one with, and the host enters it with its own identity',
        });
      await services.registry.datastores.checkPlace(place);
      return { service: await services.stores.azureService(place), container: place.container };
  }
}

function shown({ workspace, services }: Call, datastore: Stored<Datastore>): object {
  return datastoreResource(datastore, workspace, services.storage);
}
