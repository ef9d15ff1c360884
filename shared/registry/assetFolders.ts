import { randomUUID } from 'node:crypto';
import { mkdir, rename, rm, stat } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { text } from 'node:stream/consumers';
import { failure } from '../errors/batchpointError';
import type { BlobStore } from '../stores/blobStore';
import { manifestName, sha256Of, type AssetContent, type AssetFile } from './assetContent';

/**
 * Gives the contents of assets as local folders. Where blobs are files they are used in place; elsewhere they are
 * downloaded once into a cache. What is handed out has been compared with the digests of its registration, once
 * in the life of this process: models and scripts are code.
 */
export class AssetFolders {
  private readonly ready = new Map<string, Promise<string>>();

  constructor(
    private readonly blobs: BlobStore,
    private readonly cache: string,
  ) {}

  /** The folder that holds the asset's file or folder under its own name. Fails with `AssetDamaged`. */
  folder(asset: {
    readonly kind: string;
    readonly name: string;
    readonly content: AssetContent;
  }): Promise<string> {
    const key = asset.content.prefix;
    let folder = this.ready.get(key);
    if (folder === undefined) {
      folder = this.provide(asset);
      this.ready.set(key, folder);
      folder.catch(() => this.ready.delete(key));
    }
    return folder;
  }

  private async provide(asset: { kind: string; name: string; content: AssetContent }): Promise<string> {
    const { prefix } = asset.content;
    const files = JSON.parse(await text(await this.blobs.read(manifestName(prefix)))) as AssetFile[];
    const inPlace = this.blobs.localPath?.(prefix.replace(/\/$/, ''));
    if (inPlace !== undefined) {
      await this.verify(asset, files, inPlace);
      return inPlace;
    }
    return this.download(asset, files);
  }

  private async download(
    asset: { kind: string; name: string; content: AssetContent },
    files: readonly AssetFile[],
  ): Promise<string> {
    const target = join(this.cache, asset.content.digest);
    if (await exists(target)) return this.mend(asset, files, target);
    const attempt = this.draft();
    try {
      for (const { path } of files) await this.fetch(asset, path, join(attempt, path));
      await this.verify(asset, files, attempt);
      await rename(attempt, target).catch(async (error: unknown) => {
        // Another process of this machine was faster; what it put there has been verified just the same.
        if (!(await exists(target))) throw error;
      });
    } finally {
      await rm(attempt, { recursive: true, force: true });
    }
    return target;
  }

  /**
   * Looks through what an earlier process has left, and fetches anew what is gone or another: the cache may lie where
   * old files are cleaned away one by one, and where a machine that loses its power leaves files cut short. Files are
   * replaced one by one, as scorers of other processes may be using the folder.
   */
  private async mend(
    asset: { kind: string; name: string; content: AssetContent },
    files: readonly AssetFile[],
    target: string,
  ): Promise<string> {
    for (const file of files) {
      const place = join(target, file.path);
      if (await isWhole(place, file)) continue;
      const attempt = this.draft();
      try {
        await this.fetch(asset, file.path, join(attempt, file.path));
        await this.verify(asset, [file], attempt);
        await mkdir(dirname(place), { recursive: true });
        await rename(join(attempt, file.path), place);
      } finally {
        await rm(attempt, { recursive: true, force: true });
      }
    }
    return target;
  }

  private async fetch({ content }: { content: AssetContent }, path: string, to: string): Promise<void> {
    await mkdir(dirname(to), { recursive: true });
    await this.blobs.download(`${content.prefix}${path}`, to);
  }

  private draft(): string {
    return join(this.cache, `draft-${randomUUID()}`);
  }

  private async verify(
    asset: { kind: string; name: string },
    files: readonly AssetFile[],
    folder: string,
  ): Promise<void> {
    for (const file of files) {
      if (!(await isWhole(join(folder, file.path), file)))
        throw failure('AssetDamaged', { kind: asset.kind, name: asset.name, file: file.path });
    }
  }
}

async function isWhole(path: string, { sha256 }: AssetFile): Promise<boolean> {
  return (await sha256Of(path).catch(() => undefined)) === sha256;
}

async function exists(path: string): Promise<boolean> {
  return stat(path).then(
    () => true,
    () => false,
  );
}
