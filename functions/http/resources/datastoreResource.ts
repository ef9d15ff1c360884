import { defaultDatastore, type Datastore, type DatastorePlace } from '../../../shared/registry/datastores';
import { workspaceId, type WorkspacePath } from '../../../shared/registry/workspacePath';

/** A datastore as clients see it: where it lies, and never its secrets. */
export function datastoreResource(name: string, datastore: Datastore, workspace: WorkspacePath): object {
  const { description, tags, place } = datastore;
  return {
    id: `${workspaceId(workspace)}/datastores/${name}`,
    name,
    type: 'Microsoft.MachineLearningServices/workspaces/datastores',
    properties: {
      ...(description === undefined ? {} : { description }),
      tags,
      isDefault: name === defaultDatastore,
      ...placeProperties(place),
    },
  };
}

function placeProperties(place: DatastorePlace): object {
  switch (place.type) {
    case 'Workspace':
      return { datastoreType: 'Workspace' };
    case 'LocalFolder':
      return { datastoreType: 'LocalFolder', folder: place.folder };
    case 'AzureBlob':
      return {
        datastoreType: 'AzureBlob',
        accountName: place.accountName,
        containerName: place.container,
        endpoint: place.serviceUrl,
        credentials: { credentialsType: credentialsOf(place) },
      };
  }
}

function credentialsOf({ accountKey, sasToken }: { accountKey?: string; sasToken?: string }): string {
  if (accountKey !== undefined) return 'AccountKey';
  return sasToken === undefined ? 'None' : 'Sas';
}

/** The body that would make a datastore, with its secrets: for patches, never for an answer. */
export function datastoreBody({ description, tags, place }: Datastore): object {
  const labels = { ...(description === undefined ? {} : { description }), tags };
  if (place.type !== 'AzureBlob') return { properties: { ...labels, ...placeProperties(place) } };
  const { accountKey: key, sasToken } = place;
  const secrets = { ...(key === undefined ? {} : { key }), ...(sasToken === undefined ? {} : { sasToken }) };
  const credentials = { credentialsType: credentialsOf(place), secrets };
  return { properties: { ...labels, ...placeProperties(place), credentials } };
}
