import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';

const projectRoot = join(__dirname, '../..');
const folders: string[] = [];

/** A folder for one test, and what a host needs to run an app from it. */
export interface AppFolder {
  readonly root: string;
  /** Folder for the state of a host; it is not made yet. */
  readonly state: string;
}

/** Makes a Functions app of one module, given as source text, that finds the project's dependencies. */
export function makeApp(source: string, hostJson: object = {}): AppFolder {
  const root = makeFolder();
  write(
    join(root, 'package.json'),
    JSON.stringify({ name: 'app', version: '1.2.3', main: 'src/functions.js' }),
  );
  write(join(root, 'host.json'), JSON.stringify({ version: '2.0', ...hostJson }));
  write(join(root, 'src/functions.js'), source);
  symlinkSync(join(projectRoot, 'node_modules'), join(root, 'node_modules'), 'junction');
  return { root, state: join(root, 'state') };
}

/** A temporary folder that `removeFolders` removes. */
export function makeFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), 'batchpoint-host-'));
  folders.push(folder);
  return folder;
}

/** Removes all folders that were made. */
export function removeFolders(): void {
  for (const folder of folders.splice(0)) rmSync(folder, { recursive: true, force: true, maxRetries: 5 });
}

function write(file: string, text: string): void {
  mkdirSync(dirname(file), { recursive: true });
  writeFileSync(file, text);
}
