import { doubleText, floatText, halfText } from './numberText';
import type { Nested, PredictionTable, ValueType } from './predictionTable';

/** Texts of values as pandas writes them to CSV: a number that is none is an empty field. */
const texts: Readonly<Record<ValueType, (value: number | bigint | string) => string>> = {
  half: (value) => numberOrEmpty(Number(value), halfText),
  float: (value) => numberOrEmpty(Number(value), floatText),
  double: (value) => numberOrEmpty(Number(value), doubleText),
  integer: String,
  boolean: (value) => (Number(value) === 0 ? 'False' : 'True'),
  text: (value) => csvField(String(value)),
};

/** Lines of CSV: the number of the row where rows have one, the predictions, and the file. */
export function predictionLines(
  { rows, columns }: PredictionTable,
  file: string,
  firstRow: number | undefined,
): Buffer {
  const name = csvField(file);
  let lines = '';
  for (let row = 0; row < rows; row++) {
    if (firstRow !== undefined) lines += `${firstRow + row},`;
    for (const { type, values } of columns) {
      const value = values[row] ?? '';
      lines += typeof value === 'object' ? `${csvField(listText(value, type))},` : `${texts[type](value)},`;
    }
    lines += `${name}\n`;
  }
  return Buffer.from(lines);
}

/** A list as Python prints it, of which all numbers have 64 bits. */
function listText(value: Nested, type: ValueType): string {
  if (typeof value === 'object') return `[${value.map((one) => listText(one, type)).join(', ')}]`;
  if (type === 'boolean' || type === 'integer') return texts[type](value);
  return type === 'text' ? quoted(String(value)) : doubleText(Number(value));
}

/** A text in a list: with its other quotes where it has such a one itself. */
function quoted(value: string): string {
  const text = value
    .replaceAll('\\', '\\\\')
    .replaceAll('\n', '\\n')
    .replaceAll('\r', '\\r')
    .replaceAll('\t', '\\t');
  return text.includes("'") && !text.includes('"') ? `"${text}"` : `'${text.replaceAll("'", "\\'")}'`;
}

/** A field of CSV, in quotes where it would be read as something else without. */
function csvField(text: string): string {
  return /[",\n\r]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}

function numberOrEmpty(value: number, text: (value: number) => string): string {
  return Number.isNaN(value) ? '' : text(value);
}
