import { Ajv, type SchemaObject, type ValidateFunction } from 'ajv';
import addFormats from 'ajv-formats';
import { explain, type SchemaFault } from './explain';

/** The result of a check: the value with the schema's defaults filled in, or all its faults. */
export type Checked<T> = { readonly value: T } | { readonly faults: readonly SchemaFault[] };

/**
 * Makes the check of one JSON Schema. The value that is checked is copied, not changed; the schema is compiled
 * at the first check. `referenced` are the schemas that it refers to by their ids.
 */
export function schemaChecker<T>(
  schema: SchemaObject,
  referenced: readonly SchemaObject[] = [],
): (value: unknown) => Checked<T> {
  let validate: ValidateFunction<T> | undefined;
  return (value) => {
    validate ??= compilerWith(referenced).compile<T>(schema);
    const copy: unknown = structuredClone(value);
    if (validate(copy)) return { value: copy };
    const faults = (validate.errors ?? []).filter((error) => error.keyword !== 'if').map(explain);
    return { faults: withoutRepeats(faults) };
  };
}

let shared: Ajv | undefined;

function compilerWith(referenced: readonly SchemaObject[]): Ajv {
  const ajv = compiler();
  for (const schema of referenced) {
    if (ajv.getSchema(schema.$id ?? '') === undefined) ajv.addSchema(schema);
  }
  return ajv;
}

function compiler(): Ajv {
  if (shared === undefined) {
    shared = new Ajv({
      allErrors: true,
      useDefaults: true,
      verbose: true,
      strict: true,
      allowUnionTypes: true,
      strictTypes: false,
    });
    shared.addVocabulary(['x-expected']);
    addFormats(shared);
  }
  return shared;
}

/** A bad key is told by `propertyNames` and by the schema of the names: once is enough. */
function withoutRepeats(faults: readonly SchemaFault[]): SchemaFault[] {
  const seen = new Set<string>();
  return faults.filter(({ path, atKey }) => {
    const key = JSON.stringify([path, atKey]);
    return !seen.has(key) && seen.add(key);
  });
}
