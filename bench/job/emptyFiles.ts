import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { ProductHost } from '../product/productHost';

/** A folder of so many files without content. */
export function emptyFiles(host: ProductHost, count: number): string {
  const folder = join(host.folder, `files-${count}`);
  mkdirSync(folder);
  for (let i = 0; i < count; i++) writeFileSync(join(folder, `file-${String(i).padStart(8, '0')}`), '');
  return folder;
}
