import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { journalTime } from './checker/journal';
import { OutputWatch } from './host/outputWatch';

test('the watch of an output tells that a file is still there, and between which times each look was', () => {
  const folder = mkdtempSync(join(tmpdir(), 'batchpoint-watch-'));
  const watch = new OutputWatch(folder);
  try {
    writeFileSync(join(folder, 'out'), 'rows');
    watch.look();
    const later = journalTime();
    watch.look();
    watch.look();
    const [first, last, ...others] = watch.sightings;
    expect(others).toEqual([]);
    expect(first?.from).toBeLessThan(first?.at ?? 0);
    expect(first?.at).toBeLessThan(later);
    expect(last?.from).toBeGreaterThanOrEqual(later);
    expect(last).toMatchObject({ name: 'out', size: 4, identity: first?.identity });
  } finally {
    watch.close();
    rmSync(folder, { recursive: true });
  }
});
