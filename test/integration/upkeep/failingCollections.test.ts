import type { CollectedKind, Collector } from '../../../shared/collecting/collection';
import { Collections } from '../../../shared/collecting/collections';
import { failure } from '../../../shared/errors/batchpointError';
import { useWorkspace } from '../../support/useWorkspace';

const day = 24 * 60 * 60_000;
const options = { milliseconds: 10_000, state: () => Promise.resolve('over' as const) };

describe('a collection of which a part cannot be done', () => {
  const workspace = useWorkspace();

  /** Collections of which leftovers fail, and what else was freed, on a clock that can be put forward. */
  function failing(error: Error): {
    collections: Collections;
    freed: string[];
    wait: (time: number) => void;
  } {
    const { stores, operations } = workspace().services;
    const freed: string[] = [];
    let passed = 0;
    const good = (kind: CollectedKind): Collector =>
      async function* () {
        await Promise.resolve();
        freed.push(kind);
        yield { item: { kind, name: kind, bytes: 1 } };
      };
    const bad: Collector = async function* () {
      await Promise.resolve();
      yield {};
      throw error;
    };
    const collectors = {
      jobs: good('jobs'),
      leftovers: bad,
      versions: good('versions'),
      uploads: good('uploads'),
      environments: good('environments'),
    };
    const now = (): Date => new Date(Date.now() + passed);
    const collections = new Collections({ tables: stores.tables, operations, collectors, now });
    return { collections, freed, wait: (time) => (passed += time) };
  }

  const request = { only: ['jobs', 'leftovers', 'versions'], olderThan: 60, dryRun: false } as const;

  test('goes on with the others, and is given up after a day', async () => {
    const { operations } = workspace().services;
    const { collections, freed, wait } = failing(new Error('the disk is odd'));
    const { id } = await collections.begin(request);
    await expect(collections.advance(id, options)).rejects.toThrow('odd');
    await expect(collections.advance(id, options)).rejects.toThrow('odd');
    expect(freed).toEqual(['jobs', 'versions']);
    expect((await operations.find(id))?.status).toBe('InProgress');
    wait(day + 60_000);
    await expect(collections.advance(id, options)).rejects.toThrow('odd');
    expect((await operations.find(id))?.status).toBe('Canceled');
    await collections.advance(id, options);
    expect(await collections.report(id)).toMatchObject({ total: { count: 2 } });
  });

  test('keeps no other collection waiting', async () => {
    const { operations } = workspace().services;
    const { collections } = failing(new Error('the disk is odd'));
    const first = await collections.begin(request);
    const second = await collections.begin({ ...request, only: ['uploads'] });
    await expect(collections.advanceAll(options)).rejects.toThrow('odd');
    expect((await operations.find(second.id))?.status).toBe('Succeeded');
    expect((await operations.find(first.id))?.status).toBe('InProgress');
  });

  test('waits for a store that is away, where it is', async () => {
    const { collections, freed } = failing(
      failure('StoreUnavailable', { store: 'the store', reason: 'busy' }),
    );
    const { id } = await collections.begin(request);
    for (let i = 0; i < 2; i++) await expect(collections.advance(id, options)).rejects.toThrow();
    expect(freed).toEqual(['jobs']);
  });
});
