import { isDeepStrictEqual } from 'node:util';

/**
 * Whether a row holds what was to be written, as JSON, which it has been through. So whoever meets `RowConflict` tells
 * its own write, of which the answer was lost, from that of others: a value has to hold an id of its making. With the
 * moment of it alone, two who write the same in one millisecond both take it for theirs.
 */
export function isSameWrite(row: object, made: object): boolean {
  return isDeepStrictEqual(row, JSON.parse(JSON.stringify(made)));
}
