import { InputFileError, shown } from './inputFileError';
import { isInteger, shapeText, type ModelInput } from './modelInputs';
import type { SignatureColumn } from './signature';
import type { CellKind } from './tableBlock';

/** A column of a table that goes into an input of the model. */
export interface PlannedColumn {
  /** Its position in the file; `undefined` for a column that may be missing, and is. */
  readonly column: number | undefined;
  readonly kind: CellKind;
}

/** An input of the model, and the columns that make its rows. */
export interface PlannedInput {
  readonly input: ModelInput;
  readonly columns: readonly PlannedColumn[];
}

/**
 * Finds the columns of a file for the inputs of a model. One input takes the columns of the signature, or else all
 * columns of the file in their order; where there are several, each takes the column of its name. Fails with
 * `InputFileError` where the file does not have them.
 */
export function planTable(
  inputs: readonly ModelInput[],
  signature: readonly SignatureColumn[] | undefined,
  columns: readonly string[],
): readonly PlannedInput[] {
  for (const input of inputs) {
    if (input.shape.length > 2 || input.shape.length === 0) {
      throw new InputFileError(
        `the model's input '${input.name}' is ${shapeText(input)}, and a table has only rows and columns`,
      );
    }
  }
  const [only, ...others] = inputs;
  if (only === undefined) return [];
  if (others.length === 0) {
    return [{ input: only, columns: namesOf(only, signature, columns).map((name) => plan(only, name)) }];
  }
  return inputs.map((input) => {
    const width = widthOf(input) ?? 1;
    if (width === 1) return { input, columns: [plan(input, input.name)] };
    throw new InputFileError(
      `the model has ${inputs.length} inputs, of which '${input.name}' takes ${width} values a row: ` +
        'with a table, each has to take one, the column of its name',
    );
  });

  function plan(input: ModelInput, name: string): PlannedColumn {
    const declared = signature?.find((column) => column.name === name);
    const kind = kindOf(input, declared);
    const column = columns.indexOf(name);
    if (column >= 0) return { column, kind };
    if (declared?.required === false && (kind === 'number' || kind === 'text'))
      return { column: undefined, kind };
    throw new InputFileError(`the column ${shown(name)} that the model takes is missing; ${listed(columns)}`);
  }
}

const separators = new Map([
  [';', 'semicolons'],
  ['\t', 'tabs'],
  ['|', 'vertical bars'],
]);

/** The values that one row of an input has; `undefined` where it may be any number. */
function widthOf({ shape }: ModelInput): number | undefined {
  return shape.length === 1 ? 1 : shape[1];
}

function namesOf(
  input: ModelInput,
  signature: readonly SignatureColumn[] | undefined,
  columns: readonly string[],
): readonly string[] {
  const width = widthOf(input);
  if (signature !== undefined) {
    if (width === undefined || signature.length === width) return signature.map(({ name }) => name);
    throw new InputFileError(
      `the model's signature has ${signature.length} columns, and its input '${input.name}' takes ${width}`,
    );
  }
  if (width === 1 && columns.includes(input.name)) return [input.name];
  if (width === undefined || width === columns.length) return columns;
  throw new InputFileError(
    `the model's input '${input.name}' takes ${width} column${width === 1 ? '' : 's'}; ${listed(columns)}`,
  );
}

function listed(columns: readonly string[]): string {
  const first = columns.slice(0, 20).map(shown).join(', ');
  const found = `the file has ${columns.length}: ${first}${columns.length > 20 ? ', ...' : ''}`;
  const [only = '', ...others] = columns;
  const separator = [...separators].find(([mark]) => others.length === 0 && only.includes(mark))?.[1];
  return separator === undefined
    ? found
    : `${found}. Its fields seem to be separated by ${separator}: commas are needed`;
}

/** What cells have to be: what the signature says, as far as the input can take it, or what the input is. */
function kindOf({ type }: ModelInput, declared: SignatureColumn | undefined): CellKind {
  if (type === 'string') return 'text';
  if (type === 'bool' || declared?.type === 'boolean') return 'boolean';
  return isInteger(type) || declared?.type === 'long' || declared?.type === 'integer' ? 'integer' : 'number';
}
