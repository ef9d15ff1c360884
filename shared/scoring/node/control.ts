import { fstatSync } from 'node:fs';
import { Socket } from 'node:net';
import type { HostMessage, WorkerMessage, WorkerSetup } from '../workerMessages';
import { killGroup } from './dieWithHost';
import { exitNow } from './scriptExit';
import { writeAll } from './writeAll';

const descriptor = 3;

/** The two-way pipe to the host: messages in their order, with those in front of us to look at. */
export class Control {
  private messages: HostMessage[] = [];
  private given: WorkerSetup | undefined;
  private rest = '';
  private wake: (() => void) | undefined;
  private readonly inode = fstatSync(descriptor).ino;

  constructor() {
    const pipe = new Socket({ fd: descriptor, readable: true, writable: true });
    pipe.setEncoding('utf8');
    pipe.on('data', (text: string) => this.take(text));
    pipe.on('error', killGroup);
    pipe.on('end', killGroup);
  }

  /** The first message, which says what is to be scored with. */
  async setup(): Promise<WorkerSetup> {
    for (;;) {
      if (this.given !== undefined) return this.given;
      await this.more();
    }
  }

  /** Lets what has come in be read, and waits for a message where there is none. */
  async arrived(): Promise<void> {
    await new Promise((resolve) => setImmediate(resolve));
    while (this.messages.length === 0) await this.more();
  }

  /** Waits until a message of such a name is there, and takes it out; others keep their places. */
  async taken<Name extends HostMessage[0]>(
    ...names: readonly Name[]
  ): Promise<Extract<HostMessage, readonly [Name, ...unknown[]]>> {
    for (;;) {
      const at = this.messages.findIndex(([name]) => names.some((wanted) => wanted === name));
      const [found] = at < 0 ? [] : this.messages.splice(at, 1);
      if (found !== undefined) return found as Extract<HostMessage, readonly [Name, ...unknown[]]>;
      await this.more();
    }
  }

  next(): HostMessage | undefined {
    return this.messages.shift();
  }

  putFirst(message: HostMessage): void {
    this.messages.unshift(message);
  }

  /** Whether the host takes back what is queued; it is gone then. */
  takenBack(): boolean {
    if (!this.messages.some(([name]) => name === 'drop')) return false;
    this.messages = this.messages.filter(([name]) => name !== 'score' && name !== 'drop');
    return true;
  }

  send(message: WorkerMessage): void {
    this.refuseOthers();
    writeAll(descriptor, Buffer.from(`${JSON.stringify(message)}\n`));
  }

  /** Scripts may close descriptors that are not theirs; the next that they open has the number of the pipe then. */
  private refuseOthers(): void {
    try {
      if (fstatSync(descriptor).ino === this.inode) return;
    } catch {
      // It is closed.
    }
    process.stderr.write('The script has closed descriptors that it has not opened.\n');
    exitNow(1);
  }

  private take(text: string): void {
    const lines = (this.rest + text).split('\n');
    this.rest = lines.pop() ?? '';
    for (const line of lines) {
      if (this.given === undefined) this.given = JSON.parse(line) as WorkerSetup;
      else this.messages.push(JSON.parse(line) as HostMessage);
    }
    if (lines.length > 0) this.wake?.();
  }

  private more(): Promise<void> {
    return new Promise((resolve) => (this.wake = resolve));
  }
}
