import { execFileSync } from 'node:child_process';

/** What other programs find in a Parquet file. */
export interface ParquetFacts {
  /** The type of each column, as pyarrow names it. */
  readonly schema: Readonly<Record<string, string>>;
  /** The number of rows in each row group. */
  readonly groups: readonly number[];
  readonly codecs: readonly string[];
  /** The rows as pyarrow reads them; what JSON has no form for is text. */
  readonly rows: readonly Readonly<Record<string, unknown>>[];
  /** The bounds of each column in the first row group, where it has any. */
  readonly bounds: Readonly<Record<string, readonly [unknown, unknown]>>;
  /** Rows that pandas finds where it looks for those of which this column is at least so much. */
  readonly found?: number;
}

const script = `
import json, sys
import pandas
import pyarrow.parquet as parquet
path, column, least = sys.argv[1], sys.argv[2], sys.argv[3]
file = parquet.ParquetFile(path)
meta = file.metadata
table = file.read()
first = [meta.row_group(0).column(i) for i in range(meta.num_columns)] if meta.num_row_groups else []
bounds = {c.path_in_schema: [c.statistics.min, c.statistics.max] for c in first if c.statistics and c.statistics.has_min_max}
facts = {
    "schema": {field.name: str(field.type) for field in table.schema},
    "groups": [meta.row_group(i).num_rows for i in range(meta.num_row_groups)],
    "codecs": sorted({c.compression for c in first}),
    "rows": table.to_pylist(),
    "bounds": bounds,
}
if column:
    facts["found"] = len(pandas.read_parquet(path, filters=[(column, ">=", int(least))]))
print(json.dumps(facts, default=str))
`;

/** Reads a Parquet file with pyarrow and pandas. */
export function readWithPyarrow(
  python: string,
  path: string,
  { column = '', least = 0 }: { readonly column?: string; readonly least?: number } = {},
): ParquetFacts {
  const answer = execFileSync(python, ['-c', script, path, column, String(least)], { maxBuffer: 1 << 28 });
  return JSON.parse(answer.toString()) as ParquetFacts;
}
