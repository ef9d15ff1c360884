import { plannedJob, type Wishes } from '../jobs/plannedJob';
import type { Result, Scenario } from '../scenario';
import { Random } from '../seeds';
import { crowdedEndpoint, type ChaosHost } from './chaosHost';
import { runJobs } from './runJobs';
import type { KillOrder } from './orders';
import type { Faults } from './runJob';
import type { SharedHost } from './sharedHost';
import { steps, type JobStep, type Step } from './steps';

/** Kills of one job from which none is charged to a mini-batch: two that are noted at it are taken for its fault. */
const harmlessKills = 2;

/** The host is killed once or twice, whenever it is. */
export function killedAtRandom(host: SharedHost): Scenario {
  return {
    name: 'host-killed',
    fault: 'kill -9 of the host at a random moment or write',
    weight: 8,
    run: (seed) => {
      const random = new Random(seed);
      return runKilled(host, random, randomKills(random, random.between(1, harmlessKills)));
    },
  };
}

/** The host is killed so often that the mini-batches that were at work are charged for it. */
export function killedAgainAndAgain(host: SharedHost): Scenario {
  return {
    name: 'host-killed-often',
    fault: 'kill -9 of the host, three to six times in one job',
    weight: 2,
    run: (seed) => {
      const random = new Random(seed);
      const kills = random.between(3, 6);
      return runKilled(host, random, randomKills(random, kills), { leastTries: kills + 2 });
    },
  };
}

/** Several jobs share two instances, wait for each other, and lose their host. */
export function killedWithSeveralJobs(host: SharedHost): Scenario {
  return {
    name: 'host-killed-several-jobs',
    fault: 'kill -9 of the host while three jobs share two instances',
    weight: 2,
    run: async (seed) => {
      const random = new Random(seed);
      const { faults, orders } = randomKills(random, random.between(1, harmlessKills));
      const jobs = Array.from({ length: 3 }, (_, i) => {
        const plan = plannedJob(random, { language: 'node', mostFiles: 30 });
        const cancelled = random.chance(0.2) ? { cancelAfter: random.between(0, 600) } : {};
        const mine = { ...cancelled, ...(i === 0 ? faults : {}) };
        return { plan: { ...plan, endpoint: crowdedEndpoint }, faults: mine, resumes: false };
      });
      return runJobs(await host.get(), jobs, orders);
    },
  };
}

/** The host is told to end, as by a service manager, and does not wait for what is under way. */
export function toldToEnd(host: SharedHost): Scenario {
  return {
    name: 'host-terminated',
    fault: 'SIGTERM to the host at a random moment',
    weight: 2,
    run: (seed) => {
      const random = new Random(seed);
      const faults: Faults = { killsAfter: [random.between(0, 600)], signal: 'SIGTERM' };
      return runKilled(host, random, { faults, orders: [] });
    },
  };
}

/** The host is killed right before, within or after a certain step of a job. */
export function killedAtStep(host: SharedHost, step: JobStep): Scenario {
  return {
    name: `host-killed-at-${step.toLowerCase()}`,
    fault: `kill -9 of the host before, in or after the write of ${steps[step]}`,
    run: async (seed) => {
      const random = new Random(seed);
      const results: Result[] = [];
      // Not every job that is drawn comes to the step.
      while (results.length < mostJobs && !results.some(({ faults }) => faults > 0))
        results.push(await runToStep(await host.get(), step, random));
      return sumOf(results);
    },
  };
}

/** Jobs that are drawn until one of them comes to the step. */
const mostJobs = 4;

/** Runs a job with enough claims, and not all of them failed, so that the step is likely to come. */
function runToStep(host: ChaosHost, step: Step, random: Random): Promise<Result> {
  const order = orderAt(step, random);
  // A claim is taken again where the attempt before was lost.
  const lost: KillOrder = { step: 'outcome', phase: 'before', nth: 1 };
  const orders = step === 'retaken' ? [lost, order] : [order];
  const cancelled = step === 'cancel' ? { cancelAfter: random.between(0, 100) } : {};
  const wishes = { leastFiles: 15, largestMiniBatch: 3, crossesThreshold: step === 'thresholdStop' };
  const plan = plannedJob(random, wishes);
  return runJobs(host, [{ plan, faults: cancelled, resumes: random.chance(0.5) }], orders);
}

function sumOf(results: readonly Result[]): Result {
  const sum = (pick: (result: Result) => number): number =>
    results.reduce((all, result) => all + pick(result), 0);
  return {
    violations: results.flatMap(({ violations }) => violations),
    told: results.map(({ told, faults }) => (faults > 0 ? told : `${told} (did not come to it)`)).join('; '),
    jobs: sum(({ jobs }) => jobs),
    faults: sum(({ faults }) => faults),
  };
}

/** Steps that a job has several of. */
const repeated: readonly Step[] = ['claimed', 'staged', 'outcome', 'retaken'];

function orderAt(step: Step, random: Random): KillOrder {
  const phase = random.pick<KillOrder['phase']>(['before', 'during', 'after', 'after']);
  const nth = step === 'turn' ? random.between(1, 25) : repeated.includes(step) ? random.between(1, 3) : 1;
  return { step, phase, nth, milliseconds: random.between(0, 3) };
}

/** Kills of the host from outside, and those that it is ordered to. */
interface Kills {
  readonly faults: Faults;
  readonly orders: readonly KillOrder[];
}

/** Some kills at moments, and some at writes. */
function randomKills(random: Random, count: number): Kills {
  const killsAfter: number[] = [];
  const orders: KillOrder[] = [];
  for (let i = 0; i < count; i++) {
    if (random.chance(0.5)) killsAfter.push(random.between(0, 500) + i * 700);
    else orders.push({ ...orderAt('any', random), nth: random.between(1, 60) });
  }
  return { faults: { killsAfter }, orders };
}

/** One job of these, now and then cancelled or with too many failures, and resumed where it was stopped. */
async function runKilled(
  host: SharedHost,
  random: Random,
  { faults, orders }: Kills,
  wishes: Wishes = {},
): Promise<Result> {
  const crossesThreshold = random.chance(0.12);
  const plan = plannedJob(random, { crossesThreshold, ...wishes });
  const cancelled = random.chance(0.12) ? { cancelAfter: random.between(0, 400) } : {};
  const resumes = random.chance(0.6);
  return runJobs(await host.get(), [{ plan, faults: { ...cancelled, ...faults }, resumes }], orders);
}
