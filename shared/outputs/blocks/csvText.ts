import type { BlockColumn, Cell } from './block';
import { plainText } from './cells';
import type { OutputTable } from './outputTable';
import type { RowOutput } from './rowOutput';

/** The rows of a table as lines of CSV: as RFC 4180 has it, but for lines that end in a line feed alone. */
export function csvText(table: OutputTable, output: RowOutput): string {
  const { columns, values, count } = table;
  const fields = columns.map(({ type }, i) => {
    const write = fieldWriter(type, output);
    return (values[i] ?? []).map(write);
  });
  const lines: string[] = [];
  for (let row = 0; row < count; row++)
    lines.push(
      csvLine(
        fields.map((column) => column[row] ?? ''),
        output.delimiter,
      ),
    );
  return lines.join('');
}

/** The line with the names of the columns. */
export function csvHeader(columns: readonly BlockColumn[], output: RowOutput): string {
  const write = fieldWriter('string', output);
  return csvLine(
    columns.map(({ name }) => write(name)),
    output.delimiter,
  );
}

/** A line that has nothing but one empty field would be taken for no line at all. */
function csvLine(fields: readonly string[], delimiter: string): string {
  const line = fields.join(delimiter);
  return line === '' ? '""\n' : `${line}\n`;
}

/** Text that is empty is quoted, so that it can be told from what is not there. */
function fieldWriter(
  type: BlockColumn['type'],
  { delimiter, formulaEscape }: RowOutput,
): (value: Cell) => string {
  const special = new RegExp(`["\\r\\n${delimiter.replace(/[\\\]^-]/g, '\\$&')}]`);
  return (value) => {
    if (value === null) return '';
    const plain = plainText(value, type);
    const text = formulaEscape && isText(value, type) && /^[=+\-@\t\r]/.test(plain) ? `'${plain}` : plain;
    return text === '' || special.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
  };
}

/** Whether a value is one that people write, and no number. */
function isText(value: Cell, type: BlockColumn['type']): boolean {
  if (type === 'json') return !/^[-\d]/.test(String(value));
  return type === 'string' || type === 'bytes';
}
