import { randomUUID } from 'node:crypto';
import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import { sortedNames } from '../planning/sortedNames';
import type { BlobStore, PartList, StagedPart } from '../stores/blobStore';
import { fileLines } from './blocks/fileLines';
import { givingTurns } from './givingTurns';
import { LogFiles } from './logFiles';
import { partList } from './partLists';

/** A piece of a file: the file's name, and the part with the piece. */
export interface Piece {
  readonly file: string;
  readonly part: string;
  readonly size: number;
}

/** A file with its pieces, in the order in which they came. */
export interface PartGroup {
  readonly file: string;
  readonly parts: PartList;
}

/** Where the pieces of a file stand among those of all files. */
interface GroupLine {
  readonly file: string;
  readonly start: number;
  readonly length: number;
  readonly bytes: number;
}

/** Pieces that are sorted at once, and texts that are handed on at once. */
const pageSize = 1_000;

/**
 * Files that are put together from pieces, by their names. Neither all files nor all pieces of one have to be in memory:
 * they are noted on disk until `close`.
 */
export class PartGroups {
  private constructor(
    private readonly blobs: BlobStore,
    private readonly folder: string,
    private readonly lists: ReadonlyMap<string, string>,
  ) {}

  /** Gathers the pieces; `scratch` is the folder of this process for unfinished work. */
  static async gather(blobs: BlobStore, pieces: AsyncIterable<Piece>, scratch: string): Promise<PartGroups> {
    const folder = join(scratch, `pieces-${randomUUID()}`);
    const lists = new LogFiles(folder);
    try {
      const group = new GroupWriting(lists);
      for await (const page of sortedNames(sortable(pieces), { scratch: folder }))
        for (const text of page) await group.add(text);
      await group.end();
      return new PartGroups(blobs, folder, new Map(await lists.finish()));
    } catch (error) {
      await rm(folder, { recursive: true, force: true });
      throw error;
    }
  }

  *[Symbol.iterator](): Generator<PartGroup, void> {
    const [groups, parts] = [this.lists.get('groups'), this.lists.get('parts')];
    if (groups === undefined || parts === undefined) return;
    for (const line of fileLines(groups)) {
      const { file, start, length, bytes } = JSON.parse(line) as GroupLine;
      yield { file, parts: partList(bytes, () => givingTurns(partsAt(this.blobs, parts, start, length))) };
    }
  }

  async close(): Promise<void> {
    await rm(this.folder, { recursive: true, force: true });
  }
}

/** Pieces as texts that sort by file, and then as they came. No name has a NUL in it. */
async function* sortable(pieces: AsyncIterable<Piece>): AsyncGenerator<readonly string[]> {
  let page: string[] = [];
  let count = 0;
  for await (const { file, part, size } of pieces) {
    page.push([file, String(count++).padStart(12, '0'), part, size].join('\0'));
    if (page.length < pageSize) continue;
    yield page;
    page = [];
  }
  yield page;
}

function* partsAt(
  blobs: BlobStore,
  path: string,
  start: number,
  length: number,
): Generator<StagedPart, void> {
  for (const line of fileLines(path, start, length)) {
    const [name, size] = JSON.parse(line) as [string, number];
    yield { store: blobs, name, size };
  }
}

/** Writes sorted pieces as two lists: one of all parts, and one of the files with their place in the first. */
class GroupWriting {
  private open: GroupLine | undefined;
  private written = 0;

  constructor(private readonly lists: LogFiles) {}

  async add(text: string): Promise<void> {
    const [file = '', , part = '', size = ''] = text.split('\0');
    if (this.open?.file !== file) {
      await this.end();
      this.open = { file, start: this.written, length: 0, bytes: 0 };
    }
    const line = `${JSON.stringify([part, Number(size)])}\n`;
    const added = Buffer.byteLength(line);
    const { length, bytes } = this.open;
    this.open = { ...this.open, length: length + added, bytes: bytes + Number(size) };
    this.written += added;
    await this.lists.add('parts', line);
  }

  async end(): Promise<void> {
    if (this.open !== undefined) await this.lists.add('groups', `${JSON.stringify(this.open)}\n`);
    this.open = undefined;
  }
}
