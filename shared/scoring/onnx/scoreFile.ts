import { extname } from 'node:path';
import { CsvTable } from './csvTable';
import { imageFeed } from './imageFeed';
import type { OnnxModel } from './onnxModel';
import { ParquetTable } from './parquetTable';
import { rowOf, type PredictionTable } from './predictionTable';
import { readImage } from './readImage';
import { scoreTable } from './scoreTable';
import type { TableReader } from './tableBlock';

/** Takes predictions in the order of the rows; an image has no number of its row. */
export type TakeRows = (table: PredictionTable, firstRow: number | undefined) => void;

/** Scores one file. Fails with `InputFileError` where it cannot be read, or does not fit the model. */
export async function scoreFile(model: OnnxModel, path: string, take: TakeRows): Promise<void> {
  const table = await openTable(path);
  if (table === undefined) {
    const feed = imageFeed(model.inputs, await readImage(path));
    take(rowOf(await model.run([feed])), undefined);
    return;
  }
  try {
    await scoreTable(model, table, take);
  } finally {
    await table.close();
  }
}

function openTable(path: string): Promise<TableReader> | undefined {
  switch (extname(path).toLowerCase()) {
    case '.csv':
      return CsvTable.open(path);
    case '.parquet':
    case '.pqt':
      return ParquetTable.open(path);
    default:
      return undefined;
  }
}
