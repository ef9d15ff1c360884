import type { ServerResponse } from 'node:http';
import { listBlobs } from '../../../shared/inputs/blobListing';
import { FileServer } from '../../support/fileServer';

describe('the list of a container that', () => {
  let server: FileServer;

  beforeEach(async () => {
    server = await FileServer.start();
  });

  afterEach(async () => {
    await server.stop();
  });

  /** Answers each request for a page; `count` is that of the requests so far, from 1. */
  function answer(respond: (response: ServerResponse, count: number) => void): void {
    server.intercept((_request, response) => {
      respond(response, server.requests.length);
      return true;
    });
  }

  const page = (names: readonly string[], next: string): string =>
    `<EnumerationResults><Blobs>${names.map((name) => `<Blob><Name>${name}</Name></Blob>`).join('')}</Blobs><NextMarker>${next}</NextMarker></EnumerationResults>`;

  async function listed(listTimeout = 10_000): Promise<string[]> {
    const rules = { allowLoopback: true, answerTimeout: 5_000, idleTimeout: 5_000, listTimeout, maxBytes: 1 };
    const names: string[] = [];
    const container = new URL(`${server.url}/account/container`);
    for await (const some of listBlobs(container, '', rules)) names.push(...some.map(({ name }) => name));
    return names;
  }

  async function expectUnreadable(refused: Promise<unknown>, reason: string): Promise<void> {
    await expect(refused).rejects.toMatchObject({ code: 'InputUnreadable' });
    await expect(refused).rejects.toThrow(reason);
  }

  test('has empty pages in between is read to its end', async () => {
    answer((response, count) => response.end(count < 4 ? page([], `m${count}`) : page(['a'], '')));
    expect(await listed()).toEqual(['a']);
  });

  test.each([
    ['empty', []],
    ['full', ['a']],
  ])('leads back to where it has been, with %s pages, is given up', async (_what, names) => {
    answer((response, count) => response.end(page(names, `m${count % 2}`)));
    await expectUnreadable(listed(), 'it leads back to where it has been');
    expect(server.requests.length).toBeLessThan(5);
  });

  test('goes on without names is given up in time', async () => {
    answer((response, count) => response.end(page([], `m${count}`)));
    await expectUnreadable(listed(300), 'it gave no names for 0.3 seconds');
  });

  test('trickles is given up in time', async () => {
    const timers: NodeJS.Timeout[] = [];
    answer((response) => timers.push(setInterval(() => response.write(' '), 20)));
    await expectUnreadable(listed(300), 'its list is of no use');
    for (const timer of timers) clearInterval(timer);
  });

  test('has no end is given up', async () => {
    answer((response) => {
      const megabyte = Buffer.alloc(1024 ** 2, ' ');
      const more = (): void => {
        while (!response.destroyed && response.write(megabyte));
        if (!response.destroyed) response.once('drain', more);
      };
      more();
    });
    await expectUnreadable(listed(), 'it has more than 67108864 bytes');
  });

  test('refuses is not read at all', async () => {
    answer((response) => response.writeHead(403).write('and so on'));
    await expectUnreadable(listed(), 'listing it was answered with 403');
    expect(server.requests).toHaveLength(1);
  });

  test('breaks off is asked for again', async () => {
    answer((response, count) => {
      if (count > 2) return response.end(page(['a'], ''));
      response.writeHead(200, { 'Content-Length': 1_000 });
      return response.write('<Enu', () => response.destroy());
    });
    expect(await listed()).toEqual(['a']);
  });

  test('is something else is told', async () => {
    answer((response) => response.end('<EnumerationResults><Blobs><Blob/></Blobs></EnumerationResults>'));
    await expectUnreadable(listed(), 'it is not a list of blobs');
  });
});
