import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

/** Says by how many milliseconds the clock of hosts of a folder is to be ahead that are started from now on. */
export function setHostClock(folder: string, ahead: number): void {
  writeFileSync(fileIn(folder), String(ahead));
}

/** Has the clock of this process go as the folder says. */
export function shiftClock(folder: string): void {
  const ahead = existsSync(fileIn(folder)) ? Number(readFileSync(fileIn(folder), 'utf8')) : 0;
  if (ahead === 0) return;
  const RealDate = Date;
  const now = (): number => RealDate.now() + ahead;
  globalThis.Date = new Proxy(RealDate, {
    construct: (target, parts: [], newTarget) =>
      Reflect.construct(target, parts.length === 0 ? [now()] : parts, newTarget) as Date,
    apply: () => new RealDate(now()).toString(),
    get: (target, key) => (key === 'now' ? now : (Reflect.get(target, key) as unknown)),
  });
}

function fileIn(folder: string): string {
  return join(folder, 'clock');
}
