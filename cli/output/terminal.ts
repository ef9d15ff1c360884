import { withoutSecrets } from '../../shared/errors/withoutSecrets';

/** What a terminal writes to: standard output or standard error, or a stand-in for one. */
export interface Writer {
  write(text: string | Uint8Array): unknown;
  readonly isTTY?: boolean;
  readonly columns?: number;
}

/** What is left out. */
interface Quietness {
  readonly onlyShowErrors: boolean;
  readonly verbose?: boolean;
  readonly debug: boolean;
}

/** Results go to standard output, everything else to standard error. */
export class Terminal {
  private readonly warned = new Set<string>();

  constructor(
    private readonly out: Writer,
    private readonly err: Writer,
    private readonly quietness: Quietness,
  ) {}

  /** Whether a person looks at standard output. */
  get isInteractive(): boolean {
    return this.out.isTTY === true;
  }

  /** The columns of the terminal; 80 where it does not say. */
  get width(): number {
    return this.out.columns || 80;
  }

  /** Results. */
  print(text: string): void {
    this.out.write(text);
  }

  /** A warning, once however often it is given. */
  warn(text: string): void {
    if (this.quietness.onlyShowErrors || this.warned.has(text)) return;
    this.warned.add(text);
    this.err.write(`WARNING: ${withoutSecrets(text)}\n`);
  }

  /** A word on what goes on. */
  note(text: string): void {
    if (!this.quietness.onlyShowErrors) this.err.write(`${text}\n`);
  }

  /** What somebody else prints, as it comes. */
  passOn(bytes: Uint8Array): void {
    this.err.write(bytes);
  }

  /** A word on how far something is, where nobody sees the line of `status`. */
  progressNote(text: string): void {
    if (this.err.isTTY !== true) this.note(text);
  }

  /** A line that a person sees while they wait, at the place of the one before; `''` takes it away. */
  status(text: string): void {
    if (this.quietness.onlyShowErrors || this.err.isTTY !== true) return;
    this.err.write(`\r\u001b[K${text.slice(0, (this.err.columns || 80) - 1)}`);
  }

  /** What goes on, for whoever asked for more words than usual. */
  debug(text: string): void {
    if (this.quietness.debug) this.err.write(`DEBUG: ${withoutSecrets(text)}\n`);
    else if (this.quietness.verbose === true) this.err.write(`INFO: ${withoutSecrets(text)}\n`);
  }
}
