import { Ajv, type SchemaObject, type ValidateFunction } from 'ajv';
import addFormats from 'ajv-formats';
import { explain, type SchemaFault } from './explain';

/** The result of a check: the value with the schema's defaults filled in, or all its faults. */
export type Checked<T> = { readonly value: T } | { readonly faults: readonly SchemaFault[] };

/** What a check is made with beside its schema. */
interface CheckOptions {
  /** The schemas that it refers to by their ids. */
  readonly referenced?: readonly SchemaObject[];
  /** Whether defaults are filled in. What stays out is left to whoever reads the value further. */
  readonly fillsDefaults?: boolean;
}

/**
 * Makes the check of one JSON Schema. The value that is checked is copied, not changed; the schema is compiled
 * at the first check.
 */
export function schemaChecker<T>(
  schema: SchemaObject,
  { referenced = [], fillsDefaults = true }: CheckOptions = {},
): (value: unknown) => Checked<T> {
  let validate: ValidateFunction<T> | undefined;
  return (value) => {
    validate ??= compilerWith(referenced, fillsDefaults).compile<T>(schema);
    const copy: unknown = structuredClone(value);
    if (validate(copy)) return { value: copy };
    const errors = (validate.errors ?? []).filter((error) => error.keyword !== 'if');
    const faults = errors.slice(0, mostFaults).map(explain);
    return { faults: withoutRepeats(besideRefusals(faults)) };
  };
}

/** A body can have any number of faults, and nobody reads that many. */
const mostFaults = 100;

const compilers = new Map<boolean, Ajv>();

function compilerWith(referenced: readonly SchemaObject[], fillsDefaults: boolean): Ajv {
  const ajv = compilers.get(fillsDefaults) ?? newCompiler(fillsDefaults);
  compilers.set(fillsDefaults, ajv);
  // All of them first: they may refer to each other.
  for (const schema of referenced) if (!ajv.schemas[schema.$id ?? '']) ajv.addSchema(schema);
  return ajv;
}

function newCompiler(fillsDefaults: boolean): Ajv {
  const ajv = new Ajv({
    allErrors: true,
    useDefaults: fillsDefaults,
    verbose: true,
    strict: true,
    allowUnionTypes: true,
    strictTypes: false,
  });
  ajv.addVocabulary(['x-expected', 'x-generations', 'x-unused']);
  // The words of Azure that are known and not supported, each with the code of the error that says so; '*' is any value.
  ajv.addKeyword({
    keyword: 'x-refused',
    schemaType: 'object',
    error: { message: 'is not supported' },
    validate: (refused: Readonly<Record<string, string>>, word: unknown) =>
      !Object.hasOwn(refused, '*') &&
      (typeof word !== 'string' || !Object.hasOwn(refused, word.toLowerCase())),
  });
  addFormats(ajv);
  return ajv;
}

/** What is of a kind that is not supported has no other fault that matters. */
function besideRefusals(faults: readonly SchemaFault[]): readonly SchemaFault[] {
  const refused = faults.filter(({ code }) => code !== undefined);
  const isPartOf = (fault: SchemaFault, refusal: SchemaFault): boolean =>
    refusal.path.slice(0, -1).every((part, i) => part === fault.path[i]);
  return faults.filter(
    (fault) => fault.code !== undefined || !refused.some((refusal) => isPartOf(fault, refusal)),
  );
}

/** A bad key is told by `propertyNames` and by the schema of the names: once is enough. */
function withoutRepeats(faults: readonly SchemaFault[]): SchemaFault[] {
  const seen = new Set<string>();
  return faults.filter(({ path, atKey }) => {
    const key = JSON.stringify([path, atKey]);
    return !seen.has(key) && seen.add(key);
  });
}
