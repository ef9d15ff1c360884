import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { ProductHost } from '../product/productHost';

/** A file that was scored, and when, in milliseconds since 1970. */
export interface ScoringNote {
  readonly file: string;
  readonly at: number;
}

/** What a script notes itself of each file that it scores: what was scored is counted without asking the engine. */
export class ScoringNotes {
  private readonly path: string;

  constructor(host: ProductHost, name: string) {
    this.path = join(host.folder, `${name}.notes`);
  }

  /** The script that notes. A line is one write, so lines of several processes stay whole. */
  get script(): string {
    return `
import os
import time

notes = os.open(${JSON.stringify(this.path)}, os.O_WRONLY | os.O_CREAT | os.O_APPEND)

def run(mini_batch):
    for path in mini_batch:
        line = str(time.time() * 1000) + ' ' + os.path.basename(path) + '\\n'
        os.write(notes, line.encode())
    return mini_batch
`;
  }

  all(): ScoringNote[] {
    if (!existsSync(this.path)) return [];
    const lines = readFileSync(this.path, 'utf8').split('\n');
    return lines.slice(0, -1).map((line) => {
      const [at = '', file = ''] = line.split(' ');
      return { at: Number(at), file };
    });
  }

  /** Fails unless each of these files was scored, and none of them twice. */
  checkOnce(files: readonly string[]): void {
    const times = new Map<string, number>();
    for (const { file } of this.all()) times.set(file, (times.get(file) ?? 0) + 1);
    const missing = files.filter((file) => !times.has(file)).length;
    const twice = [...times.values()].filter((count) => count > 1).length;
    const others = times.size - (files.length - missing);
    if (missing + twice + others > 0)
      throw new Error(`${missing} files were not scored, ${twice} more than once, and ${others} are others.`);
  }
}
