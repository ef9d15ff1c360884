import { closeSync, openSync, readSync } from 'node:fs';

const defaultPiece = 1 << 20;
const lineFeed = 10;

/**
 * The lines of a stretch of a file. Only line feeds part them: JSON text may have other characters in it that readers
 * of text take for the end of a line. `pieceBytes` are read at once.
 */
export function* fileLines(
  path: string,
  from = 0,
  bytes = Number.POSITIVE_INFINITY,
  pieceBytes = defaultPiece,
): Generator<string, void> {
  const file = openSync(path, 'r');
  try {
    let begun: Uint8Array[] = [];
    for (let at = from, left = bytes; left > 0;) {
      const piece = Buffer.allocUnsafe(Math.min(pieceBytes, left));
      const size = readSync(file, piece, 0, piece.length, at);
      if (size === 0) break;
      at += size;
      left -= size;
      let start = 0;
      for (let end; (end = piece.subarray(0, size).indexOf(lineFeed, start)) >= 0; start = end + 1) {
        yield Buffer.concat([...begun, piece.subarray(start, end)]).toString();
        begun = [];
      }
      if (start < size) begun.push(piece.subarray(start, size));
    }
    if (begun.length > 0) yield Buffer.concat(begun).toString();
  } finally {
    closeSync(file);
  }
}
