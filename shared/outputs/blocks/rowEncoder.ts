import { existsSync } from 'node:fs';
import { dirname, join, relative } from 'node:path';
import { pathToFileURL } from 'node:url';
import { Worker } from 'node:worker_threads';
import { failure } from '../../errors/batchpointError';
import { fileFailure } from '../../stores/fileErrors';
import type { EncodedRows, EncodeOrder } from './encodeBlocks';
import type { EncodingAnswer, EncodingRequest } from './encodingThread';
import type { EndsOrder } from './fileEnds';
import { Misfit, misfitFailure } from './misfit';

type Waiting = {
  readonly resolve: (answer: EncodingAnswer) => void;
  readonly reject: (error: Error) => void;
};

type Asked = EncodingRequest extends infer Request
  ? Request extends unknown
    ? Omit<Request, 'id'>
    : never
  : never;

/**
 * Encodes rows in a thread of its own, so that this process stays free for everything else. The thread starts with the
 * first order; whoever orders waits for the answer, so that no more than an order of each lane ever lies there.
 */
export class RowEncoder {
  private thread: Worker | undefined;
  private readonly waiting = new Map<number, Waiting>();
  private orders = 0;

  /** Encodes the blocks of a mini-batch. Fails with a `Misfit`, `StoreFull`, or `RowsNotEncoded`. */
  async rows(order: EncodeOrder): Promise<EncodedRows> {
    const answer = await this.ask({ kind: 'rows', order }, dirname(order.rows));
    if (answer.rows === undefined) throw failure('RowsNotEncoded', { reason: 'the thread told no rows' });
    return answer.rows;
  }

  /** Writes what a file of rows begins and ends with. Fails with `OutputSchemaDiffers`, `StoreFull`, or `RowsNotEncoded`. */
  async ends(order: EndsOrder): Promise<void> {
    try {
      await this.ask({ kind: 'ends', order }, dirname(order.layout));
    } catch (error) {
      throw error instanceof Misfit ? misfitFailure(error) : error;
    }
  }

  async close(): Promise<void> {
    const { thread } = this;
    this.thread = undefined;
    await thread?.terminate();
  }

  private async ask(asked: Asked, folder: string): Promise<Extract<EncodingAnswer, { kind: 'done' }>> {
    const id = this.orders++;
    const thread = (this.thread ??= this.start());
    const answer = await new Promise<EncodingAnswer>((resolve, reject) => {
      this.waiting.set(id, { resolve, reject });
      thread.ref();
      thread.postMessage({ ...asked, id });
    });
    if (answer.kind === 'misfit') throw new Misfit(answer.code, answer.fields);
    if (answer.kind === 'failed') throw failedWith(answer, folder);
    return answer;
  }

  private start(): Worker {
    const thread = new Worker(program());
    thread.on('message', (answer: EncodingAnswer) => {
      this.waiting.get(answer.id)?.resolve(answer);
      this.waiting.delete(answer.id);
      if (this.waiting.size === 0) thread.unref();
    });
    const lost = (reason: string): void => {
      if (this.thread === thread) this.thread = undefined;
      for (const { reject } of this.waiting.values()) reject(failure('RowsNotEncoded', { reason }));
      this.waiting.clear();
    };
    thread.on('error', (error) => lost(error.message));
    thread.on('exit', (code) => lost(`the thread ended with code ${code}`));
    return thread;
  }
}

function failedWith({ reason, system }: Extract<EncodingAnswer, { kind: 'failed' }>, folder: string): Error {
  const cause = Object.assign(new Error(reason), { code: system, syscall: 'write' });
  const told = system === undefined ? undefined : fileFailure(cause, { store: pathToFileURL(folder).href });
  return told instanceof Error ? told : failure('RowsNotEncoded', { reason }, { cause });
}

/** The compiled program, also where this module itself runs uncompiled: threads load no TypeScript. */
function program(): string {
  const beside = join(__dirname, 'encodingThread.js');
  if (existsSync(beside)) return beside;
  const root = join(__dirname, '..', '..', '..');
  return join(root, 'dist', relative(root, beside));
}
