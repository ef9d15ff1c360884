import { SmallDisk } from '../../../support/smallDisk';
import { DurableStore } from '../../../../local/durable/store/durableStore';
import { openDatabase } from '../../../../local/durable/store/database';
import { databaseFailure } from '../../../../shared/stores/local/databaseErrors';
import { join } from 'node:path';

describe('the history of the host on a disk that has no room left', () => {
  let disk: SmallDisk;

  beforeAll(() => {
    disk = SmallDisk.mount(4);
  });

  afterAll(() => {
    disk.unmount();
  });

  test('says that it is full, keeps what it has, and takes more when there is room', () => {
    const database = openDatabase(join(disk.folder, 'durable.db'));
    const store = new DurableStore(database);
    const put = (name: string): string =>
      store.transaction(() => store.settings.getOrMake(name, () => 'x'.repeat(200_000)));
    put('first');
    disk.fill(50_000);
    let told: unknown;
    try {
      put('second');
    } catch (error) {
      told = databaseFailure(error, disk.folder);
    }
    expect(told).toMatchObject({ code: 'StoreFull' });
    expect((told as Error).message).toContain(disk.folder);
    disk.empty();
    expect(store.settings.getOrMake('first', () => 'lost')).toHaveLength(200_000);
    expect(put('second')).toHaveLength(200_000);
    database.close();
  });
});
