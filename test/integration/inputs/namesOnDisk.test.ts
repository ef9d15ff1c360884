import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { BlobInput } from '../../../shared/inputs/blobInput';
import type { InputSource } from '../../../shared/inputs/inputSource';
import { UrlInput } from '../../../shared/inputs/urlInput';
import type { UrlRules } from '../../../shared/inputs/urlRules';
import type { BlobStore } from '../../../shared/stores/blobStore';
import { openStores } from '../../../shared/stores/openStores';
import type { Stores } from '../../../shared/stores/stores';
import { startAzurite, type Azurite } from '../../support/azurite';
import { FileServer } from '../../support/fileServer';

/** Fetching goes on to its end. */
const never = new AbortController().signal;

const rules: UrlRules = {
  allowLoopback: true,
  answerTimeout: 5_000,
  idleTimeout: 5_000,
  listTimeout: 10_000,
  maxBytes: 1_000,
};

describe('the names of files that are fetched', () => {
  let azurite: Azurite;
  let stores: Stores;
  let server: FileServer;
  let folder: string;

  beforeAll(async () => {
    azurite = await startAzurite();
    stores = await openStores({ kind: 'azure', connectionString: azurite.connectionString });
    server = await FileServer.start();
    folder = mkdtempSync(join(tmpdir(), 'batchpoint-names-'));
  });

  afterAll(async () => {
    rmSync(folder, { recursive: true, force: true });
    await server.stop();
    await stores.close();
    await azurite.stop();
  });

  /** The same files in a container that the product enters, and in one that anybody may read. */
  async function sources(place: string, names: readonly string[]): Promise<[InputSource, InputSource]> {
    const container: BlobStore = stores.container('names');
    for (const name of names) {
      await container.write(`${place}/${name}`, name);
      server.put(`${place}/${name}`, name);
    }
    const url = `${server.url}/account/container/${place}`;
    return [
      new BlobInput(container, place, 'folder'),
      new UrlInput(url, 'folder', { rules, scratch: folder }),
    ];
  }

  async function listed(source: InputSource): Promise<string[]> {
    const names: string[] = [];
    for await (const page of source.list()) names.push(...page);
    return names;
  }

  test('that a folder cannot hold together are refused while they are listed, and named', async () => {
    for (const source of await sources('clash', ['a', 'a b', 'a/b', 'z'])) {
      const refused = listed(source);
      await expect(refused).rejects.toMatchObject({ code: 'InputNamesClash', retryable: false });
      await expect(refused).rejects.toThrow("a file 'a' and, below a folder of the same name, 'a/b'");
    }
  });

  test('may begin like one another', async () => {
    const names = ['a', 'a b', 'aa/a', 'aa/b', 'ab'];
    for (const source of await sources('alike', names)) expect(await listed(source)).toEqual(names);
  });

  test('that the disk does not take fail their own mini-batch', async () => {
    const long = 'n'.repeat(300);
    for (const source of await sources('long', [long, `${long}/in`, 'a', 'a/b'])) {
      for (const name of [long, `${long}/in`]) {
        const refused = source.provide(name, folder, never);
        await expect(refused).rejects.toMatchObject({ code: 'InputFetchFailed' });
        await expect(refused).rejects.toThrow('the disk does not take it (ENAMETOOLONG)');
      }
      const beside = join(folder, source.constructor.name);
      await source.provide('a/b', beside, never);
      await expect(source.provide('a', beside, never)).rejects.toMatchObject({ code: 'InputFetchFailed' });
    }
  });
});
