import { isFailure } from '../errors/batchpointError';
import type { Row, TableStore } from './tableStore';

/** The row that a caller names, if there is one: where the name cannot be the key of a row, there is none. */
export async function findRow<T>(
  tables: TableStore,
  partition: string,
  row: string,
): Promise<Row<T> | undefined> {
  try {
    return await tables.get<T>(partition, row);
  } catch (error) {
    if (isFailure(error, 'RowKeyInvalid')) return undefined;
    throw error;
  }
}
