import type { AzureOptions } from '../../../shared/stores/azure/azureOptions';
import { openStores } from '../../../shared/stores/openStores';
import type { Stores } from '../../../shared/stores/stores';
import { type Azurite, connectionStringOf, startAzurite } from '../../support/azurite';
import { type FaultyProxy, startFaultyProxy } from '../../support/faultyProxy';
import { patience } from '../openedStores';

/** An Azurite behind proxies that can fail, for the tests of one file. */
export interface AzureFixture {
  readonly azurite: Azurite;
  readonly blobProxy: FaultyProxy;
  readonly tableProxy: FaultyProxy;
  /** The connection string that leads through the proxies. */
  readonly connectionString: string;
  /** Opens stores through the proxies, which try again fast. */
  open(options?: AzureOptions): Promise<Stores>;
}

/**
 * Starts everything before the tests of a file, makes the proxies faultless before each, and stops it all in
 * the end.
 */
export function azureFixture(): () => AzureFixture {
  let fixture: AzureFixture | undefined;
  jest.setTimeout(patience);
  beforeAll(async () => {
    const azurite = await startAzurite();
    const blobProxy = await startFaultyProxy(azurite.blobUrl);
    const tableProxy = await startFaultyProxy(azurite.tableUrl);
    const connectionString = connectionStringOf(blobProxy.url, tableProxy.url);
    const open = (options: AzureOptions = {}): Promise<Stores> =>
      openStores({ kind: 'azure', connectionString }, { firstDelay: 1, tries: 3, ...options });
    fixture = { azurite, blobProxy, tableProxy, connectionString, open };
  });
  beforeEach(() => {
    for (const proxy of [fixture?.blobProxy, fixture?.tableProxy]) {
      proxy?.fail();
      proxy?.forget();
    }
  });
  afterAll(async () => {
    await fixture?.blobProxy.stop();
    await fixture?.tableProxy.stop();
    await fixture?.azurite.stop();
  });
  return () => {
    if (fixture === undefined) throw new Error('The fixture is there only within a test.');
    return fixture;
  };
}
