import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { mkdir, open, readdir, rm, stat, truncate, writeFile } from 'node:fs/promises';
import { join, relative } from 'node:path';
import { pipeline } from 'node:stream/promises';
import { jobPrefix } from '../jobs/jobKeys';
import type { EncodedClaim } from '../outputs/blocks/encodedClaim';
import { partName, type ClaimRow, type PartKind } from '../planning/claimRow';
import type { BlobStore } from '../stores/blobStore';
import type { FeedFolders } from './miniBatchFeed';

/** A file that a script wrote itself, in the part `files` of a claim. */
export interface ScriptFile {
  readonly path: string;
  readonly size: number;
}

/** The staged parts of an attempt: their bytes, and the digest of its rows. */
export interface StagedParts {
  readonly parts: Readonly<Partial<Record<PartKind, number>>>;
  readonly digest: string;
}

/**
 * The files of one attempt at a claim, on their way into the store: written by the worker, cut back to what is
 * confirmed when a worker has to be replaced, and staged at the end, once.
 */
export class ClaimFiles {
  /** Confirmed bytes of the rows. */
  rowBytes = 0;
  private readonly scriptFiles = new Map<string, number>();
  /** Stretches of script files that are of mini-batches which failed after all. */
  private readonly holes = new Map<string, Stretch[]>();

  constructor(
    private readonly blobs: BlobStore,
    private readonly job: string,
    private readonly claim: ClaimRow,
    readonly folder: string,
    /** The rows as they are encoded, where they are not those that the worker writes. */
    readonly encoded?: EncodedClaim,
  ) {}

  /** The attempt that these files belong to. */
  get attempt(): number {
    return this.claim.attempt;
  }

  get rows(): string {
    return join(this.folder, 'rows');
  }

  /** Where the worker puts what the script wrote to its own folder. */
  get written(): string {
    return join(this.folder, 'written');
  }

  /** Where fetched input goes, and parts of files. */
  get folders(): FeedFolders {
    return { input: join(this.folder, 'input'), parts: join(this.folder, 'parts') };
  }

  async make(): Promise<void> {
    await mkdir(this.written, { recursive: true });
  }

  /** Confirms what a mini-batch has added. */
  confirm(rowBytes: number, scriptFiles: Readonly<Record<string, number>>): void {
    this.rowBytes += rowBytes;
    for (const [path, size] of Object.entries(scriptFiles)) this.scriptFiles.set(path, size);
  }

  /** Passes over what a mini-batch has added, which failed although its `run()` did not. */
  refuse(rowBytes: number, scriptFiles: Readonly<Record<string, number>>): void {
    for (const [path, to] of Object.entries(scriptFiles)) {
      const from = this.scriptFiles.get(path) ?? 0;
      this.holes.set(path, [...(this.holes.get(path) ?? []), { from, to }]);
    }
    this.confirm(rowBytes, scriptFiles);
  }

  /** Takes back what is not confirmed: the worker that wrote it is gone. */
  async cutBack(): Promise<void> {
    await cut(this.rows, this.rowBytes);
    for (const entry of await readdir(this.written, { recursive: true, withFileTypes: true })) {
      const path = join(entry.parentPath, entry.name);
      if (entry.isFile()) await cut(path, this.scriptFiles.get(relative(this.written, path)));
    }
  }

  /** Moves everything that is confirmed into the store. What has no bytes makes no part. */
  async stage(texts: Readonly<Partial<Record<PartKind, Uint8Array | string>>>): Promise<StagedParts> {
    // A worker that died at the last mini-batch was not replaced.
    await this.cutBack();
    const ready: [PartKind, string][] = [];
    let digest = emptyDigest;
    const { path: rows, bytes } = this.encoded ?? { path: this.rows, bytes: this.rowBytes };
    if (bytes > 0) {
      if (this.encoded !== undefined) await cut(rows, bytes);
      digest = await digestOf(rows);
      ready.push(['rows', rows]);
    }
    const files = await this.stageScriptFiles();
    const all = {
      ...texts,
      ...(this.encoded === undefined ? {} : { layout: this.encoded.layout }),
      ...(files.length === 0 ? {} : { files: JSON.stringify(files) }),
    };
    for (const [kind, text] of Object.entries(all) as [PartKind, Uint8Array | string][]) {
      if (text.length === 0) continue;
      const path = join(this.folder, `${kind}.part`);
      await writeFile(path, text);
      ready.push([kind, path]);
    }
    return { parts: await this.stageAll(ready), digest };
  }

  /** Stages parts at once: the worker has nothing to do until they are on disk, and each waits for the disk. */
  private async stageAll(ready: readonly [PartKind, string][]): Promise<StagedParts['parts']> {
    const staged = ready.map(async ([kind, path]) => [kind, await this.stageFile(path, this.partName(kind))]);
    // Where one fails the others come to their end all the same, and nothing goes on behind the caller's back.
    await Promise.allSettled(staged);
    return Object.fromEntries(await Promise.all(staged)) as StagedParts['parts'];
  }

  /** Removes the parts of an attempt that did not win. */
  async withdraw(): Promise<void> {
    await this.blobs.removeAll(`${jobPrefix(this.job)}parts/${this.attemptName()}.`);
  }

  async remove(): Promise<void> {
    await rm(this.folder, { recursive: true, force: true });
  }

  private async stageScriptFiles(): Promise<ScriptFile[]> {
    const staged: ScriptFile[] = [];
    for (const path of this.scriptFiles.keys()) {
      const file = join(this.written, path);
      const holes = this.holes.get(path);
      if (holes !== undefined && (await cutOut(file, holes)) === 0) continue;
      staged.push({ path, size: await this.stageFile(file, `parts/${this.attemptName()}.written/${path}`) });
    }
    return staged;
  }

  private async stageFile(path: string, name: string): Promise<number> {
    return (await this.blobs.stage(`${jobPrefix(this.job)}${name}`, path)).size;
  }

  private partName(kind: PartKind): string {
    return partName(this.claim, this.claim.attempt, kind);
  }

  private attemptName(): string {
    return `${this.claim.lane}-${this.claim.sequence}-${this.claim.attempt}`;
  }
}

/** Bytes `[from, to)` of a file. */
interface Stretch {
  readonly from: number;
  readonly to: number;
}

/** Takes stretches out of a file, which are in their order; answers the bytes that are left. */
async function cutOut(path: string, stretches: readonly Stretch[]): Promise<number> {
  const file = await open(path, 'r+');
  try {
    const { size } = await file.stat();
    const piece = Buffer.allocUnsafe(1 << 16);
    let target = 0;
    for (let at = 0, i = 0; at < size;) {
      const hole = stretches[i];
      if (hole !== undefined && at >= hole.from) {
        at = Math.max(at, hole.to);
        i++;
        continue;
      }
      const { bytesRead } = await file.read(piece, 0, Math.min(piece.length, (hole?.from ?? size) - at), at);
      await file.write(piece, 0, bytesRead, target);
      at += bytesRead;
      target += bytesRead;
    }
    await file.truncate(target);
    return target;
  } finally {
    await file.close();
  }
}

const emptyDigest = createHash('sha256').digest('hex');

async function digestOf(path: string): Promise<string> {
  const hash = createHash('sha256');
  await pipeline(createReadStream(path), hash);
  return hash.digest('hex');
}

async function cut(path: string, size: number | undefined): Promise<void> {
  if (size === undefined) return rm(path);
  const present = await stat(path).catch(() => undefined);
  if (present !== undefined && present.size > size) await truncate(path, size);
}
