import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { readdir, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { pipeline } from 'node:stream/promises';
import { leftOut } from '../../shared/registry/assetContent';

/** A hash over the names and contents of all files of a folder, so that the same code gets the same name. */
export async function folderHash(folder: string): Promise<string> {
  const hash = createHash('sha256');
  for (const path of (await filesBelow(folder, '')).sort()) {
    const content = createHash('sha256');
    await pipeline(createReadStream(join(folder, path)), content);
    hash.update(`${path}\0${content.digest('hex')}\n`);
  }
  return hash.digest('hex');
}

async function filesBelow(folder: string, prefix: string): Promise<string[]> {
  const found: string[] = [];
  for (const { name } of await readdir(folder, { withFileTypes: true })) {
    if (leftOut.includes(name)) continue;
    const path = join(folder, name);
    if ((await stat(path)).isDirectory()) found.push(...(await filesBelow(path, `${prefix}${name}/`)));
    else found.push(`${prefix}${name}`);
  }
  return found;
}
