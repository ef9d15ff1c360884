import { request } from 'node:http';

import type { HostProcess } from '../../../support/hostProcess';
import type { LiveTrace } from './liveTrace';
import type { Call, Recording, Turn, WireEvent } from './recordings';
import { notRun, sideBySide } from './scenarios';

/** Milliseconds between two looks at the trace. */
const pause = 5;
/** Events that clients cause: raised, terminated, suspended, resumed, and asked to be rewound. */
const fromClients = [15, 3, 19, 20, 17];

/**
 * Sends the requests of a recording to a host. Each waits for as many turns as its instance had had when the request
 * came in the recording, so that every turn sees what it saw there.
 */
export async function replayRequests(
  recording: Recording,
  host: HostProcess,
  trace: LiveTrace,
): Promise<void> {
  const sent = new Map<string, number>();
  const exact = sideBySide[recording.name] === undefined;
  for (const call of recording.httpCalls) {
    if (exact) await reached(trace, turnsBefore(recording, call, sent));
    await send(host.url, call);
  }
  await over(recording, trace, exact);
  trace.update();
}

/** Sends a request of a recording as it was sent. */
export async function send(url: string, call: Call): Promise<{ status: number; body: string }> {
  const http = call.inputData[0]?.data.http as {
    method: string;
    url: string;
    nullableHeaders: Record<string, { value: string }>;
    body: { bytes: { $bytes: string } } | null;
  };
  const { pathname, search } = new URL(http.url);
  const names = Object.entries(http.nullableHeaders).filter(([name]) => name !== 'host');
  const headers = Object.fromEntries(names.map(([name, { value }]) => [name, value]));
  return new Promise((resolve, reject) => {
    const asked = request(`${url}${pathname}${search}`, { method: http.method, headers }, (response) => {
      let body = '';
      response.setEncoding('utf8').on('data', (text: string) => (body += text));
      response.on('end', () => resolve({ status: response.statusCode ?? 0, body }));
    });
    asked.on('error', reject).end(http.body?.bytes.$bytes);
  });
}

/** How many turns each instance had had when a request came. */
function turnsBefore(recording: Recording, call: Call, sent: Map<string, number>): Map<string, number> {
  const counts = new Map<string, number>();
  for (const turn of recording.turns.filter(isNamed)) {
    if ((turn.tResponse ?? turn.t) <= call.t) add(counts, turn.trigger.instanceId);
  }
  const target = targetOf(call);
  if (target === undefined) return counts;
  // A turn may have been under way when the request came. What the request caused was seen in a later one.
  const index = sent.get(target) ?? 0;
  sent.set(target, index + 1);
  const turns = recording.turns.filter((turn) => turn.trigger.instanceId === target);
  const seen = turns.findIndex((turn) => clientEvents(turn.trigger.history).length > index);
  return seen < 0 ? counts : counts.set(target, seen);
}

/** The instance that a request steers. */
function targetOf(call: Call): string | undefined {
  const body = (call.inputData[0]?.data.http as { body: { bytes: { $bytes: string } } | null }).body;
  const operation = call.triggerMetadata.op?.string;
  if (typeof operation !== 'string' || !/^(raiseEvent|terminate|suspend|resume)$/.test(operation))
    return undefined;
  // A request that was refused caused nothing.
  if (JSON.stringify(call.response).includes('\\"ok\\":false')) return undefined;
  return (JSON.parse(body?.bytes.$bytes ?? '{}') as { args?: string[] }).args?.[0];
}

function clientEvents(history: readonly WireEvent[]): WireEvent[] {
  return history.filter((event) => fromClients.includes(event.EventType) && event.EventId === -1);
}

/** Waits until what has begun in the recording is as far as it got there. */
async function over(recording: Recording, trace: LiveTrace, exact: boolean): Promise<void> {
  const counts = new Map<string, number>();
  const lasts = new Map<string, Turn>();
  for (const turn of recording.turns.filter(isNamed)) {
    add(counts, turn.trigger.instanceId);
    lasts.set(turn.trigger.instanceId, turn);
  }
  if (exact) return reached(trace, counts).then(() => activitiesOver(recording, trace));
  for (const last of lasts.values())
    await until(trace, () => trace.turns.some((turn) => isAsFar(turn, last)));
}

/** Waits for the activities that went on when their orchestrator was over. */
async function activitiesOver(recording: Recording, trace: LiveTrace): Promise<void> {
  const calls = recording.activities.filter((call) => notRun[recording.name] !== call.function);
  for (const id of new Set(calls.map(instanceOf))) {
    const count = calls.filter((call) => instanceOf(call) === id).length;
    if (isNamedId(id))
      await until(trace, () => trace.activities.filter((call) => instanceOf(call) === id).length >= count);
  }
}

/** The instance that an activity belongs to. */
export function instanceOf(call: Call): string {
  return String(call.triggerMetadata.instanceId?.string);
}

/** Ids that the host makes up are other ones at each run; who waits for such an instance is waited for. */
function isNamed(turn: Turn): boolean {
  return isNamedId(turn.trigger.instanceId);
}

function isNamedId(id: string): boolean {
  return !/^[0-9a-f-]{32,36}(:|$)/.test(id);
}

/** True for a turn that ends its instance and has seen as much as the last one of the recording. */
function isAsFar(turn: Turn, last: Turn): boolean {
  const seen = ({ trigger }: Turn): number =>
    trigger.history.filter(
      (event) => event.EventId === -1 && event.EventType !== 12 && event.EventType !== 13,
    ).length;
  return turn.trigger.instanceId === last.trigger.instanceId && hasReturned(turn) && seen(turn) >= seen(last);
}

function hasReturned({ returned }: Turn): boolean {
  const { isDone, actions } = (returned ?? {}) as { isDone?: boolean; actions?: { actionType: number }[][] };
  const continues = actions?.flat().some((action) => action.actionType === 4);
  return isDone === true && continues !== true;
}

async function reached(trace: LiveTrace, counts: ReadonlyMap<string, number>): Promise<void> {
  for (const [id, count] of counts) await until(trace, () => trace.turnsOf(id) >= count);
}

/** Looks at the trace until something is so. */
export async function until(trace: LiveTrace, isSo: () => boolean): Promise<void> {
  while (!isSo()) {
    trace.update();
    if (isSo()) return;
    await new Promise((resolve) => setTimeout(resolve, pause));
  }
}

function add(counts: Map<string, number>, id: string): void {
  counts.set(id, (counts.get(id) ?? 0) + 1);
}
