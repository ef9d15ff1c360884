import { appendFileSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { noProgress } from '../../../shared/jobs/jobRun';
import { ClaimFiles } from '../../../shared/scoring/claimFiles';
import { openStores } from '../../../shared/stores/openStores';
import type { Stores } from '../../../shared/stores/stores';

describe('the files of a claim whose last worker died while it wrote', () => {
  const folder = mkdtempSync(join(tmpdir(), 'batchpoint-claim-'));
  let stores: Stores;
  let files: ClaimFiles;

  beforeAll(async () => {
    stores = await openStores({ kind: 'local', folder: join(folder, 'state') });
  });
  beforeEach(async () => {
    const claim = { lane: 0, sequence: 0, from: 0, to: 2, attempt: 1, progress: noProgress };
    files = new ClaimFiles(stores.blobs, 'ab12', { ...claim, charged: {}, lost: {} }, join(folder, 'claim'));
    await files.make();
  });
  afterEach(() => files.remove());
  afterAll(async () => {
    await stores.close();
    rmSync(folder, { recursive: true, force: true });
  });

  const staged = async (name: string): Promise<string> => text(await stores.blobs.read(`jobs/ab12/${name}`));

  test('are staged without the rows that it left half written', async () => {
    writeFileSync(files.rows, 'whole\n');
    files.confirm(6, {});
    appendFileSync(files.rows, 'ha');
    const { parts } = await files.stage({});
    expect(parts).toEqual({ rows: 6 });
    expect(await staged('parts/0-0-1.rows')).toBe('whole\n');
  });

  test('are staged without what it added to a file of the script', async () => {
    writeFileSync(join(files.written, 'notes.txt'), 'whole\n');
    files.confirm(0, { 'notes.txt': 6 });
    appendFileSync(join(files.written, 'notes.txt'), 'ha');
    writeFileSync(join(files.written, 'other.txt'), 'ha');
    await files.stage({});
    expect(await staged('parts/0-0-1.written/notes.txt')).toBe('whole\n');
    expect(await staged('parts/0-0-1.files')).toBe('[{"path":"notes.txt","size":6}]');
  });
});
