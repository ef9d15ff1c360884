import { closeSync, mkdirSync, openSync, renameSync, rmSync, symlinkSync, writeSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';

import { openLocalStores } from '../../../../shared/stores/local/openLocalStores';
import { useWatchingHost } from '../../../support/watchingHost';

describe('A file that lands in a watched folder', () => {
  const host = useWatchingHost();

  test('is told of by an event of Event Grid, with the ETag of the local store', async () => {
    const before = Date.now();
    host().write('in/a b.csv', 'four');
    await host().toldOf('in/a b.csv');
    const told = host().told[0];
    const stores = await openLocalStores(host().state);
    const blob = await stores.localFolder(host().landing).stat('in/a b.csv');
    await stores.close();
    expect(told?.event).toEqual({
      id: expect.stringMatching(/^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/) as string,
      topic: 'landing',
      subject: '/blobServices/default/containers/landing/blobs/in/a b.csv',
      eventType: 'Microsoft.Storage.BlobCreated',
      eventTime: expect.any(String) as string,
      dataVersion: '',
      metadataVersion: '1',
      data: {
        api: 'PutBlob',
        contentLength: 4,
        eTag: blob?.etag,
        url: pathToFileURL(join(host().landing, 'in/a b.csv')).href,
      },
    });
    expect(told?.context.triggerMetadata).toEqual({ data: told?.event.data });
    // The file system's clock may be some milliseconds behind.
    expect(Date.parse(told?.event.eventTime ?? '')).toBeGreaterThanOrEqual(before - 50);
  });

  test('is told of again when it is replaced, and not when it is as it was', async () => {
    host().write('a.csv', 'first');
    await host().toldOf('a.csv');
    await host().quiet();
    host().write('a.csv', 'second');
    await host().toldOf('a.csv', 2);
    const etags = host().told.map(({ event }) => event.data?.['eTag']);
    expect(new Set(etags).size).toBe(2);
  });

  test('counts when nobody has it open for writing any more', async () => {
    const file = openSync(join(host().landing, 'slow.csv'), 'w');
    writeSync(file, 'begun');
    host().write('other.csv');
    await host().toldOf('other.csv');
    expect(host().paths()).toEqual(['other.csv']);
    closeSync(file);
    await host().toldOf('slow.csv');
  });

  test('is found in folders that are made with it, and behind symbolic links', async () => {
    const outside = join(host().state, 'outside');
    mkdirSync(outside);
    symlinkSync(outside, join(host().landing, 'link'));
    symlinkSync(host().landing, join(host().landing, 'round'));
    host().write('new/folder/a.csv');
    host().write('link/b.csv');
    await host().toldOf('new/folder/a.csv');
    await host().toldOf('link/b.csv');
  });

  test('is found when it is looked through, also where nothing tells of its change', async () => {
    const target = join(host().state, 'target.csv');
    writeText(target);
    symlinkSync(target, join(host().landing, 'link.csv'));
    await host().toldOf('link.csv');
    await host().quiet();
    rmSync(target);
    writeText(target);
    await host().toldOf('link.csv', 2);
  });

  test('is told of when it is moved there, alone or with its folder', async () => {
    mkdirSync(join(host().state, 'ready/deep'), { recursive: true });
    for (const name of ['a.csv', 'deep/b.csv']) writeText(join(host().state, 'ready', name));
    renameSync(join(host().state, 'ready/a.csv'), join(host().landing, 'a.csv'));
    renameSync(join(host().state, 'ready'), join(host().landing, 'ready'));
    await host().toldOf('a.csv');
    await host().toldOf('ready/deep/b.csv');
  });

  test('makes no event when it is gone before it has settled, or is a draft of the store', async () => {
    host().write('.batchpoint-draft-1');
    host().write('in/.batchpoint-draft-2/a.csv');
    host().write('gone.csv');
    rmSync(join(host().landing, 'gone.csv'));
    host().write('stays.csv');
    await host().toldOf('stays.csv');
    await host().quiet();
    expect(host().paths()).toEqual(['stays.csv']);
  });

  test('is left out where no blob can have its name, of which the log says so in one line', async () => {
    for (const name of ['bell\u0007.csv', 'back\\slash.csv', 'line\nbreak.csv']) host().write(name);
    await host().toldOf('line\nbreak.csv');
    await host().quiet();
    expect(host().paths()).toEqual(['line\nbreak.csv']);
    const said = host().log.filter((line) => line.includes('is left out'));
    expect(said.sort()).toEqual([
      expect.stringMatching(/^'back\\slash\.csv' is left out: .* it has a backslash\.$/),
      expect.stringMatching(/^'bell \.csv' is left out: .* it has a control character\.$/),
    ]);
  });

  test('is left alone where it is older than what the place says', async () => {
    host().write('old.csv');
    await host().toldOf('old.csv');
    const since = new Date(Date.now() + 3_600_000).toISOString();
    const place = { folder: host().landing, settleMilliseconds: 0 };
    host().watch({ ...place, id: 'later', since }, { ...place, id: 'all' });
    await host().toldOf('old.csv', 2);
    await host().quiet();
    expect(host().told.map(({ event }) => event.topic)).toEqual(['landing', 'all']);
  });
});

function writeText(path: string): void {
  const file = openSync(path, 'w');
  writeSync(file, 'text');
  closeSync(file);
}
