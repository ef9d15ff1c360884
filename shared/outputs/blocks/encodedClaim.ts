import type { BatchpointError } from '../../errors/batchpointError';
import type { FileSchema } from './fileSchema';
import { Misfit, misfitFailure } from './misfit';
import type { RowSource } from './outputTable';
import type { RowEncoder } from './rowEncoder';
import type { RowOutput } from './rowOutput';

/** The rows of one attempt at a claim, encoded mini-batch by mini-batch while the next one is scored. */
export class EncodedClaim {
  /** Confirmed bytes of the rows. */
  bytes = 0;
  private readonly lines: string[] = [];
  /** The columns that the last line of the layout has, where they may stay the same. */
  private columns = '';

  constructor(
    private readonly encoder: RowEncoder,
    private readonly encoding: { readonly output: RowOutput; readonly schema: FileSchema },
    /** The file with the rows. */
    readonly path: string,
  ) {}

  /** What the claim says of its rows, for the head and the end of the file. */
  get layout(): string {
    return this.lines.join('');
  }

  /**
   * Encodes what a mini-batch has added to the file of blocks. Answers its fault where that does not fit the output, or,
   * as `OutputSchemaDiffers`, does not fit other mini-batches.
   */
  async add(
    { index, files }: { readonly index: number; readonly files: readonly string[] },
    added: { readonly blocks: string; readonly from: number; readonly bytes: number },
  ): Promise<BatchpointError | undefined> {
    if (added.bytes === 0) return undefined;
    const { output, schema } = this.encoding;
    const source: RowSource = { miniBatch: index, files };
    try {
      const order = { source, output, ...added, rows: this.path, at: this.bytes };
      const { bytes, layout, columns } = await this.encoder.rows(order);
      schema.take(columns, index);
      this.bytes += bytes;
      this.keep(layout, columns);
    } catch (error) {
      if (error instanceof Misfit) return misfitFailure(error);
      throw error;
    }
    return undefined;
  }

  /** CSV has no more to say of a mini-batch than its columns, which are mostly those of the one before. */
  private keep(layout: string, columns: readonly { readonly name: string }[]): void {
    const { format } = this.encoding.output;
    const names = JSON.stringify(columns.map(({ name }) => name));
    if (format !== 'csv' || names !== this.columns) this.lines.push(layout);
    this.columns = names;
  }
}
