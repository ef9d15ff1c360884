import { setTimeout as pause } from 'node:timers/promises';
import type { Fault, SeenRequest } from '../../support/faultyProxy';
import { Random } from '../seeds';
import type { ChooseFault } from './faultyStore';

/** The least and the most of the requests that go wrong, in percent. */
const shares = { from: 5, to: 20 } as const;

/** What goes wrong with some requests of all, each kind as often as the others. */
const kinds: readonly [FaultMaker, ...FaultMaker[]] = [
  () => ({ kind: 'answer', status: 500, code: 'InternalError' }),
  () => ({ kind: 'answer', status: 500, code: 'OperationTimedOut' }),
  () => ({ kind: 'answer', status: 503, code: 'ServerBusy' }),
  (random) => ({ kind: 'answer', status: 503, code: 'ServerBusy', retryAfter: random.between(0, 1) }),
  () => ({ kind: 'reset' }),
  () => ({ kind: 'loseAnswer' }),
  (random) => ({ kind: 'cutBody', after: random.between(0, 200) }),
  (random) => ({ kind: 'delay', until: slow(random.between(20, 400)) }),
];

/** Faults for which the app waits until it loses its patience: one in so many of all. */
const silent: { one: number; kinds: readonly [Fault, Fault] } = {
  one: 25,
  kinds: [{ kind: 'swallow' }, { kind: 'stall' }],
};

type FaultMaker = (random: Random) => Fault;

/** A store that answers 5 to 20 % of the requests badly; how many, and which, follows from the seed. */
export function badStore(seed: number): { readonly percent: number; readonly choose: ChooseFault } {
  const random = new Random(seed);
  const percent = random.between(shares.from, shares.to);
  const choose = (_request: SeenRequest): Fault | undefined => {
    if (!random.chance(percent / 100)) return undefined;
    return random.chance(1 / silent.one) ? random.pick(silent.kinds) : random.pick(kinds)(random);
  };
  return { percent, choose };
}

function slow(milliseconds: number): () => Promise<unknown> {
  return () => pause(milliseconds);
}
