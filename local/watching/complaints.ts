import { printable } from '../../shared/errors/printable';
import type { HostLog } from '../hostLog';

/** Complaints at one time of which it is known that they were written. */
const most = 200;

/** Writes each complaint once: what is at fault is come across again and again. */
export class Complaints {
  private readonly written = new Set<string>();

  constructor(private readonly log: HostLog) {}

  write(text: string, error: unknown): void {
    if (this.written.has(text) || this.written.size >= most) return;
    this.written.add(text);
    this.log.write(
      'warning',
      'Watching',
      `${printable(text)}: ${error instanceof Error ? error.message : String(error)}`,
    );
  }
}
