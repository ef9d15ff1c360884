import type { TypedData } from '../../invocation/typedData';

/** The JSON text of what an activity returned; null when it returned nothing. */
export function activityResult(value: TypedData | null | undefined): string | null {
  if (value === null || value === undefined) return null;
  if (value.json !== undefined) return value.json;
  if (value.string !== undefined) return JSON.stringify(value.string);
  if (value.int !== undefined) return JSON.stringify(value.int);
  if (value.double !== undefined) return numberText(value.double);
  if (value.bytes !== undefined) return JSON.stringify(Buffer.from(value.bytes).toString('base64'));
  return null;
}

/** JSON has no word for what is not a number: the extension sends a string. */
function numberText(value: number): string {
  return JSON.stringify(Number.isFinite(value) ? value : String(value));
}
