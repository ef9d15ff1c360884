import { closeSync, existsSync, openSync, readSync } from 'node:fs';

import type { Call, Exchange, Turn } from './recordings';

interface TraceLine extends Call {
  readonly kind: string;
  readonly request?: Exchange['request'];
  readonly response?: Exchange['response'] & {
    readonly returnValue?: { readonly json?: string } | null;
    readonly result?: { readonly exception?: { readonly message: string } };
  };
}

/** What a host has written to its trace so far, in the form of a recording. */
export class LiveTrace {
  readonly turns: Turn[] = [];
  readonly activities: Call[] = [];
  readonly httpCalls: Call[] = [];
  readonly timers: Call[] = [];
  readonly exchanges: Exchange[] = [];
  private position = 0;
  private rest = '';

  constructor(private readonly file: string) {}

  /** Takes in what has been written since the last time. */
  update(): this {
    if (!existsSync(this.file)) return this;
    const lines = (this.rest + this.readOn()).split('\n');
    this.rest = lines.pop() ?? '';
    for (const line of lines) this.add(JSON.parse(line) as TraceLine);
    return this;
  }

  /** How many turns an instance has had. */
  turnsOf(instanceId: string): number {
    return this.turns.filter((turn) => turn.trigger.instanceId === instanceId).length;
  }

  private readOn(): string {
    const file = openSync(this.file, 'r');
    const chunks: Buffer[] = [];
    const chunk = Buffer.alloc(1 << 20);
    for (;;) {
      const count = readSync(file, chunk, 0, chunk.length, this.position);
      if (count === 0) break;
      chunks.push(Buffer.from(chunk.subarray(0, count)));
      this.position += count;
    }
    closeSync(file);
    return Buffer.concat(chunks).toString('utf8');
  }

  private add(line: TraceLine): void {
    if (line.kind === 'orchestrationTrigger') this.turns.push(turn(line));
    else if (line.kind === 'activityTrigger') this.activities.push(line);
    else if (line.kind === 'httpTrigger') this.httpCalls.push(line);
    else if (line.kind === 'timerTrigger') this.timers.push(line);
    else if (isClientCall(line)) this.exchanges.push({ request: line.request, response: line.response });
  }
}

/** The client of the app calls the API under a path of its own; everyone else takes the one with the key. */
function isClientCall(line: TraceLine): line is TraceLine & Exchange {
  return line.request !== undefined && !line.request.path.startsWith('/runtime/webhooks/');
}

function turn(line: TraceLine): Turn {
  const { returnValue, result } = line.response ?? {};
  const exception = result?.exception?.message;
  const raw = String(line.inputData[0]?.data.string);
  return {
    function: line.function,
    t: line.t,
    trigger: JSON.parse(raw) as Turn['trigger'],
    triggerMetadata: line.triggerMetadata,
    ...(typeof returnValue?.json === 'string' ? { returned: JSON.parse(returnValue.json) as unknown } : {}),
    ...(exception === undefined ? {} : { exception }),
  };
}
