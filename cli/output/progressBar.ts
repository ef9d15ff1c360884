import type { Terminal } from './terminal';

const eraseLine = '\r\u001b[K';

/** One line at the bottom of a terminal that is drawn again and again. Other lines go above it. */
export class ProgressBar {
  private drawn = '';

  constructor(private readonly terminal: Terminal) {}

  draw(text: string): void {
    const line = text.slice(0, this.terminal.width - 1);
    if (line !== this.drawn) this.terminal.print(`${eraseLine}${line}`);
    this.drawn = line;
  }

  /** Takes the bar away, so that what is written next begins on a line of its own. */
  erase(): void {
    if (this.drawn !== '') this.terminal.print(eraseLine);
    this.drawn = '';
  }
}

/** A bar of so many columns, filled by a share from 0 to 1. */
export function bar(share: number, columns: number): string {
  const filled = Math.round(Math.min(1, Math.max(0, share)) * columns);
  return `[${'#'.repeat(filled)}${'.'.repeat(columns - filled)}]`;
}
