/** A column of an MLflow signature. */
export interface SignatureColumn {
  readonly name: string;
  /** Such as `long`, `double` or `string`. */
  readonly type: string;
  readonly required: boolean;
}

/**
 * The columns of the signature in an MLmodel file; `undefined` where it has none, or one of tensors, which says no
 * more than the graph itself.
 */
export function signatureColumns(document: unknown): readonly SignatureColumn[] | undefined {
  const inputs = field(field(document, 'signature'), 'inputs');
  if (typeof inputs !== 'string') return undefined;
  const list: unknown = JSON.parse(inputs);
  if (!Array.isArray(list)) return undefined;
  const columns = list.map((entry) => {
    const [name, type] = [field(entry, 'name'), field(entry, 'type')];
    if (typeof name !== 'string' || typeof type !== 'string' || type === 'tensor') return undefined;
    return { name, type, required: field(entry, 'required') !== false };
  });
  return columns.some((column) => column === undefined) ? undefined : (columns as SignatureColumn[]);
}

function field(value: unknown, name: string): unknown {
  return typeof value === 'object' && value !== null ? (value as Record<string, unknown>)[name] : undefined;
}
