import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

/** What the real host and its Durable extension sent and received, recorded beside the checkout. */
export const recordingsFolder = join(__dirname, '../../../../../shared/recordings');

/** One event of a history, as it is written. */
export type WireEvent = Readonly<Record<string, unknown>> & {
  readonly EventType: number;
  readonly EventId: number;
  readonly IsPlayed: boolean;
  readonly Timestamp: string;
};

/** One invocation of an orchestrator. */
export interface Turn {
  readonly function: string;
  readonly t: string;
  readonly tResponse?: string;
  readonly trigger: { readonly history: readonly WireEvent[]; readonly instanceId: string } & Record<
    string,
    unknown
  >;
  readonly triggerMetadata: Record<string, unknown>;
  /** What it returned, or the message of the exception that it ended with. */
  readonly returned?: unknown;
  readonly exception?: string;
}

/** One invocation of another function. */
export interface Call {
  readonly function: string;
  readonly t: string;
  readonly inputData: readonly { readonly name: string; readonly data: Record<string, unknown> }[];
  readonly triggerMetadata: Readonly<Record<string, Record<string, unknown>>>;
  readonly response?: unknown;
}

/** One request of the durable client, and its answer. */
export interface Exchange {
  readonly request: { readonly method: string; readonly path: string; readonly body?: string };
  readonly response: {
    readonly status: number;
    readonly headers: Readonly<Record<string, string>>;
    readonly body: string;
  };
}

/** What was recorded of one scenario. */
export interface Recording {
  readonly name: string;
  readonly result: unknown;
  readonly turns: readonly Turn[];
  readonly activities: readonly Call[];
  readonly httpCalls: readonly Call[];
  readonly exchanges: readonly Exchange[];
}

export const hasRecordings = existsSync(join(recordingsFolder, 'app.js'));

/** The names of all scenarios: one folder each. */
export function scenarioNames(): string[] {
  return readdirSync(recordingsFolder, { withFileTypes: true })
    .filter((entry) => entry.isDirectory())
    .map((entry) => entry.name);
}

export function readRecording(name: string): Recording {
  const summary = read<{ result?: unknown }>(name, 'summary.json', {});
  const triggers = read<(Call & { kind: string })[]>(name, 'trigger.json', []);
  return {
    name,
    result: summary.result,
    turns: read<RecordedTurn[]>(name, 'orchestrator.json', []).map(turn),
    activities: read<Call[]>(name, 'activity.json', []),
    httpCalls: triggers.filter(({ kind }) => kind === 'httpTrigger'),
    exchanges: read<Exchange[]>(name, 'client-http.json', []),
  };
}

/** The content of a file of a scenario, or what is given where there is none. */
export function read<Content>(name: string, file: string, otherwise: Content): Content {
  const path = join(recordingsFolder, name, file);
  return existsSync(path) ? (JSON.parse(readFileSync(path, 'utf8')) as Content) : otherwise;
}

interface RecordedTurn extends Turn {
  readonly response?: { readonly result?: { readonly exception?: { readonly message: string } } };
}

function turn(recorded: RecordedTurn): Turn {
  const exception = recorded.response?.result?.exception?.message;
  return exception === undefined ? recorded : { ...recorded, exception };
}

/** The executions of a scenario: turns of one execution of one instance, in order. */
export function executions(turns: readonly Turn[]): Turn[][] {
  const groups = new Map<string, Turn[]>();
  for (const one of turns) {
    const started = one.trigger.history.find((event) => event.EventType === 0);
    const key = JSON.stringify(started?.OrchestrationInstance);
    groups.set(key, [...(groups.get(key) ?? []), one]);
  }
  return [...groups.values()];
}

/** Runs a suite on the recordings, or says why it does not. Where a build server lacks them, that is a failure. */
export function describeWithRecordings(name: string, suite: () => void): void {
  if (hasRecordings) {
    describe(name, suite);
    return;
  }
  const isAllowed = process.env.CI === undefined;
  const title = `${name} (there are no recordings at ../shared/recordings beside the checkout)`;
  (isAllowed ? describe.skip : describe)(title, () => {
    test('is compared with the real host', () => expect(hasRecordings).toBe(true));
  });
}
