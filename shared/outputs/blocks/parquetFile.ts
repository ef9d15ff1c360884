import { ByteWriter, ParquetWriter } from 'hyparquet-writer';
import type { BlockColumn, Cell } from './block';
import { misfit, type OutputTable } from './outputTable';
import type { RowGroup } from './parquetModel';
import { parquetSchema, parquetValue } from './parquetTypes';
import { factsOf, type RowGroupFacts } from './rowGroup';

/** What a Parquet file begins with. */
export const parquetHead = 'PAR1';

/** Who wrote a file: the readers of some writers know their faults by this. */
const createdBy = 'batchpoint';

/**
 * The rows of a table as one row group: its bytes, and what the footer has to say of them. `row` is the number of its
 * first row, for the `Misfit` that it fails with.
 */
export function parquetRows(table: OutputTable, row: number): { bytes: Uint8Array; facts: RowGroupFacts } {
  const writer = new ByteWriter();
  // Values of JSON come as bytes already: the writer would take those for what is to be written as JSON.
  const schema = parquetSchema(table.columns).map(({ converted_type: mark, ...element }) =>
    mark === 'JSON' || mark === undefined ? element : { ...element, converted_type: mark },
  );
  const file = new ParquetWriter({ writer, schema, createdBy });
  const start = writer.offset;
  const columnData = table.columns.map((column, i) => ({
    name: column.name,
    data: storedValues(table.values[i] ?? [], column, row),
    // Where the pages lie would have to go behind the row groups, which lie in parts of their own.
    offsetIndex: false,
  }));
  void file.write({ columnData, rowGroupSize: table.count });
  const [group] = file.row_groups;
  if (group === undefined) throw new Error('no row group was written');
  return { bytes: writer.getBytes().subarray(start), facts: factsOf(group, start) };
}

function storedValues(cells: readonly Cell[], { name, type }: BlockColumn, row: number): unknown[] {
  if (type === 'null') return [...cells];
  return cells.map((cell, i) => {
    const value = parquetValue(cell, type);
    if (value === undefined) throw misfit(name, row + i, cell, type);
    return value;
  });
}

/** What a Parquet file ends with: the schema, where each row group lies, and the mark of the end. */
export function parquetFooter(columns: readonly BlockColumn[], groups: readonly RowGroup[]): Uint8Array {
  const writer = new ByteWriter();
  const file = new ParquetWriter({ writer, schema: parquetSchema(columns), createdBy });
  const start = writer.offset;
  file.row_groups = [...groups];
  file.num_rows = groups.reduce((sum, { num_rows: rows }) => sum + rows, 0n);
  void file.finish();
  return writer.getBytes().subarray(start);
}
