import { randomUUID } from 'node:crypto';
import { createWriteStream } from 'node:fs';
import { mkdir, open, rm, type FileHandle } from 'node:fs/promises';
import { join } from 'node:path';
import type { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { failure } from '../errors/batchpointError';
import type { ByteRange } from '../stores/blobStore';
import { boundedBytes } from './boundedBytes';
import { expiryNote } from './expiryNote';
import { httpGet, type HttpAnswer } from './httpGet';
import type { PieceReader } from './inputSource';
import { lengthOf, urlFacts } from './urlFacts';
import type { UrlRules } from './urlRules';

/** What pieces of a URL are read with. */
export interface UrlPiecesContext {
  readonly rules: UrlRules;
  readonly scratch: string;
  readonly signal: AbortSignal;
}

/**
 * A file behind a URL that is read by ranges. Where the server gives no ranges, or tells no size, it is fetched as a whole, once, and read
 * from the disk. A file that has changed since it was opened is told from one that the server only gives whole.
 */
export class UrlPieces implements PieceReader {
  private constructor(
    private readonly url: URL,
    private readonly name: string,
    readonly size: number,
    /** What the server calls this version of the file, where it calls it anything. */
    private readonly tag: string | undefined,
    private readonly context: UrlPiecesContext,
    private whole?: Promise<FileHandle>,
  ) {}

  get version(): string {
    return this.tag ?? String(this.size);
  }

  /** Fails with `InputFetchFailed`; `name` is what the file is called. */
  static async open(url: URL, name: string, context: UrlPiecesContext): Promise<UrlPieces> {
    const { rules, signal } = context;
    const facts = await urlFacts(url, rules, signal);
    const { status, headers } = facts;
    if (status !== 200) throw refused(url, name, status);
    const tag = versionOf(headers);
    const length = lengthOf(facts);
    if (length !== undefined) return new UrlPieces(url, name, length, tag, context);
    const { status: given, body } = await httpGet(url, rules, { signal });
    if (given !== 200) {
      body.destroy();
      throw refused(url, name, given);
    }
    const file = await download(body, context);
    return new UrlPieces(url, name, (await file.stat()).size, tag, context, Promise.resolve(file));
  }

  async read({ offset, length = this.size - offset }: ByteRange): Promise<Readable> {
    const last = Math.min(this.size, offset + length) - 1;
    const file = await this.whole;
    if (file !== undefined) return stretchOf(file, offset, last);
    const answer = await httpGet(this.url, this.context.rules, {
      headers: { Range: `bytes=${offset}-${last}` },
      signal: this.context.signal,
    });
    this.refuseChanged(answer);
    if (answer.status === 206) return answer.body;
    if (answer.status === 200) return stretchOf(await this.keep(answer.body), offset, last);
    answer.body.destroy();
    throw refused(this.url, this.name, answer.status);
  }

  async close(): Promise<void> {
    const file = await this.whole?.catch(() => undefined);
    await file?.close();
  }

  private refuseChanged({ headers, body }: HttpAnswer): void {
    const now = versionOf(headers);
    if (now === undefined || this.tag === undefined || now === this.tag) return;
    body.destroy();
    throw failed(this.name, 'it has changed while it was read');
  }

  private keep(body: Readable): Promise<FileHandle> {
    if (this.whole !== undefined) body.destroy();
    this.whole ??= download(body, this.context);
    return this.whole;
  }
}

/** The file has no name any more once it is open, so that it is gone with the process. */
async function download(body: Readable, { rules, scratch, signal }: UrlPiecesContext): Promise<FileHandle> {
  const path = join(scratch, `whole-${randomUUID()}`);
  await mkdir(scratch, { recursive: true });
  try {
    await pipeline(body, boundedBytes(rules.maxBytes), createWriteStream(path), { signal });
    return await open(path);
  } finally {
    await rm(path, { force: true });
  }
}

/** A stretch of a file that stays open. */
function stretchOf(file: FileHandle, offset: number, last: number): Readable {
  return file.createReadStream({ start: offset, end: last, autoClose: false });
}

function versionOf(headers: HttpAnswer['headers']): string | undefined {
  return headers.etag ?? headers['last-modified'];
}

function refused(url: URL, name: string, status: number): Error {
  return failed(name, `the answer was ${status}${expiryNote(url, status)}`);
}

function failed(file: string, reason: string): Error {
  return failure('InputFetchFailed', { file, reason });
}
