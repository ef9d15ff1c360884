import type { Fault, SeenRequest } from '../../support/faultyProxy';
import type { ChooseFault } from './faultyStore';

/** What becomes of one call of a store, which the client makes again by itself when it fails. */
export const callFaults = {
  /** Each of its tries is refused before anything is done. */
  refused: { fault: { kind: 'answer', status: 503, code: 'ServerBusy' }, tries: Infinity },
  /** The first try is done, and its answer is lost: the second meets what the first has done. */
  lost: { fault: { kind: 'loseAnswer' }, tries: 1 },
  /** Each of its tries is done, and each answer is lost: the client gives up what was done. */
  unheard: { fault: { kind: 'loseAnswer' }, tries: Infinity },
} as const satisfies Record<string, { fault: Fault; tries: number }>;

export type CallFault = keyof typeof callFaults;

export const allCallFaults = Object.keys(callFaults) as readonly CallFault[];

/** Lets the calls fail whose numbers, from 1 on, are `chosen`. A call that is tried again keeps its number. */
export function failCalls(kind: CallFault, chosen: (call: number) => boolean): ChooseFault {
  const { fault, tries } = callFaults[kind];
  const seen = new Map<string, { readonly number: number; tries: number }>();
  return (request) => {
    const id = idOf(request);
    const call = seen.get(id) ?? { number: seen.size + 1, tries: 0 };
    seen.set(id, call);
    call.tries += 1;
    return chosen(call.number) && call.tries <= tries ? fault : undefined;
  };
}

/** What the client calls a call: the same for all its tries. */
function idOf({ headers, method, url }: SeenRequest): string {
  return String(headers['x-ms-client-request-id'] ?? `${method} ${url}`);
}
