import type { Row, RowChange, RowRange, TableStore } from '../../../shared/stores/tableStore';
import { errorOf, gather } from '../outcomes';

/** A partition of its own for a test, with short words for what tests do with it. */
export class RowPlace {
  constructor(
    readonly tables: TableStore,
    readonly partition: string,
  ) {}

  /** Makes changes together; a long group may come as an array. */
  commit(...changes: readonly (RowChange | readonly RowChange[])[]): Promise<readonly string[]> {
    return this.tables.commit(this.partition, changes.flat());
  }

  get<T>(row: string): Promise<Row<T> | undefined> {
    return this.tables.get<T>(this.partition, row);
  }

  async value(row: string): Promise<unknown> {
    return (await this.get(row))?.value;
  }

  query(range?: RowRange): AsyncIterable<Row<{ n: number }>> {
    return this.tables.query<{ n: number }>(this.partition, range);
  }

  all(range?: RowRange): Promise<Row<{ n: number }>[]> {
    return gather(this.query(range));
  }

  async keys(range?: RowRange): Promise<string[]> {
    return (await this.all(range)).map((each) => each.row);
  }
}

/** The insertion of a row. */
export function insert(row: string, value: object = { n: 0 }): RowChange {
  return { kind: 'insert', row, value };
}

/** Expects work to fail with a conflict that names the row. */
export async function expectConflict(work: Promise<unknown>, row: string): Promise<void> {
  const error = await errorOf(work);
  expect(error).toMatchObject({ code: 'RowConflict', place: { field: row } });
  expect(String(error)).toContain(`'${row}'`);
}
