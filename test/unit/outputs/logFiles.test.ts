import { mkdtempSync, readFileSync, rmSync, symlinkSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { LogFiles } from '../../../shared/outputs/logFiles';

describe('the files of logs', () => {
  let folder: string;
  let logs: LogFiles;

  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'batchpoint-logs-'));
    logs = new LogFiles(folder);
  });

  afterEach(() => {
    rmSync(folder, { recursive: true, force: true });
  });

  test('grow at once, each in its own order', async () => {
    const long = 'x'.repeat(50_000);
    for (let i = 0; i < 5; i++) {
      await logs.add('all.csv', `${i}${long}\n`);
      await logs.add('user/error/worker.txt', `${i}\n`);
    }
    const paths = new Map(await logs.finish());
    expect([...paths.keys()]).toEqual(['all.csv', 'user/error/worker.txt']);
    expect(readFileSync(paths.get('user/error/worker.txt') ?? '', 'utf8')).toBe('0\n1\n2\n3\n4\n');
    expect(
      readFileSync(paths.get('all.csv') ?? '', 'utf8')
        .split('\n')
        .map((line) => line[0]),
    ).toEqual(['0', '1', '2', '3', '4', undefined]);
  });

  // /dev/full answers every write as a full disk does.
  test('on a full disk are an error that says so, and not the end of the process', async () => {
    symlinkSync('/dev/full', join(folder, 'all.csv'));
    await logs.add('all.csv', 'a line\n');
    await expect(logs.finish()).rejects.toMatchObject({ code: 'StoreFull' });
    await expect(logs.add('all.csv', 'x'.repeat(100_000))).rejects.toMatchObject({ code: 'StoreFull' });
  });
});
