import { byteCount } from '../output/durations';
import { Pace } from '../output/pace';
import type { Terminal } from '../output/terminal';

/** Bytes from which on an upload is told of where every line stays. */
const largeBytes = 32 * 1024 * 1024;

/** Tells how far an upload is. */
export class UploadProgress {
  private readonly pace = new Pace(() => performance.now());
  private size = 0;
  private sent = 0;

  constructor(
    private readonly terminal: Terminal,
    private readonly name: string,
  ) {}

  /** So many bytes there are to send. */
  expect(bytes: number): void {
    this.size = bytes;
  }

  add(bytes: number): void {
    this.sent += bytes;
    const share = this.sent / Math.max(1, this.size);
    const text = `Uploading ${this.name}: ${Math.floor(share * 100)} % of ${byteCount(this.size)}`;
    this.terminal.status(text);
    if (this.size >= largeBytes && this.pace.isDue(share)) this.terminal.progressNote(text);
  }

  end(): void {
    this.terminal.status('');
  }
}
