import { failure } from '../errors/batchpointError';
import type { RowChange, RowRange } from './tableStore';

const longestKey = 512;
const mostChanges = 100;
const mostRowBytes = 512 * 1024;
const mostGroupBytes = 2 * 1024 * 1024;

/** A change with its value as JSON; a removal has none. */
export interface EncodedChange {
  readonly change: RowChange;
  readonly json: string;
}

/** Refuses, with `RowKeyInvalid`, what cannot be the key of a row or of a partition. */
export function checkRowKey(key: string): void {
  const reason = faultOf(key);
  if (reason !== undefined) throw failure('RowKeyInvalid', { key, reason });
}

/** Refuses, with `RowKeyInvalid`, bounds that no keys could be compared with. */
export function checkRowRange(range: RowRange): void {
  for (const bound of [range.from, range.before]) {
    if (bound !== undefined && !/^[ -~]*$/.test(bound)) {
      throw failure('RowKeyInvalid', { key: bound, reason: 'it has other characters than printable ASCII' });
    }
  }
}

/**
 * Writes the values of a group as JSON. Refuses what not every store could take: `RowKeyInvalid`,
 * `RowTooLarge`, and `RowGroupInvalid` where a row is named twice or the group is too large.
 */
export function encodeGroup(partition: string, changes: readonly RowChange[]): EncodedChange[] {
  checkRowKey(partition);
  const refuse = (reason: string): never => {
    throw failure('RowGroupInvalid', { partition, reason });
  };
  if (changes.length > mostChanges)
    refuse(`there are ${changes.length} of them, at most ${mostChanges} can be`);
  const rows = new Set<string>();
  let groupBytes = 0;
  return changes.map((change) => {
    checkRowKey(change.row);
    if (rows.has(change.row)) refuse(`the row '${change.row}' is named twice`);
    rows.add(change.row);
    const json = change.kind === 'remove' ? '' : JSON.stringify(change.value);
    const size = Buffer.byteLength(json);
    if (size > mostRowBytes) {
      throw failure('RowTooLarge', { row: change.row, partition, size, limit: mostRowBytes });
    }
    groupBytes += size;
    if (groupBytes > mostGroupBytes) refuse(`they have more than ${mostGroupBytes} bytes as JSON`);
    return { change, json };
  });
}

function faultOf(key: string): string | undefined {
  if (key === '') return 'it is empty';
  if (key.length > longestKey) return `it is longer than ${longestKey} characters`;
  if (!/^[ -~]*$/.test(key)) return 'it has other characters than printable ASCII';
  if (/[/\\#?]/.test(key)) return 'it has one of the characters / \\ # ?';
  return undefined;
}
