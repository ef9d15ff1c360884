import { setTimeout as pause } from 'node:timers/promises';
import { check } from '../checker/check';
import type { Result } from '../scenario';
import { Random } from '../seeds';
import type { AppFleet } from './appFleet';
import { ObservedJob } from './observedJob';

/** Milliseconds that a request may be held up, so that what is delivered twice meets in all orders. */
const mostDelay = 30;

/** Every activity is delivered to two processes at once, or twice to one of them. */
export async function deliverTwice(fleet: AppFleet, seed: number): Promise<Result> {
  const random = new Random(seed);
  const threshold = random.chance(0.2) ? random.between(0, 2) : -1;
  const job = await ObservedJob.prepare(fleet, { files: random.between(2, 24), threshold });
  for (const { way } of fleet.processes)
    way.fail(() => ({ kind: 'delay', until: () => pause(random.between(0, mostDelay)) }));
  const [one, other] = fleet.processes;
  if (one === undefined || other === undefined) throw new Error('Two processes are needed.');
  let deliveries = 0;
  await fleet.run(job, () => {
    deliveries += 1;
    return random.chance(0.7) ? [one, other] : [one, one];
  });
  await job.noteEnd();
  for (const { way } of fleet.processes) way.fail();
  await job.stopLooking();
  const evidence = await job.evidence({ repeats: 1 });
  return {
    violations: check(evidence),
    told: `${evidence.input.length} files ${evidence.answered.status}, ${deliveries} deliveries doubled`,
    jobs: 1,
    faults: deliveries,
  };
}
