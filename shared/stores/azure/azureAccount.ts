import { failure } from '../../errors/batchpointError';
import type { AzureIdentitySettings, AzureKeySettings, Environment } from '../settings';
import type { AzureContainerPlace } from '../stores';

/** What proves that we may use an account. */
export type AzureAccess =
  | { readonly kind: 'key'; readonly account: string; readonly key: string }
  | { readonly kind: 'signature'; readonly query: string }
  | { readonly kind: 'identity'; readonly clientId: string | undefined };

/** A storage account: the URLs of its services, without a slash at the end, and how it is entered. */
export interface AzureAccount {
  readonly blobUrl: string;
  readonly tableUrl: string;
  readonly access: AzureAccess;
}

/** The account that every installation of the emulator has; its key is public. */
const developmentAccount =
  'DefaultEndpointsProtocol=http;AccountName=devstoreaccount1;' +
  'AccountKey=Eby8vdM02xNOcqFlqUwJPLlmEtlCDXJ1OUzFT50uSRZ6IFsuFq2UVErCz4I6tq/K1SZFPTOtr/KBHBeksoGMGw==;' +
  'BlobEndpoint=http://127.0.0.1:10000/devstoreaccount1;TableEndpoint=http://127.0.0.1:10002/devstoreaccount1';

/** Reads which account the settings name. Fails with `StoreSettingInvalid`, which never repeats a secret. */
export function readAzureAccount(settings: AzureKeySettings | AzureIdentitySettings): AzureAccount {
  if ('connectionString' in settings) return readConnectionString(settings.connectionString);
  return {
    blobUrl: serviceUrl('The URL of the blob service', settings.blobServiceUrl, 'https:'),
    tableUrl: serviceUrl('The URL of the table service', settings.tableServiceUrl, 'https:'),
    access: { kind: 'identity', clientId: settings.clientId },
  };
}

/**
 * The URL of the blob service that settings of this name tell, as the Functions host takes them: a connection string, or
 * the URL or the account beside the name; nothing where there are none. Fails as `readAzureAccount` does.
 */
export function readBlobService(environment: Environment, name: string): string | undefined {
  const read = (variable: string): string | undefined => environment[variable]?.trim() || undefined;
  const connectionString = read(name);
  if (connectionString !== undefined) return readConnectionString(connectionString).blobUrl;
  const account = read(`${name}__accountName`);
  const url =
    read(`${name}__blobServiceUri`) ??
    (account === undefined ? undefined : `https://${account}.blob.core.windows.net`);
  return url === undefined ? undefined : serviceUrl('The URL of the blob service', url, 'https:');
}

/** Reads how a container of any account is entered. Fails as `readAzureAccount` does. */
export function readAzurePlace(
  place: AzureContainerPlace,
  clientId: string | undefined,
): Pick<AzureAccount, 'blobUrl' | 'access'> {
  const access = accessOfPlace(place) ?? { kind: 'identity', clientId };
  const protocols = access.kind === 'identity' ? ['https:'] : [];
  return { blobUrl: serviceUrl('The URL of the datastore', place.serviceUrl, ...protocols), access };
}

function accessOfPlace({ accountName, accountKey, sasToken }: AzureContainerPlace): AzureAccess | undefined {
  if (accountKey !== undefined) {
    checkKey('The key of the datastore', accountKey);
    return { kind: 'key', account: accountName, key: accountKey };
  }
  return sasToken === undefined ? undefined : { kind: 'signature', query: sasToken.replace(/^\?/, '') };
}

function readConnectionString(text: string): AzureAccount {
  const parts = partsOf(text);
  if (parts.get('usedevelopmentstorage')?.toLowerCase() === 'true') {
    return readConnectionString(developmentAccount);
  }
  const account = parts.get('accountname');
  const endpoint = (service: string): string => {
    const given = parts.get(`${service}endpoint`);
    if (given !== undefined) return serviceUrl(`The ${service} endpoint of the connection string`, given);
    if (account === undefined)
      return refuse(`it has neither AccountName nor an endpoint of the ${service} service`);
    const protocol = parts.get('defaultendpointsprotocol') ?? 'https';
    const suffix = parts.get('endpointsuffix') ?? 'core.windows.net';
    return serviceUrl('The connection string', `${protocol}://${account}.${service}.${suffix}`);
  };
  return { blobUrl: endpoint('blob'), tableUrl: endpoint('table'), access: accessOf(parts) };
}

/** The values of `Name=value;Name=value`, by names in lower case: writers differ in their case. */
function partsOf(text: string): ReadonlyMap<string, string> {
  const parts = new Map<string, string>();
  for (const part of text.split(';').filter((each) => each.trim() !== '')) {
    const equals = part.indexOf('=');
    if (equals < 0) refuse("it is not of the form 'Name=value;Name=value'");
    parts.set(part.slice(0, equals).trim().toLowerCase(), part.slice(equals + 1).trim());
  }
  return parts;
}

function accessOf(parts: ReadonlyMap<string, string>): AzureAccess {
  const signature = parts.get('sharedaccesssignature');
  if (signature !== undefined) return { kind: 'signature', query: signature.replace(/^\?/, '') };
  const account = parts.get('accountname');
  const key = parts.get('accountkey');
  if (account === undefined || key === undefined) {
    return refuse('it has neither AccountName and AccountKey nor SharedAccessSignature');
  }
  checkKey('The AccountKey of the connection string', key);
  return { kind: 'key', account, key };
}

function checkKey(setting: string, key: string): void {
  if (/^[A-Za-z0-9+/]+={0,2}$/.test(key)) return;
  throw failure('StoreSettingInvalid', { setting, reason: 'it is not base64' });
}

function serviceUrl(setting: string, text: string, ...protocols: readonly string[]): string {
  const allowed = protocols.length > 0 ? protocols : ['http:', 'https:'];
  const url = URL.parse(text);
  if (url === null || !allowed.includes(url.protocol)) {
    throw failure('StoreSettingInvalid', {
      setting,
      reason: `it is not a URL that starts with ${allowed.join(' or ')}`,
    });
  }
  if (url.search !== '' || url.username !== '' || url.password !== '' || url.hash !== '') {
    throw failure('StoreSettingInvalid', { setting, reason: 'it has more than a host and a path' });
  }
  return url.href.replace(/\/+$/, '');
}

function refuse(reason: string): never {
  throw failure('StoreSettingInvalid', { setting: 'The connection string of the storage account', reason });
}
