import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { databaseFailure } from '../../../shared/stores/local/databaseErrors';
import { openStores } from '../../../shared/stores/openStores';
import { errorOf } from '../outcomes';
import { scratchFile, scratchPath } from '../scratchFolder';
import { localFixture } from './localFixture';

describe('a state folder', () => {
  const fixture = localFixture();

  test('that was written by a newer version is left alone', async () => {
    const folder = scratchPath();
    mkdirSync(folder);
    const database = new DatabaseSync(join(folder, 'tables.db'));
    database.exec('PRAGMA user_version = 99');
    database.close();
    const error = await errorOf(openStores({ kind: 'local', folder }));
    expect(error).toMatchObject({ code: 'StoreTooNew' });
    expect(String(error)).toContain('99');
  });

  test('whose database is damaged is reported, with the path of the file', async () => {
    const folder = scratchPath();
    mkdirSync(folder);
    writeFileSync(
      join(folder, 'tables.db'),
      'this is no database, and long enough to be read as one. '.repeat(40),
    );
    const error = await errorOf(openStores({ kind: 'local', folder }));
    expect(error).toMatchObject({ code: 'StoreDamaged' });
    expect(String(error)).toContain(join(folder, 'tables.db'));
  });

  test('cannot be a file', async () => {
    const folder = await scratchFile('a file');
    expect(await errorOf(openStores({ kind: 'local', folder }))).toMatchObject({ code: 'StoreMissing' });
  });

  test('that another process holds for too long is unavailable, not broken', () => {
    const path = join(fixture().state, 'tables.db');
    const [one, other] = [new DatabaseSync(path), new DatabaseSync(path, { timeout: 0 })];
    one.exec('BEGIN IMMEDIATE');
    const refusal = ((): unknown => {
      try {
        return other.exec('BEGIN IMMEDIATE');
      } catch (error) {
        return error;
      }
    })();
    one.close();
    other.close();
    expect(databaseFailure(refusal, path)).toMatchObject({ code: 'StoreUnavailable', retryable: true });
  });

  test.each(['Upper', 'under_score', 'a', 'ab', 'double--hyphen', '-ab', 'ab-', '../up', 'x'.repeat(64), ''])(
    'has no container %j',
    (name) => {
      const { stores } = fixture();
      expect(() => stores.container(name)).toThrow(expect.objectContaining({ code: 'ContainerNameInvalid' }));
    },
  );

  test('has the containers that Azure has', () => {
    const { stores } = fixture();
    for (const name of ['abc', 'workspaceblobstore', 'a-1-b', '0'.repeat(63)]) {
      expect(stores.container(name).url.endsWith(`/blobs/${name}`)).toBe(true);
    }
  });
});
