import { isAbsolute } from 'node:path';
import { failure } from '../errors/batchpointError';
import { withoutQuery } from '../inputs/urlRules';
import type { DatastoreResource } from '../schemas/rest/generated';
import { checkName } from './nameRules';
import { NamedResources, type Stored, type WriteCondition } from './namedResources';
import type { RegistryContext } from './registryContext';
import { checkStorageReach } from './storageReach';

/** Where a datastore lies. Its secrets stay in the table: no answer ever shows them. */
export type DatastorePlace =
  | { readonly type: 'Workspace' }
  | { readonly type: 'LocalFolder'; readonly folder: string }
  | {
      readonly type: 'AzureBlob';
      readonly serviceUrl: string;
      readonly container: string;
      readonly accountName: string;
      readonly accountKey?: string;
      readonly sasToken?: string;
    };

export interface Datastore {
  readonly description?: string;
  readonly tags: Readonly<Record<string, string | null>>;
  readonly place: DatastorePlace;
}

/** The datastore that every workspace has, and that outputs go to by default. */
export const defaultDatastore = 'workspaceblobstore';

/** Datastores by name; the default one is always there, and lists begin with it. */
export class Datastores extends NamedResources<Datastore> {
  constructor(private readonly context: RegistryContext) {
    super(context.tables, 'datastores', 'datastore', 'batchpoint datastore list');
  }

  override async find(name: string): Promise<Stored<Datastore> | undefined> {
    if (name.toLowerCase() === defaultDatastore) {
      return { name: defaultDatastore, etag: 'default', value: { tags: {}, place: { type: 'Workspace' } } };
    }
    return super.find(name);
  }

  override async list(options: { after?: string; limit?: number } = {}): Promise<Stored<Datastore>[]> {
    const { after, limit } = options;
    if (after === defaultDatastore) return super.list(limit === undefined ? {} : { limit });
    if (after !== undefined) return super.list(options);
    const first = await this.get(defaultDatastore);
    if (limit === 1) return [first];
    return [first, ...(await super.list(limit === undefined ? {} : { limit: limit - 1 }))];
  }

  async register(
    name: string,
    resource: DatastoreResource,
    condition: WriteCondition = {},
  ): Promise<{ etag: string; created: boolean }> {
    checkName('datastore', name);
    if (name.toLowerCase() === defaultDatastore) throw failure('DefaultDatastoreFixed', { name });
    const { description } = resource.properties;
    const value: Datastore = {
      ...(description === undefined || description === null ? {} : { description }),
      tags: resource.tags ?? resource.properties.tags ?? {},
      place: this.placeOf(resource.properties),
    };
    await this.checkPlace(value.place);
    return this.put(name, value, condition);
  }

  /** Checks that a place may be used by this host. Fails with `DatastoreUnsafe`, `LocalPathNotShared`. */
  async checkPlace(place: DatastorePlace): Promise<void> {
    if (this.context.localFiles) return;
    if (place.type === 'LocalFolder') throw failure('LocalPathNotShared', { path: place.folder });
    if (place.type === 'AzureBlob') await checkStorageReach(place);
  }

  private placeOf(body: DatastoreResource['properties']): DatastorePlace {
    const need = (field: 'folder' | 'accountName' | 'containerName'): string => {
      const value = body[field];
      if (value !== undefined && value !== '') return value;
      throw failure('DatastoreIncomplete', { type: body.datastoreType, field });
    };
    if (body.datastoreType === 'LocalFolder') {
      const folder = need('folder');
      if (!isAbsolute(folder))
        throw failure('UriInvalid', { uri: folder, reason: 'the folder of a datastore is an absolute path' });
      return { type: 'LocalFolder', folder };
    }
    const accountName = need('accountName');
    const secrets = body.credentials?.secrets;
    return {
      type: 'AzureBlob',
      serviceUrl: serviceUrl(accountName, body.endpoint, body.protocol ?? 'https'),
      container: need('containerName'),
      accountName,
      ...(secrets?.key === undefined ? {} : { accountKey: secrets.key }),
      ...(secrets?.sasToken === undefined ? {} : { sasToken: secrets.sasToken.replace(/^\?/, '') }),
    };
  }
}

function serviceUrl(account: string, endpoint: string | undefined, protocol: string): string {
  if (endpoint !== undefined && /^https?:\/\//i.test(endpoint)) return wholeUrl(endpoint);
  return `${protocol}://${account}.blob.${endpoint ?? 'core.windows.net'}`;
}

/** Everybody who may read the datastore sees this URL, so no signature or password may be in it. */
function wholeUrl(endpoint: string): string {
  const { search, hash, username, password } = URL.parse(endpoint) ?? {};
  if (search === '' && hash === '' && username === '' && password === '') return endpoint.replace(/\/$/, '');
  const reason = 'the URL of a service has a host and a path alone; a signature belongs into the credentials';
  throw failure('UriInvalid', { uri: withoutQuery(endpoint), reason });
}
