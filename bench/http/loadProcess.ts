import { fork, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import type { LoadAnswer, LoadOrder } from './loadMessages';

/** Clients in a process of their own. */
export class LoadProcess {
  private readonly child: ChildProcess = fork(join(__dirname, 'loadClient.js'));

  /** Sends requests as the order says, and fails where one is not answered as it wants. */
  async run(order: LoadOrder): Promise<LoadAnswer> {
    this.child.send(order);
    const [answer] = (await once(this.child, 'message')) as [LoadAnswer];
    if (answer.error !== undefined) throw new Error(answer.error);
    return answer;
  }

  close(): void {
    this.child.disconnect();
  }
}
