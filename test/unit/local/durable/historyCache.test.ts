import { HistoryCache } from '../../../../local/durable/history/historyCache';
import { turnCompleted } from '../../../../local/durable/history/makeEvent';
import type { HistoryTable } from '../../../../local/durable/store/historyTable';

const at = '2026-01-01T00:00:00.000Z';

describe('The histories in memory', () => {
  const event = (id: number): string =>
    JSON.stringify({ EventType: 13, EventId: id, IsPlayed: false, Timestamp: at });

  function aTable(turns: Record<string, string[]>): { table: HistoryTable; reads: string[] } {
    const reads: string[] = [];
    const read = (instance: string): string[] => (reads.push(instance), turns[instance] ?? []);
    return { table: { turns: read } as unknown as HistoryTable, reads };
  }

  test('are read once and then added to', () => {
    const { table, reads } = aTable({ a: [event(1)] });
    const cache = new HistoryCache(table);
    cache.load('a');
    cache.append('a', [turnCompleted(at)], event(2));
    const loaded = cache.load('a');
    expect(reads).toEqual(['a']);
    expect(loaded).toMatchObject({ turns: 2, text: `${event(1)},${event(2)}` });
    expect(loaded.events).toHaveLength(2);
  });

  test('make way for others when they take too much room, the one that was used longest ago first', () => {
    const { table, reads } = aTable({ a: [event(1)], b: [event(2)], c: [event(3)] });
    const cache = new HistoryCache(table, event(1).length * 2);
    for (const instance of ['a', 'b', 'a', 'c', 'a', 'b']) cache.load(instance);
    expect(reads).toEqual(['a', 'b', 'c', 'b']);
  });

  test('are read again when they were dropped', () => {
    const { table, reads } = aTable({ a: [] });
    const cache = new HistoryCache(table);
    cache.load('a');
    cache.drop('a');
    cache.load('a');
    expect(reads).toEqual(['a', 'a']);
  });
});
