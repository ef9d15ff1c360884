/** What stands for a missing number, as pandas has it. */
const missing = new Set(
  ['', '#N/A', '#N/A N/A', '#NA', '-1.#IND', '-1.#QNAN', '-NaN', '-nan', '1.#IND', '1.#QNAN', '<NA>'].concat([
    'N/A',
    'NA',
    'NULL',
    'NaN',
    'None',
    'n/a',
    'nan',
    'null',
  ]),
);

const decimal = /^[+-]?(?:\d+\.?\d*|\.\d+)(?:[eE][+-]?\d+)?$/;
const infinite = /^([+-]?)inf(?:inity)?$/i;
const truths: ReadonlyMap<string, 0 | 1> = new Map([
  ...['true', '1', '1.0'].map((text) => [text, 1] as const),
  ...['false', '0', '0.0'].map((text) => [text, 0] as const),
]);

/** Whether a text stands for a value that is missing. */
export function isMissingText(text: string): boolean {
  return missing.has(text.trim());
}

/** The number that a text stands for, NaN for one that is missing; `undefined` where it is none. */
export function numberOfText(cell: string): number | undefined {
  const text = cell.trim();
  if (decimal.test(text)) return Number(text);
  if (missing.has(text)) return NaN;
  const sign = infinite.exec(text)?.[1];
  return sign === undefined ? undefined : sign === '-' ? -Infinity : Infinity;
}

/** The whole number that a text stands for, of any size; `undefined` where it is none. */
export function integerOfText(cell: string): bigint | undefined {
  const text = cell.trim();
  // What a program wrote from a column with missing values has a point and zeros.
  const digits = /^[+-]?\d+(?=\.?0*$)/.exec(text)?.[0];
  if (digits !== undefined) return BigInt(digits.replace('+', ''));
  return decimal.test(text) && Number.isSafeInteger(Number(text)) ? BigInt(Number(text)) : undefined;
}

/** 1 or 0 for a text that is true or false; `undefined` where it is neither. */
export function truthOfText(cell: string): 0 | 1 | undefined {
  return truths.get(cell.trim().toLowerCase());
}
