import { doubleText, floatText, halfText } from './numberText';
import type { PredictionColumn, PredictionTable } from './predictionTable';

type ValueText = (value: number | bigint | string) => string;

/** Texts of values as pandas writes them to CSV: a number that is none is an empty field. */
const texts: Readonly<Record<PredictionColumn['type'], ValueText>> = {
  half: (value) => numberOrEmpty(Number(value), halfText),
  float: (value) => numberOrEmpty(Number(value), floatText),
  double: (value) => numberOrEmpty(Number(value), doubleText),
  integer: String,
  boolean: (value) => (Number(value) === 0 ? 'False' : 'True'),
  text: (value) => csvField(String(value)),
};

/** Lines of CSV: the number of the row where rows have one, the predictions, and the file, which is quoted already. */
export function predictionLines(
  { rows, columns }: PredictionTable,
  file: string,
  firstRow: number | undefined,
): string {
  const cells = columns.map(({ type, values }) => ({ text: texts[type], values }));
  let lines = '';
  for (let row = 0; row < rows; row++) {
    if (firstRow !== undefined) lines += `${firstRow + row},`;
    for (const { text, values } of cells) lines += `${text(values[row] ?? '')},`;
    lines += `${file}\n`;
  }
  return lines;
}

/** A field of CSV, in quotes where it would be read as something else without. */
export function csvField(text: string): string {
  return /[",\n\r]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}

function numberOrEmpty(value: number, text: (value: number) => string): string {
  return Number.isNaN(value) ? '' : text(value);
}
