/** What happened in a run, as lines where they are wanted, and always as a digest. */
export class Trace {
  readonly lines: string[] = [];
  private low = 0x811c9dc5;
  private high = 0x1b873593;

  constructor(private readonly keeps: boolean) {}

  add(time: number, process: string, label: string): void {
    const line = `${time.toFixed(3)} ${process} ${label}`;
    for (let i = 0; i < line.length; i++) {
      this.low = Math.imul(this.low ^ line.charCodeAt(i), 0x01000193);
      this.high = Math.imul(this.high + line.charCodeAt(i), 0x85ebca6b) ^ (this.high >>> 13);
    }
    if (this.keeps) this.lines.push(line);
  }

  /** 16 hex digits that differ where the lines do. */
  get digest(): string {
    return [this.low, this.high].map((half) => (half >>> 0).toString(16).padStart(8, '0')).join('');
  }
}
