import { extname } from 'node:path';
import { failure, isFailure } from '../errors/batchpointError';
import type { InputSource, PieceReader } from '../inputs/inputSource';
import { pathOf, sizeOf, type ListedFile } from '../inputs/listedFile';
import { canBeSplit, parquetFacts } from '../inputs/parquetFile';
import { fileErrorCode } from '../stores/fileErrors';
import { CsvRowScanner, isWide, type CsvRows } from './csvRows';
import { entryOf, type FilePart, type ManifestEntry } from './manifestEntry';
import { NamedFiles } from './namedFiles';

/** A row has a character, and a line end. */
const fewestBytes = 2;

/**
 * Splits files into parts of at most `size` rows, one mini-batch each; none has rows of two files. A file with no more
 * rows goes whole, and so does one that is no table, or cannot be read: whoever scores it has to say what is wrong.
 */
export class RowSplitter {
  /** Files that cannot be split. */
  readonly unsplit = new NamedFiles();

  constructor(
    private readonly source: InputSource,
    private readonly size: number,
    private readonly signal: AbortSignal,
  ) {}

  async *split(pages: AsyncIterable<readonly ListedFile[]>): AsyncGenerator<readonly ManifestEntry[]> {
    for await (const page of pages) {
      for (const file of page) for await (const entry of this.entries(file)) yield [entry];
    }
  }

  private async *entries(file: ListedFile): AsyncGenerator<ManifestEntry> {
    const path = pathOf(file);
    const parts = partsByType[extname(path).toLowerCase()];
    if (parts === undefined) this.unsplit.add(path);
    const bytes = sizeOf(file);
    if (parts === undefined || (bytes !== undefined && bytes <= this.size * fewestBytes)) {
      yield entryOf(file);
      return;
    }
    const reader = await this.source.open(path, this.signal).catch(unlessUnreadable);
    try {
      if (reader === undefined) yield entryOf(file);
      else
        yield* orWhole(
          entryOf(file),
          parts(path, reader, this.size, () => this.unsplit.add(path)),
        );
    } finally {
      await reader?.close?.();
    }
  }
}

/** The parts of a file; none, with a word of it, where it cannot be split. */
type PartsOf = (
  path: string,
  reader: PieceReader,
  size: number,
  refuse: () => void,
) => AsyncGenerator<FilePart>;

const partsByType: Readonly<Record<string, PartsOf>> = {
  '.csv': csvParts,
  '.tsv': csvParts,
  '.parquet': parquetParts,
  '.pqt': parquetParts,
};

/** The parts of a file, or the file itself where there is one at most. */
async function* orWhole(
  whole: ManifestEntry,
  parts: AsyncGenerator<FilePart>,
): AsyncGenerator<ManifestEntry> {
  try {
    const first = await parts.next();
    const second = first.done === true ? first : await parts.next();
    if (first.done === true || second.done === true) {
      yield whole;
      return;
    }
    yield first.value;
    yield second.value;
    yield* parts;
  } finally {
    // Whoever wants no more of them leaves a file open otherwise.
    await parts.return(undefined);
  }
}

async function* csvParts(
  path: string,
  reader: PieceReader,
  size: number,
  refuse: () => void,
): AsyncGenerator<FilePart> {
  const { version } = reader;
  const scanner = new CsvRowScanner(size);
  let [row, seen] = [0, 0];
  const part = ({ rows, from, to }: CsvRows): FilePart => {
    const first = row;
    row += rows;
    return { path, from: first, to: row, bytes: { header: scanner.header ?? 0, from, to }, version };
  };
  const stream = await reader.read({ offset: 0 });
  try {
    for await (const chunk of stream as AsyncIterable<Buffer>) {
      if (seen === 0 && isWide(chunk)) return refuse();
      seen += chunk.length;
      for (const rows of scanner.take(chunk)) yield part(rows);
    }
  } catch (error) {
    // Part of its rows may be planned already: planning begins again.
    throw isFailure(error)
      ? error
      : failure('InputFetchFailed', { file: path, reason: String(error) }, { cause: error });
  }
  const last = scanner.end();
  if (last !== undefined) yield part(last);
}

/** A file that cannot be read fails when it is to be scored, and not the job. */
function unlessUnreadable(error: unknown): undefined {
  if (!isFailure(error, 'InputFetchFailed')) throw error;
}

async function* parquetParts(
  path: string,
  reader: PieceReader,
  size: number,
  refuse: () => void,
): AsyncGenerator<FilePart> {
  const facts = await parquetFacts(reader).catch((error: unknown) => {
    // What a source or a disk refuses may pass; a file that says something else is none that can be split.
    if (isFailure(error) || fileErrorCode(error) !== undefined) throw error;
  });
  if (facts === undefined) return;
  if (!canBeSplit(facts)) return refuse();
  const rows = Number(facts.num_rows);
  for (let from = 0; from < rows; from += size)
    yield { path, from, to: Math.min(rows, from + size), version: reader.version };
}
