import { extname } from 'node:path';
import { CsvTable } from './csvTable';
import { imageFeed } from './imageFeed';
import type { OnnxModel } from './onnxModel';
import { ParquetTable } from './parquetTable';
import { rowOf, type PredictionTable } from './predictionTable';
import type { Image } from './readImage';
import { scoreTable, type TakePredictions } from './scoreTable';

/**
 * Scores a file of rows, which may be a part of another file: `firstRow` is the number of its first row in that. Fails
 * with `InputFileError` where it cannot be read, or does not fit the model.
 */
export async function scoreTableFile(
  model: OnnxModel,
  { path, firstRow }: { readonly path: string; readonly firstRow: number | undefined },
  take: TakePredictions,
): Promise<void> {
  const isCsv = extname(path).toLowerCase() === '.csv';
  const table = await (isCsv ? CsvTable.open(path, firstRow) : ParquetTable.open(path, firstRow));
  try {
    await scoreTable(model, table, (predictions, row) => take(predictions, (firstRow ?? 0) + row));
  } finally {
    await table.close();
  }
}

/** Scores an image. Fails with `InputFileError` where it does not fit the model. */
export async function scoreImage(model: OnnxModel, image: Image): Promise<PredictionTable> {
  return rowOf(await model.run([imageFeed(model.inputs, image)]));
}
