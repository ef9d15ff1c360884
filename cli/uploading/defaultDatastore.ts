import { failure, isFailure } from '../../shared/errors/batchpointError';
import { defaultDatastore } from '../../shared/registry/datastores';
import { SignedContainer } from '../../shared/stores/azure/signedContainer';
import type { AnsweredDatastore } from '../client/resources';
import { isServerError } from '../client/serverError';
import { json } from '../client/workspace';
import type { Context } from '../context';
import { containerOf } from './containerOf';
import { certificateAdvice } from '../host/certificateAdvice';

const path = `datastores/${defaultDatastore}`;

/**
 * The container of the default datastore, entered with a signature of the host. `file` is what is to be uploaded there.
 * Fails with `UploadImpossible` where the host has none for clients.
 */
export async function openDefaultDatastore(context: Context, file: string): Promise<SignedContainer> {
  const { workspace } = context;
  try {
    const secrets = await workspace.post(`${path}/listSecrets`, { body: {} });
    const { sasToken } = json<{ readonly sasToken: string }>(secrets);
    const { properties } = await workspace.get<AnsweredDatastore>(path);
    return await SignedContainer.open({ ...containerOf(properties), sasToken });
  } catch (error) {
    throw await uploadFailure(context, file, error);
  }
}

/** The error for an upload that failed: where something has to be done about the host, that says what. */
export async function uploadFailure(context: Context, file: string, error: unknown): Promise<unknown> {
  const impossible = async (reason: string, advice: string): Promise<Error> => {
    const url = await context.hostUrl();
    return failure('UploadImpossible', { url, path: file, reason, advice }, { cause: error });
  };
  if (isServerError(error, 'DatastoreClosed')) {
    return impossible(
      'it has no Blob service in front of its default datastore',
      "Start it with 'batchpoint up --https-port 7443', name one in its BATCHPOINT_BLOB_SERVICE, or give a path in a datastore.",
    );
  }
  if (!isFailure(error, 'StoreUnavailable')) return error;
  const advice = certificateAdvice(error.message);
  return advice === undefined
    ? error
    : impossible('the certificate of its Blob service is not trusted', advice);
}
