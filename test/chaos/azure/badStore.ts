import { setTimeout as pause } from 'node:timers/promises';
import type { Fault } from '../../support/faultyProxy';
import { Random } from '../seeds';
import type { AzureHost } from './azureHost';
import { runAzureJobs, type AzureJob } from './azureJob';
import type { ChooseFault } from './faultyStore';
import { endsOf, type HostRun } from './hostRun';

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

/** Faults that nobody is told of, so that the app waits for its patience to end: one in so many of all. */
const silent: { readonly one: number; readonly kinds: readonly [Fault, Fault] } = {
  one: 25,
  kinds: [{ kind: 'swallow' }, { kind: 'stall' }],
};

type FaultMaker = (random: Random) => Fault;

/** A store that answers 5 to 20 % of the requests badly; how many, and which, follows from the seed. */
export function badStore(random: Random): { readonly percent: number; readonly choose: ChooseFault } {
  const percent = random.between(shares.from, shares.to);
  const choose = (): Fault | undefined => {
    if (!random.chance(percent / 100)) return undefined;
    return random.chance(1 / silent.one) ? random.pick(silent.kinds) : random.pick(kinds)(random);
  };
  return { percent, choose };
}

function slow(milliseconds: number): () => Promise<unknown> {
  return () => pause(milliseconds);
}

/** A job of any kind: most of them ignore failures, some have a threshold that they may cross, some are cancelled. */
export function anyJob(random: Random): AzureJob {
  const files = random.between(1, 40);
  if (random.chance(0.15)) return { files, cancelAfter: random.between(0, 3_000) };
  return random.chance(0.2) ? { files, threshold: random.between(0, 4) } : { files };
}

/** Three jobs at once, on a store that answers badly. */
export async function onBadStore(azure: AzureHost, seed: number): Promise<HostRun> {
  const random = new Random(seed);
  const jobs = Array.from({ length: 3 }, () => anyJob(random));
  const { percent, choose } = badStore(random);
  const before = azure.way.faults;
  const evidence = await runAzureJobs(azure, jobs, choose);
  const told = `${percent} % of the requests: ${endsOf(evidence)}`;
  return { told, faults: azure.way.faults - before, evidence };
}
