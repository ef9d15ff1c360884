import { stripVTControlCharacters } from 'node:util';
import { ProgressBar } from '../../cli/output/progressBar';
import { Pace } from '../../cli/output/pace';
import { Terminal } from '../../cli/output/terminal';

/** What the demo shows. On a terminal headings stand out and waiting is a line that changes; elsewhere all is plain. */
export class Screen {
  private readonly bar: ProgressBar;
  private readonly pace = new Pace(() => performance.now());

  constructor(
    private readonly out: NodeJS.WriteStream,
    private readonly environment: NodeJS.ProcessEnv,
  ) {
    this.bar = new ProgressBar(new Terminal(out, out, { onlyShowErrors: false, debug: false }));
  }

  title(text: string): void {
    this.write(`\n${this.bold(text)}\n${'='.repeat(text.length)}\n`);
  }

  heading(text: string): void {
    this.write(`\n${this.bold(text)}\n`);
  }

  line(text: string): void {
    this.write(`${text}\n`);
  }

  /** A command as a person would type it. */
  command(program: string, args: readonly string[]): void {
    this.line(`$ ${[program, ...args].map(quoted).join(' ')}`);
  }

  /** Rows with aligned columns: texts to the left, and the second column, numbers, to the right. */
  table(rows: readonly (readonly [label: string, value: string, note?: string])[]): void {
    const widths = [0, 1].map((column) => Math.max(...rows.map((row) => (row[column] ?? '').length)));
    for (const [label, value, note = ''] of rows) {
      const cells = [label.padEnd(widths[0] ?? 0), value.padStart(widths[1] ?? 0), note];
      this.line(`  ${cells.join('  ').trimEnd()}`);
    }
  }

  /** A word while something takes its time: in place on a terminal, every ten seconds elsewhere. */
  waiting(text: string): void {
    const plain = `  ${stripVTControlCharacters(text).replace(/\s+/g, ' ').trim()}`;
    if (this.out.isTTY) this.bar.draw(plain);
    else if (this.pace.isDue(0))
      this.line(plain.length > widest ? `${plain.slice(0, widest - 4)} ...` : plain);
  }

  /** Text that another program has printed. */
  write(text: string): void {
    this.bar.erase();
    this.out.write(text);
  }

  private bold(text: string): string {
    const { NO_COLOR: noColor, TERM: kind } = this.environment;
    return this.out.isTTY && !noColor && kind !== 'dumb' ? `\u001b[1m${text}\u001b[0m` : text;
  }
}

/** Columns of a line that says what is waited for, where no terminal has a width. */
const widest = 100;

function quoted(word: string): string {
  return /^[\w@%+=:,./-]+$/.test(word) ? word : `'${word.replaceAll("'", `'\\''`)}'`;
}
