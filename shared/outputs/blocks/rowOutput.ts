import type { JobSettings } from '../../jobs/jobSpec';
import type { ColumnType } from './block';

/** A column that the output is to have, with its type where that is declared too. */
export interface DeclaredColumn {
  readonly name: string;
  readonly type?: ColumnType;
}

export const includedColumns = ['file', 'row', 'mini_batch'] as const;

/** How rows are written where they are not written as Azure does. */
export interface RowOutput {
  readonly format: 'csv' | 'jsonl' | 'parquet';
  /** One character. */
  readonly delimiter: string;
  readonly header: boolean;
  /** The columns of the output; `undefined` where it has those of the results. */
  readonly columns?: readonly DeclaredColumn[];
  /** Columns that say where a row comes from, in front of the others. */
  readonly include: readonly (typeof includedColumns)[number][];
  readonly formulaEscape: boolean;
}

/**
 * How the rows of a job are written; `undefined` where they are written as Azure does: one space between the values,
 * no header, whatever the results are.
 */
export function rowOutputOf({
  outputOptions,
  outputAction,
}: Pick<JobSettings, 'outputOptions' | 'outputAction'>): RowOutput | undefined {
  if (outputAction !== 'AppendRow' || outputOptions === undefined) return undefined;
  const { format, delimiter, header, columns, include = [], formulaEscape } = outputOptions;
  const asked = [format, delimiter, columns].some((value) => value !== undefined);
  if (!asked && header !== true && include.length === 0 && formulaEscape !== true) return undefined;
  return {
    format: format ?? 'csv',
    delimiter: delimiter === '\\t' ? '\t' : (delimiter ?? ','),
    header: header ?? false,
    ...(columns === undefined
      ? {}
      : { columns: columns.map((column) => (typeof column === 'string' ? { name: column } : column)) }),
    include,
    formulaEscape: formulaEscape ?? false,
  };
}
