import { writeFileSync } from 'node:fs';

import type { BlockColumn } from './block';
import { csvHeader } from './csvText';
import { fileLines } from './fileLines';
import { FileSchema } from './fileSchema';
import { parseLayout } from './layout';
import { Misfit } from './misfit';
import { parquetFooter, parquetHead } from './parquetFile';
import type { RowGroup } from './parquetModel';
import { rowGroupAt, type RowGroupFacts } from './rowGroup';
import type { RowOutput } from './rowOutput';

/** What a file of rows is to begin and to end with, from the layouts of all its claims in their order. */
export interface EndsOrder {
  readonly output: RowOutput;
  /** The file with the layouts. */
  readonly layout: string;
  /** Where the beginning and the end are written to. */
  readonly head: string;
  readonly tail: string;
  /** Whether row groups that do not fit the schema are left out, instead of being an error. */
  readonly lenient: boolean;
}

/** Writes the beginning and the end of a file of rows. Fails with a `Misfit` where two mini-batches have other columns. */
export function writeFileEnds({ output, layout, head, tail, lenient }: EndsOrder): void {
  const schema = new FileSchema(output.format);
  const groups: { readonly facts: RowGroupFacts; readonly start: number }[] = [];
  let start = parquetHead.length;
  for (const text of fileLines(layout)) {
    const line = parseLayout(text);
    if ('rowBytes' in line) {
      start += line.rowBytes;
      continue;
    }
    if (!takes(schema, line.columns, line.miniBatch, lenient)) continue;
    const { group, offset = 0 } = line;
    if (group !== undefined) groups.push({ facts: group, start: start + offset });
  }
  const columns = schema.columns ?? emptyColumns(output);
  if (output.format === 'parquet') {
    writeFileSync(head, parquetHead);
    const placed: RowGroup[] = groups.map((group) => rowGroupAt(group.facts, group.start, columns));
    writeFileSync(tail, parquetFooter(columns, placed));
    return;
  }
  writeFileSync(head, output.header && columns.length > 0 ? csvHeader(columns, output) : '');
  writeFileSync(tail, '');
}

function takes(
  schema: FileSchema,
  columns: readonly BlockColumn[],
  miniBatch: number,
  lenient: boolean,
): boolean {
  try {
    schema.take(columns, miniBatch);
    return true;
  } catch (error) {
    if (lenient && error instanceof Misfit) return false;
    throw error;
  }
}

/** The columns of a file without rows, as far as they are known. */
function emptyColumns({ include, columns = [] }: RowOutput): BlockColumn[] {
  return [
    ...include.map((name) => ({ name, type: name === 'file' ? ('string' as const) : ('int64' as const) })),
    ...columns.map(({ name, type }) => ({ name, type: type ?? ('null' as const) })),
  ];
}
