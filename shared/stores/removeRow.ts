import { isFailure } from '../errors/batchpointError';
import type { RowChange, TableStore } from './tableStore';

/**
 * Removes a row as it is now; one that is not there is no error. Where somebody writes it in between it stays, as that
 * one wants it to.
 */
export async function removeRow(tables: TableStore, partition: string, row: string): Promise<void> {
  const present = await tables.get(partition, row);
  if (present === undefined) return;
  try {
    await tables.commit(partition, [{ kind: 'remove', row, etag: present.etag }]);
  } catch (error) {
    // Another host was faster, or this one, and the answer was lost.
    if (!isFailure(error, 'RowConflict')) throw error;
  }
}

/** Rows that are removed as one group. */
const rowsInGroup = 100;

/** Removes the rows of a partition that are wanted gone; those of one group go together or not at all. */
export async function removeRows(
  tables: TableStore,
  partition: string,
  isWanted: (row: string) => boolean,
): Promise<void> {
  let group: RowChange[] = [];
  const remove = async (): Promise<boolean> => {
    try {
      if (group.length > 0) await tables.commit(partition, group);
      group = [];
      return true;
    } catch (error) {
      if (!isFailure(error, 'RowConflict')) throw error;
      return false;
    }
  };
  for await (const { row, etag } of tables.query(partition)) {
    if (!isWanted(row)) continue;
    group.push({ kind: 'remove', row, etag });
    // Somebody else removes them too, or has changed one: what is there is looked at anew.
    if (group.length === rowsInGroup && !(await remove())) return removeRows(tables, partition, isWanted);
  }
  if (!(await remove())) await removeRows(tables, partition, isWanted);
}
