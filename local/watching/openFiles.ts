import { readdirSync, readFileSync, readlinkSync } from 'node:fs';
import { readdir, realpath, stat } from 'node:fs/promises';
import { basename } from 'node:path';
import { setImmediate } from 'node:timers/promises';

/** Milliseconds after which other work goes on before the next process is looked at. */
const stretch = 5;

/** Flags of `open`: the low bits say whether it is for reading (0), for writing (1) or for both (2). */
const accessMode = 3;

/** Whether it can be told here who has a file open. */
export const canTellOpenFiles = process.platform === 'linux';

/**
 * Those of some files, by their absolute paths, that a process has open for writing. Processes that cannot be looked
 * into, as those of other users, count as having none. Costs a few microseconds for each file that any process has open.
 */
export async function openForWriting(paths: readonly string[]): Promise<Set<string>> {
  const open = new Set<string>();
  const wanted = await byName(paths);
  if (wanted.size === 0) return open;
  let began = performance.now();
  for (const pid of (await readdir('/proc').catch(() => [])).filter((name) => /^\d+$/.test(name))) {
    for (const [descriptor, name] of openNames(pid)) {
      const candidates = wanted.get(name);
      if (candidates === undefined || !isForWriting(pid, descriptor)) continue;
      const identity = await identityOf(`/proc/${pid}/fd/${descriptor}`);
      for (const { path, file } of candidates) if (file === identity) open.add(path);
    }
    if (performance.now() - began < stretch) continue;
    await setImmediate();
    began = performance.now();
  }
  return open;
}

interface Wanted {
  readonly path: string;
  readonly file: string;
}

/** Files by the last part of their real names: so far the descriptors of all processes can be told apart cheaply. */
async function byName(paths: readonly string[]): Promise<Map<string, Wanted[]>> {
  const found = new Map<string, Wanted[]>();
  const add = async (path: string): Promise<void> => {
    const [real, file] = await Promise.all([realpath(path).catch(() => undefined), identityOf(path)]);
    if (real === undefined || file === undefined) return;
    const name = basename(real);
    found.set(name, [...(found.get(name) ?? []), { path, file }]);
  };
  await Promise.all(paths.map(add));
  return found;
}

/** The descriptors of a process, with the last part of the names of their files. */
function openNames(pid: string): [descriptor: string, name: string][] {
  return attempt(() => readdirSync(`/proc/${pid}/fd`), []).map((descriptor) => {
    const target = attempt(() => readlinkSync(`/proc/${pid}/fd/${descriptor}`), '');
    return [descriptor, basename(target)];
  });
}

function isForWriting(pid: string, descriptor: string): boolean {
  const info = attempt(() => readFileSync(`/proc/${pid}/fdinfo/${descriptor}`, 'utf8'), '');
  const flags = /^flags:\s*([0-7]+)/m.exec(info)?.[1] ?? '0';
  return (Number.parseInt(flags, 8) & accessMode) !== 0;
}

async function identityOf(path: string): Promise<string | undefined> {
  const file = await stat(path, { bigint: true }).catch(() => undefined);
  return file === undefined ? undefined : `${file.dev}-${file.ino}`;
}

/** Processes and their files come and go while they are looked at, and not all may be looked at. */
function attempt<Result>(read: () => Result, otherwise: Result): Result {
  try {
    return read();
  } catch {
    return otherwise;
  }
}
