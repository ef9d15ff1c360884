import { artifactContainer, artifactDatastore } from '../../../shared/blobService/artifactStore';
import { defaultDatastore, type Datastore, type DatastorePlace } from '../../../shared/registry/datastores';
import type { SignedService } from '../../../shared/stores/stores';
import { accountOf } from './storageAccount';
import { workspaceId, type WorkspacePath } from '../../../shared/registry/workspacePath';

/** A datastore as clients see it: where it lies, and never its secrets. */
export function datastoreResource(
  { name, value: datastore }: { readonly name: string; readonly value: Datastore },
  workspace: WorkspacePath,
  service: SignedService | undefined,
): object {
  const { description, tags, place } = datastore;
  return {
    id: `${workspaceId(workspace)}/datastores/${name}`,
    name,
    type: 'Microsoft.MachineLearningServices/workspaces/datastores',
    properties: {
      ...(description === undefined ? {} : { description }),
      tags,
      isDefault: name === defaultDatastore,
      ...placeProperties(name, place, service),
    },
  };
}

function placeProperties(name: string, place: DatastorePlace, service: SignedService | undefined): object {
  switch (place.type) {
    case 'Workspace':
      if (service === undefined) return { datastoreType: 'Workspace' };
      return {
        datastoreType: 'AzureBlob',
        ...accountOf(service.url),
        containerName: name === artifactDatastore ? artifactContainer : name,
        credentials: { credentialsType: 'Sas' },
      };
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
  if (place.type !== 'AzureBlob')
    return { properties: { ...labels, ...placeProperties('', place, undefined) } };
  const { accountKey: key, sasToken } = place;
  const secrets = { ...(key === undefined ? {} : { key }), ...(sasToken === undefined ? {} : { sasToken }) };
  const credentials = { credentialsType: credentialsOf(place), secrets };
  return { properties: { ...labels, ...placeProperties('', place, undefined), credentials } };
}
