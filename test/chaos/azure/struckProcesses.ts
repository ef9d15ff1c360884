import { setTimeout as pause } from 'node:timers/promises';
import { activityNames } from '../../../shared/domain/functionNames';
import type { Fault, SeenRequest } from '../../support/faultyProxy';
import { check } from '../checker/check';
import type { Result } from '../scenario';
import { Random } from '../seeds';
import type { AppFleet } from './appFleet';
import type { AppProcess } from './appProcess';
import { ObservedJob } from './observedJob';
import { allSteps, steps, type Step } from './steps';

/** What happens to the process that came to the step. */
type Way = 'stop' | 'kill';

/** Where a process is hit: at the n-th request for a step of the job, before or after it was done. */
interface Hit {
  readonly step: Step;
  readonly time: number;
  readonly when: 'before' | 'after';
}

/** Milliseconds that the store has to be left alone for, until nothing more is to come. */
const quiet = 250;

async function strike(fleet: AppFleet, way: Way, random: Random): Promise<Result> {
  const [victim, other] = fleet.processes;
  if (victim === undefined || other === undefined) throw new Error('Two processes are needed.');
  const threshold = random.chance(0.2) ? random.between(0, 2) : -1;
  const job = await ObservedJob.prepare(fleet, { files: random.between(4, 24), threshold });
  const hit = hitOf(random);
  const blow = new Blow(victim, hit, way);
  const turn = (activity: string): readonly AppProcess[] => {
    const isVictims = activity !== activityNames.scoreNext || random.chance(0.5);
    return !blow.isStruck && isVictims ? [victim] : [other];
  };
  await fleet.run(job, turn);
  await blow.struck();
  await job.noteEnd();
  const late = await blow.end();
  if (way === 'kill' && blow.isStruck) await fleet.replace(victim);
  while (performance.now() - Math.max(victim.way.lastRequest, other.way.lastRequest) < quiet) await pause(25);
  await job.stopLooking();
  const evidence = await job.evidence({ repeats: 1 });
  return {
    violations: check(evidence),
    told: `${way} ${hit.when} ${hit.step} ${hit.time}${blow.isStruck ? '' : ' (did not come to it)'}${late ? ', request held' : ''}: ${evidence.input.length} files ${evidence.answered.status}`,
    jobs: 1,
    faults: blow.isStruck ? 1 : 0,
  };
}

/** Requests that one process makes for a small job. */
const requestsOfAJob = 80;

/** Any request of a job, or one for a step that is made so many times for it. */
function hitOf(random: Random): Hit {
  const when = random.chance(0.5) ? 'before' : 'after';
  if (random.chance(0.4)) return { step: 'any', time: random.between(1, requestsOfAJob), when };
  const step = random.pick(allSteps);
  return { step, time: random.between(1, steps[step].times), when };
}

/** Hits a process when it comes to a step, and holds the request that it was at until it goes on. */
class Blow {
  isStruck = false;
  private left: number;
  private held = false;
  private release: () => void = () => undefined;
  private readonly released = new Promise<void>((resolve) => (this.release = resolve));
  private killed: Promise<void> = Promise.resolve();

  constructor(
    private readonly victim: AppProcess,
    private readonly hit: Hit,
    private readonly way: Way,
  ) {
    this.left = hit.time;
    victim.way.fail((request) => this.faultOf(request));
  }

  /** Waits until a process that was killed is gone. */
  async struck(): Promise<void> {
    await this.killed;
  }

  /** Lets the request that was held arrive, and the process go on. Says whether a request was held. */
  async end(): Promise<boolean> {
    this.release();
    if (this.way === 'stop' && this.isStruck) await this.victim.resume();
    this.victim.way.fail();
    return this.held;
  }

  private strike(): void {
    this.isStruck = true;
    if (this.way === 'stop') this.victim.suspend();
    else this.killed = this.victim.kill();
  }

  private faultOf(request: SeenRequest): Fault | undefined {
    // What was on its way when the process was hit arrives late too.
    if (this.isStruck) return this.hold();
    if (!steps[this.hit.step].isOf(request)) return undefined;
    this.left -= 1;
    if (this.left > 0) return undefined;
    this.strike();
    return this.hit.when === 'before' ? this.hold() : undefined;
  }

  private hold(): Fault {
    this.held = true;
    return { kind: 'delay', until: () => this.released };
  }
}

/** Stops one of two processes at a step; it goes on when the other one has brought the job to its end. */
export function stopAtStep(fleet: AppFleet, seed: number): Promise<Result> {
  return strike(fleet, 'stop', new Random(seed));
}

/** Kills one of two processes at a step. */
export function killAtStep(fleet: AppFleet, seed: number): Promise<Result> {
  return strike(fleet, 'kill', new Random(seed));
}
