import { JobStore, runRow } from '../../../shared/jobs/jobStore';
import { failure } from '../../../shared/errors/batchpointError';
import { pauseMilliseconds } from '../../../shared/stores/conflictPause';
import type { TableStore } from '../../../shared/stores/tableStore';

describe('the pause after a conflict', () => {
  test('grows up to a second, and is anything up to its limit', () => {
    const limits = Array.from({ length: 12 }, (_, i) => pauseMilliseconds(i + 1, () => 1));
    expect(limits).toEqual([5, 10, 20, 40, 80, 160, 320, 640, 1000, 1000, 1000, 1000]);
    expect(pauseMilliseconds(4, () => 0.25)).toBe(10);
  });

  test('is made each time before the row is read again', async () => {
    const seen: string[] = [];
    let writes = 0;
    const tables: TableStore = {
      get: <T>() => {
        seen.push('read');
        return Promise.resolve({ row: runRow, etag: 'x', value: {} as T });
      },
      getOfEach: () => {
        throw new Error('one row is read');
      },
      query: () => {
        throw new Error('nothing is queried');
      },
      commit: (partition) =>
        writes++ < 3
          ? Promise.reject(failure('RowConflict', { row: runRow, partition }))
          : Promise.resolve([]),
    };
    const pause = (conflict: number): Promise<void> => Promise.resolve(void seen.push(`pause ${conflict}`));
    await new JobStore(tables, () => new Date(), pause).change('key', (run) => ({ ...run, start: 1 }));
    expect(seen).toEqual(['read', 'pause 1', 'read', 'pause 2', 'read', 'pause 3', 'read']);
  });
});
