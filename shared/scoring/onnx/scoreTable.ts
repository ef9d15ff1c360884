import { InputFileError } from './inputFileError';
import type { Feed, OnnxModel } from './onnxModel';
import { tableOf, type PredictionTable } from './predictionTable';
import type { TableBlock, TableReader } from './tableBlock';
import { planTable, type PlannedInput } from './tablePlan';
import { makeData, moveToStart, putNumbers, rowsOf, type TensorData } from './tensorData';

/**
 * Rows that are given to the model at once. They are always the same for a file, so that what is predicted does not
 * depend on how fast it is read: some operators add up in another order for other numbers of rows.
 */
const rowsAtOnce = 1 << 14;

/** The most values of one input, for tables with very many columns. */
const valuesAtOnce = 1 << 24;

/** What takes the predictions, in the order of the rows. `firstRow` counts from 0 in the file. */
export type TakePredictions = (table: PredictionTable, firstRow: number) => void;

/** Scores a table. Fails with `InputFileError` where it does not fit the model. */
export async function scoreTable(model: OnnxModel, table: TableReader, take: TakePredictions): Promise<void> {
  const batch = new RowBatch(model, planTable(model.inputs, model.signature, table.columns), take);
  for await (const block of table.blocks(batch.columnsRead)) {
    for (let from = 0; from < block.rows;) from = await batch.add(block, from);
  }
  await batch.finish();
}

/** Gathers rows for the model until there are enough. */
class RowBatch {
  private readonly rows: number;
  /** A rest of few rows is not scored alone but with those before it. */
  private readonly room: number;
  private readonly data: readonly TensorData[];
  private held = 0;
  private scored = 0;

  constructor(
    private readonly model: OnnxModel,
    private readonly inputs: readonly PlannedInput[],
    private readonly take: TakePredictions,
  ) {
    const width = Math.max(...inputs.map(({ columns }) => columns.length));
    this.rows = Math.max(Math.min(rowsAtOnce, Math.floor(valuesAtOnce / width)), 2);
    this.room = this.rows + Math.floor(this.rows / 2);
    this.data = inputs.map(({ input, columns }) => makeData(input.type, this.room * columns.length));
  }

  get columnsRead(): readonly number[] {
    const all = this.inputs.flatMap(({ columns }) => columns.flatMap(({ column }) => column ?? []));
    return [...new Set(all)];
  }

  /** Takes rows of a block as far as there is room; answers the first that it has not taken. */
  async add(block: TableBlock, from: number): Promise<number> {
    const to = Math.min(block.rows, from + this.room - this.held);
    for (const [i, { input, columns }] of this.inputs.entries()) {
      const data = this.data[i] ?? [];
      for (const [at, { column, kind }] of columns.entries()) {
        const place = { offset: this.held * columns.length + at, stride: columns.length };
        if (kind === 'text') {
          const texts = column === undefined ? [] : block.texts(column, from, to);
          const cut = texts.findIndex((text) => text.includes('\0'));
          // The runtime would take what stands before it for the whole text.
          if (cut >= 0)
            block.refuse(from + cut, column ?? 0, 'a text that a model can get: it has a NUL character');
          putTexts(data, texts, place, to - from);
          continue;
        }
        const values = column === undefined ? missing(to - from) : numbersOf(block, column, kind, from, to);
        const odd = putNumbers(data, input.type, values, place);
        if (odd !== undefined) block.refuse(from + odd, column ?? 0, `in the range of ${input.type}`);
      }
    }
    this.held += to - from;
    if (this.held === this.room) await this.score(this.rows);
    return to;
  }

  async finish(): Promise<void> {
    if (this.held > 0) await this.score(this.held);
  }

  private async score(rows: number): Promise<void> {
    const { batch } = this.model;
    if (batch === undefined) await this.run(0, rows, rows);
    else
      for (let from = 0; from < rows; from += batch)
        await this.run(from, Math.min(from + batch, rows), batch);
    for (const [i, { columns }] of this.inputs.entries()) {
      moveToStart(this.data[i] ?? [], columns.length, rows, this.held);
    }
    this.held -= rows;
  }

  /** Runs the model on some rows. Where it wants more than there are, the last is repeated, and what it gives dropped. */
  private async run(from: number, to: number, wanted: number): Promise<void> {
    const feeds = this.inputs.map(({ input, columns }, i): Feed => {
      const width = columns.length;
      const dims = input.shape.length === 1 ? [wanted] : [wanted, width];
      const data = rowsOf(this.data[i] ?? [], width, from, to);
      return { input, dims, data: to - from === wanted ? data : filledUp(data, input.type, width, wanted) };
    });
    const table = tableOf(await this.model.run(feeds), wanted);
    this.take({ ...table, rows: to - from }, this.scored);
    this.scored += to - from;
  }
}

function numbersOf(
  block: TableBlock,
  column: number,
  kind: 'number' | 'integer' | 'boolean',
  from: number,
  to: number,
): ArrayLike<number | bigint> {
  if (kind === 'number') return block.numbers(column, from, to);
  return kind === 'integer' ? block.integers(column, from, to) : block.booleans(column, from, to);
}

function missing(rows: number): Float64Array {
  return new Float64Array(rows).fill(NaN);
}

function putTexts(
  data: TensorData,
  texts: readonly string[],
  { offset, stride }: { offset: number; stride: number },
  rows: number,
): void {
  if (!Array.isArray(data)) throw new InputFileError('a text cannot be given to an input of numbers');
  for (let i = 0; i < rows; i++) data[offset + i * stride] = texts[i] ?? '';
}

function filledUp(data: TensorData, type: Feed['input']['type'], width: number, rows: number): TensorData {
  const filled = makeData(type, rows * width);
  const held = data.length / width;
  for (let at = 0; at < rows * width; at++) {
    filled[at] = data[at < data.length ? at : (held - 1) * width + (at % width)] as never;
  }
  return filled;
}
