import { uploadContainerPrefix } from '../../shared/blobService/serviceUrl';
import { defaultDatastore } from '../../shared/registry/datastores';
import { restBodies } from '../../shared/schemas/restBodies';
import { assetWords } from './assetRoutes';
import type { Operation } from './operation';
import { route } from './route';
import { storageClosed } from './storageClosed';

/** Milliseconds in which an upload has to be done. */
const lifetime = 8 * 3_600_000;

for (const [label, kind] of [
  ['Model', 'models'],
  ['Code', 'codes'],
] as const) {
  const startUpload: Operation = {
    audience: 'management',
    role: 'Endpoints.Write',
    methods: ['POST'],
    path: `${kind}/{name}/versions/{version}/startPendingUpload`,
    summary: `Gives a container to upload the content of ${assetWords[kind].one} to, before it is registered from there.`,
    body: 'pendingUpload',
    answers: { 200: 'PendingUpload' },
    refusals: ['DatastoreClosed', 'StoreForbidden', 'StoreMissing'],
  };
  route(`start${label}Upload`, startUpload, async (call) => {
    const { registry, storage, newId, now } = call.services;
    registry[kind].versions.checkNames(call.parameter('name'), call.parameter('version'));
    const { pendingUploadType } = restBodies.pendingUpload(await call.json());
    if (storage === undefined) throw storageClosed(call.services, defaultDatastore);
    const id = newId();
    // Each upload has a container of its own: what is half there is never taken for a content.
    const container = `${uploadContainerPrefix}${id}`;
    await call.services.stores.makeContainer(container);
    const blobUri = `${storage.url}/${container}`;
    const sas = await storage.sign(container, 'racwl', new Date(now().getTime() + lifetime));
    return {
      status: 200,
      headers: { 'Cache-Control': 'no-store' },
      jsonBody: {
        pendingUploadId: id,
        pendingUploadType,
        blobReferenceForConsumption: {
          blobUri,
          storageAccountArmId: '',
          credential: { credentialType: 'SAS', sasUri: `${blobUri}?${sas}` },
        },
      },
    };
  });
}
