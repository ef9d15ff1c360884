import { defaultDatastore } from '../registry/datastores';

/** The account that the local store is shown as, and the suffix of its cloud: `https://<account>.blob.<suffix>`. */
const localAccount = 'batchpoint';
export const localSuffix = 'local';

/**
 * The first segment of all paths of the local Blob service. Clients of Azure Machine Learning make the URL of a service
 * as `https://<account>.blob.<suffix>`, and no such name leads to this machine without changes to it. So the account is
 * told with the address of the host in front: of `localhost:7443/batchpoint` and `local` they make
 * `https://localhost:7443/batchpoint.blob.local`, which needs no name of its own.
 */
export const serviceSegment = `${localAccount}.blob.${localSuffix}`;

/** Containers into which one upload goes, to be registered from there, begin like this. */
export const uploadContainerPrefix = 'upload-';

/** Which containers of the local store clients may enter: never that of the product itself. */
export function isServedContainer(container: string): boolean {
  return container === defaultDatastore || container.startsWith(uploadContainerPrefix);
}
