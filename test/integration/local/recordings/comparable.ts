import { normalise } from './normalise';
import { executions, type Call, type Exchange, type Turn, type WireEvent } from './recordings';
import { exceptions, sideBySide } from './scenarios';

/** Brings what two hosts have sent and received into a form in which it must be equal. */
export class Comparable {
  constructor(
    private readonly scenario: string,
    private readonly appRoot: string,
  ) {}

  /** The turns, execution by execution; of what runs side by side, what does not depend on time. */
  turns(turns: readonly Turn[]): unknown[] {
    const isApart = (turn: Turn): boolean =>
      sideBySide[this.scenario]?.test(turn.trigger.instanceId) === true;
    const apart = turns.filter(isApart);
    const exact = executions(turns.filter((turn) => !isApart(turn))).map((one) =>
      this.plain(one.map(turnParts)),
    );
    return apart.length === 0 ? exact : [...exact, this.plain(summary(apart))];
  }

  /** The invocations of activities: their order says nothing, as the turns show when each was asked for. */
  activities(calls: readonly Call[], areAnswered = true): unknown[] {
    const shown = areAnswered ? calls : calls.map((call) => ({ ...call, response: undefined }));
    return shown.map((call) => this.plain(callParts(call))).sort(byText);
  }

  /** The invocations of HTTP functions, in order. */
  httpCalls(calls: readonly Call[]): unknown[] {
    return calls.map((call) => this.plain({ ...callParts(call), function: call.function }));
  }

  /** What the durable client asked and was answered. Of several looks at one status the last one counts. */
  exchanges(exchanges: readonly Exchange[]): unknown[] {
    const shown = exchanges.map(exchangeParts);
    return shown
      .filter((one, at) => one.request.method !== 'GET' || one.request.path !== shown[at + 1]?.request.path)
      .map((one) => this.plain(one));
  }

  /** Any other value. */
  plain(value: unknown): unknown {
    const text = JSON.stringify(normalise(value, this.appRoot));
    return JSON.parse(exceptions[this.scenario]?.(text) ?? text) as unknown;
  }
}

function turnParts({ function: name, trigger, triggerMetadata, returned, exception }: Turn): object {
  // The metadata of the real host repeat the whole trigger; here they do not.
  const metadata = Object.entries(triggerMetadata).filter(([key]) => !key.startsWith('orchestrationTrigger'));
  return { name, trigger, metadata: Object.fromEntries(metadata), returned, exception };
}

function callParts({ inputData, triggerMetadata, response }: Call): object {
  return { inputData, triggerMetadata: readable(triggerMetadata), response };
}

/** JSON in the metadata is compared as what it means, not as text. */
function readable(metadata: Call['triggerMetadata']): object {
  return Object.fromEntries(
    Object.entries(metadata).map(([name, data]) => [
      name,
      typeof data.json === 'string' ? { ...data, json: JSON.parse(data.json) as unknown } : data,
    ]),
  );
}

function exchangeParts({ request, response }: Exchange): {
  request: { method: string; path: string };
  response: object;
} {
  const { location, 'retry-after': retryAfter, 'content-type': contentType } = response.headers;
  return {
    request: {
      method: request.method,
      path: request.path.replace(/^\/runtime\/[\w-]{43}\/durabletask/, '/durabletask'),
    },
    response: { status: response.status, location, retryAfter, contentType, body: parsed(response.body) },
  };
}

function parsed(body: string): unknown {
  const value = body === '' ? null : (JSON.parse(body) as unknown);
  return Array.isArray(value) ? value.length > 0 : value;
}

/** What does not depend on which of several ends was seen first, and in which turn. */
function summary(turns: readonly Turn[]): object {
  const events = executions(turns).flatMap((execution) => execution.at(-1)?.trigger.history ?? []);
  const last = turns.at(-1);
  return {
    scheduled: events.filter((event) => event.EventId >= 0).sort((one, other) => one.EventId - other.EventId),
    // An event that continues with its instance stands in both histories.
    came: [...new Set(events.filter(isArrival).map(arrival))].sort(),
    returned: last?.returned,
    exception: last?.exception,
  };
}

function isArrival(event: WireEvent): boolean {
  return event.EventId < 0 && event.EventType !== 12 && event.EventType !== 13;
}

function arrival(event: WireEvent): string {
  return JSON.stringify({ ...event, IsPlayed: true, Timestamp: '', OrchestrationInstance: '' });
}

function byText(one: unknown, other: unknown): number {
  const [first, second] = [JSON.stringify(one), JSON.stringify(other)];
  return first < second ? -1 : Number(first > second);
}
