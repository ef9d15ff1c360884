import type { Row } from '../tableStore';

/**
 * Up to this length a value is one readable string. A string may have 32K characters, but in the body of a
 * group it is quoted once more, and a hundred of them must fit into 4 MiB.
 */
const longestText = 16 * 1024;

/** The most bytes of a binary property. */
const pieceBytes = 64 * 1024;

/** An entity as the table client takes and gives it. */
export type Entity = { partitionKey: string; rowKey: string } & Record<string, unknown>;

/**
 * The entity of a row. A long value is cut into binary properties: strings are kept as UTF-16 there, and
 * would make 512 KiB of JSON more than the 1 MiB that an entity may have.
 */
export function toEntity(partitionKey: string, rowKey: string, json: string): Entity {
  const keys = { partitionKey, rowKey };
  if (json.length <= longestText) return { ...keys, value: json };
  const bytes = Buffer.from(json);
  const count = Math.ceil(bytes.length / pieceBytes);
  const pieces = Array.from({ length: count }, (_, position) => [
    pieceName(position),
    bytes.subarray(position * pieceBytes, (position + 1) * pieceBytes),
  ]);
  return { ...keys, ...(Object.fromEntries(pieces) as Record<string, Uint8Array>) };
}

/** The row of an entity. */
export function toRow<T>(entity: Readonly<Record<string, unknown>>): Row<T> {
  const json = typeof entity['value'] === 'string' ? entity['value'] : joinPieces(entity);
  return { row: String(entity['rowKey']), etag: String(entity['etag']), value: JSON.parse(json) as T };
}

function joinPieces(entity: Readonly<Record<string, unknown>>): string {
  const pieces: Uint8Array[] = [];
  for (;;) {
    const piece = entity[pieceName(pieces.length)];
    if (!(piece instanceof Uint8Array)) return Buffer.concat(pieces).toString();
    pieces.push(piece);
  }
}

function pieceName(position: number): string {
  return `value${position}`;
}
