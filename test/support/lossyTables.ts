import type { RowChange, TableStore } from '../../shared/stores/tableStore';

/** A real store which makes all changes, and after some of them loses the answer: it fails with what `loss` gives. */
export function lossyTables(
  tables: TableStore,
  loss: (partition: string, change: RowChange) => Error | undefined,
): TableStore {
  return {
    get: (partition, row) => tables.get(partition, row),
    getOfEach: (partitions, row) => tables.getOfEach(partitions, row),
    query: (partition, range) => tables.query(partition, range),
    commit: async (partition, changes) => {
      const etags = await tables.commit(partition, changes);
      const [change] = changes;
      const error = change === undefined ? undefined : loss(partition, change);
      if (error !== undefined) throw error;
      return etags;
    },
  };
}
