import { randomUUID } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** A folder for the files of one test file, gone with its last test. */
export const scratchFolder = mkdtempSync(join(tmpdir(), 'batchpoint-test-'));

afterAll(() => rmSync(scratchFolder, { recursive: true, force: true }));

/** A path that no file has. */
export function scratchPath(): string {
  return join(scratchFolder, randomUUID());
}

/** A new file, as a scorer leaves one. */
export async function scratchFile(content: string | Buffer): Promise<string> {
  const path = scratchPath();
  await writeFile(path, content);
  return path;
}
