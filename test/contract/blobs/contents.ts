import type { BlobStore, StagedPart } from '../../../shared/stores/blobStore';
import { gather } from '../outcomes';
import { scratchFile } from '../scratchFolder';

/** The names under a prefix, sorted. */
export async function namesIn(store: BlobStore, prefix = ''): Promise<string[]> {
  return (await gather(store.list(prefix))).flatMap((page) => page.map((item) => item.name)).sort();
}

/** The bytes of a blob. */
export async function bytesOf(store: BlobStore, name: string): Promise<Buffer> {
  return Buffer.concat(await gather<Buffer>(await store.read(name)));
}

/** The bytes of a blob as text. */
export async function textOf(store: BlobStore, name: string): Promise<string> {
  return (await bytesOf(store, name)).toString();
}

/** Stages a part of a commit. */
export async function stagePart(
  store: BlobStore,
  name: string,
  content: string | Buffer,
): Promise<StagedPart> {
  const { size } = await store.stage(name, await scratchFile(content));
  return { store, name, size };
}
