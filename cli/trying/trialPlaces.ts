import { join } from 'node:path';
import { defaultDatastore } from '../../shared/registry/datastores';
import type { TrialPlaces } from '../../shared/trying/trial';
import type { AnsweredData, AnsweredDatastore } from '../client/resources';
import { json } from '../client/workspace';
import type { Context } from '../context';
import { versionPath } from '../registering/wantedVersion';
import { containerOf } from '../uploading/containerOf';

/** Finds registered data and datastores by asking the host, which is started where that is needed, and only then. */
export function trialPlaces(context: Context): TrialPlaces {
  const { workspace } = context;
  return {
    data: async ({ name, version }) => {
      const path = await versionPath(workspace, { kind: 'data', name, version });
      return (await workspace.get<AnsweredData>(path)).properties.dataUri;
    },
    datastore: (name) => placeOf(context, name),
  };
}

async function placeOf(context: Context, name: string): ReturnType<TrialPlaces['datastore']> {
  const { workspace, hasOwnHost, stateFolder } = context;
  // Its blobs are files of the state folder, which a host of this machine need not serve.
  if (hasOwnHost && name.toLowerCase() === defaultDatastore) {
    return { folder: join(stateFolder, 'blobs', defaultDatastore) };
  }
  const path = `datastores/${encodeURIComponent(name)}`;
  const { properties } = await workspace.get<AnsweredDatastore>(path);
  if (properties.datastoreType === 'LocalFolder' && properties.folder !== undefined) {
    return { folder: properties.folder };
  }
  const secrets = await workspace.post(`${path}/listSecrets`, { body: {} });
  const { sasToken } = json<{ readonly sasToken: string }>(secrets);
  return { ...containerOf(properties), sasToken };
}
