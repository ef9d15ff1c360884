import { ByteWriter, ParquetWriter } from 'hyparquet-writer';
import type { BlockColumn, Cell } from './block';
import { jsonText } from './cells';
import { misfit, type OutputTable } from './outputTable';
import type { RowGroup } from './parquetModel';
import { parquetSchema, parquetValue } from './parquetTypes';
import { factsOf, type RowGroupFacts } from './rowGroup';

/** What a Parquet file begins with. */
export const parquetHead = 'PAR1';

/** Who wrote a file: the readers of some writers know their faults by this. */
const createdBy = 'batchpoint';

/** Columns of values as a Parquet file stores them. */
export interface StoredRows {
  readonly columns: readonly BlockColumn[];
  readonly values: readonly (readonly unknown[])[];
  readonly count: number;
}

/** The values of a table as they are stored. `row` is the number of its first row, for the `Misfit` it fails with. */
export function storedRows({ columns, values, count }: OutputTable, row: number): StoredRows {
  return { columns, count, values: columns.map((column, i) => storedValues(values[i] ?? [], column, row)) };
}

function storedValues(cells: readonly Cell[], { name, type }: BlockColumn, row: number): readonly unknown[] {
  if (type === 'null') return cells;
  return cells.map((cell, i) => {
    const value = parquetValue(cell, type);
    if (value === undefined) throw misfit(name, row + i, jsonText(cell, type), type);
    return value;
  });
}

/** Rows as one row group: its bytes, and what the footer has to say of them. */
export function rowGroup({ columns, values, count }: StoredRows): {
  bytes: Uint8Array;
  facts: RowGroupFacts;
} {
  const writer = new ByteWriter();
  // Values of JSON come as bytes already: the writer would take those for what is to be written as JSON.
  const schema = parquetSchema(columns).map(({ converted_type: mark, ...element }) =>
    mark === 'JSON' || mark === undefined ? element : { ...element, converted_type: mark },
  );
  const file = new ParquetWriter({ writer, schema, createdBy });
  const start = writer.offset;
  // Where the pages lie would have to go behind the row groups, which lie in parts of their own.
  const columnData = columns.map(({ name }, i) => ({
    name,
    data: [...(values[i] ?? [])],
    offsetIndex: false,
  }));
  void file.write({ columnData, rowGroupSize: count });
  const [group] = file.row_groups;
  if (group === undefined) throw new Error('no row group was written');
  return { bytes: writer.getBytes().subarray(start), facts: factsOf(group, start) };
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
