import { isWorkerMessage, type WorkerMessage } from './workerMessages';

/** No worker has so much to say at once: the longest lines tell why each file of a large mini-batch failed. */
const longestLine = 256 * 1024 * 1024;

/**
 * The lines of a control pipe, turned into messages. A script can write to the pipe too, as can what it forks: a line
 * that is no message of a worker is an error, and so is one without an end.
 */
export class ControlLines {
  private pieces: string[] = [];
  private length = 0;

  constructor(private readonly longest = longestLine) {}

  /** The messages that are complete with this text, up to the first that is none: there it throws. */
  *take(text: string): Generator<WorkerMessage> {
    const [first = '', ...lines] = text.split('\n');
    this.keep(first);
    if (lines.length === 0) return;
    const whole = [this.pieces.join(''), ...lines.slice(0, -1)];
    this.pieces = [];
    this.length = 0;
    this.keep(lines.at(-1) ?? '');
    for (const line of whole) yield messageOf(line);
  }

  private keep(piece: string): void {
    this.length += piece.length;
    if (this.length > this.longest) throw new Error('a line without an end');
    this.pieces.push(piece);
  }
}

function messageOf(line: string): WorkerMessage {
  const message: unknown = JSON.parse(line);
  if (!isWorkerMessage(message)) throw new Error('a line that is no message');
  return message;
}
