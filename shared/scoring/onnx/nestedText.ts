import { doubleText } from './numberText';

/** Values of more than one dimension as Python prints a list of lists; its numbers are all of 64 bits. */
export function nestedText(
  values: readonly (number | bigint | string)[],
  dims: readonly number[],
  type: 'half' | 'float' | 'double' | 'integer' | 'boolean' | 'text',
): string {
  const [size, ...inner] = dims;
  if (size === undefined) return valueText(values[0] ?? '', type);
  const width = inner.reduce((product, one) => product * one, 1);
  const parts = Array.from({ length: size }, (_, i) =>
    nestedText(values.slice(i * width, (i + 1) * width), inner, type),
  );
  return `[${parts.join(', ')}]`;
}

function valueText(value: number | bigint | string, type: string): string {
  if (type === 'boolean') return Number(value) === 0 ? 'False' : 'True';
  if (type === 'integer') return String(value);
  if (typeof value === 'number') return doubleText(value);
  // A text in a list is quoted as in Python: with its other quotes where it has such a one itself.
  const text = String(value).replaceAll('\\', '\\\\').replaceAll('\n', '\\n').replaceAll('\r', '\\r');
  const quote = text.includes("'") && !text.includes('"') ? '"' : "'";
  return `${quote}${quote === "'" ? text.replaceAll("'", "\\'") : text}${quote}`;
}
