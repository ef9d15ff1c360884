import type { BlockColumn } from './block';
import type { RowGroupFacts } from './rowGroup';

/**
 * What a claim says of the rows that it leaves, a line of JSON each, as the head and the end of the file are made from
 * it: the columns that rows have from there on and, in Parquet, one row group.
 */
export interface LayoutLine {
  readonly miniBatch: number;
  readonly columns: readonly BlockColumn[];
  /** Where the row group lies in the rows of its claim, in bytes. */
  readonly offset?: number;
  readonly group?: RowGroupFacts;
}

/** What follows the lines of a claim where those of all claims are put together: the bytes of its rows. */
export interface ClaimEnd {
  readonly rowBytes: number;
}

export function layoutText(line: LayoutLine | ClaimEnd): string {
  return `${JSON.stringify(line)}\n`;
}

export function parseLayout(line: string): LayoutLine | ClaimEnd {
  return JSON.parse(line) as LayoutLine | ClaimEnd;
}
