import type { BlockColumn } from './block';
import { Misfit } from './misfit';
import type { RowOutput } from './rowOutput';

/**
 * The columns of a file, as its mini-batches come in: those of the first one that has rows. In Parquet each has one
 * type, where a column of nothing but nulls waits for one; in CSV names count alone.
 */
export class FileSchema {
  private first: { readonly miniBatch: number; columns: readonly BlockColumn[] } | undefined;

  constructor(private readonly format: RowOutput['format']) {}

  get columns(): readonly BlockColumn[] | undefined {
    return this.first?.columns;
  }

  /** Takes the columns of a mini-batch in. Fails with a `Misfit` where they are others than those before. */
  take(columns: readonly BlockColumn[], miniBatch: number): void {
    if (this.format === 'jsonl') return;
    if (this.first === undefined) {
      this.first = { miniBatch, columns };
      return;
    }
    const { first } = this;
    const merged = first.columns.map((column, i) => this.merged(column, columns[i]));
    if (columns.length !== first.columns.length || merged.some((column) => column === undefined))
      throw new Misfit('OutputSchemaDiffers', {
        miniBatch,
        columns: this.text(columns),
        first: first.miniBatch,
        firstColumns: this.text(first.columns),
      });
    first.columns = merged.filter((column) => column !== undefined);
  }

  private merged(known: BlockColumn, other: BlockColumn | undefined): BlockColumn | undefined {
    if (other?.name !== known.name) return undefined;
    if (this.format === 'csv' || other.type === 'null' || other.type === known.type) return known;
    return known.type === 'null' ? other : undefined;
  }

  private text(columns: readonly BlockColumn[]): string {
    const shown = columns
      .slice(0, 20)
      .map(({ name, type }) => (this.format === 'csv' ? name : `${name} ${type}`));
    return columns.length > 20 ? `${shown.join(', ')} and ${columns.length - 20} more` : shown.join(', ');
  }
}
