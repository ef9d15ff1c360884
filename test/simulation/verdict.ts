import { isEnded, type JobState } from '../../shared/domain/jobState';
import { check } from '../chaos/checker/check';
import type { Invariant, Violation } from '../chaos/checker/violation';
import { evidenceOf } from './evidence';
import { Simulation, type SimulationOptions } from './simulation';

/** What did not hold of a job, or of the compute that jobs share. */
export interface SeenViolation extends Omit<Violation, 'invariant'> {
  readonly invariant: Invariant | 'places';
  readonly job: string;
}

/** What came of the run of one seed. */
export interface Verdict {
  readonly seed: number;
  readonly violations: readonly SeenViolation[];
  /** Tells runs apart: the same seed always has the same. */
  readonly digest: string;
  readonly steps: number;
  /** Requests and deliveries that did not go well. */
  readonly faults: number;
  readonly states: readonly string[];
  readonly trace: readonly string[];
  /** What was under way where a job had no end. */
  readonly dump: readonly string[];
}

/** Runs the simulation of a seed, and says what did not hold. */
export async function simulate(seed: number, options?: SimulationOptions): Promise<Verdict> {
  const simulation = new Simulation(seed, options);
  const halt = await simulation.run();
  const { scheduler, weather, deliveries, plan } = simulation;
  const violations: SeenViolation[] = [];
  const states: string[] = [];
  for (const job of plan.jobs) {
    const run = await simulation.record(job.spec.key);
    states.push(run?.error?.code ?? run?.state ?? 'none');
    const found =
      run === undefined || halt === 'too many steps'
        ? [
            {
              invariant: 'I9',
              seen: endless(scheduler.steps, run?.state),
            } as const,
          ]
        : check(evidenceOf(simulation, job, run));
    violations.push(...found.map((one) => ({ ...one, job: job.spec.name })));
  }
  // A delivery that is repeated may be at a claim whose lane has given its place to another one.
  const isRepeated = deliveries.repeats > 0 || plan.blows.length > 0;
  const { excess } = simulation.places;
  if (excess > 0 && !isRepeated)
    violations.push({ invariant: 'places', seen: placesSeen(excess, plan.maxInstances), job: 'all jobs' });
  return {
    seed,
    violations,
    digest: scheduler.trace.digest,
    steps: scheduler.steps,
    faults: weather.faults + deliveries.repeats,
    states,
    trace: scheduler.trace.lines,
    dump:
      halt === 'done' || halt === 'idle'
        ? []
        : [...simulation.runtime.running, ...scheduler.waiting.slice(0, 50)],
  };
}

function endless(steps: number, state: JobState | undefined): string {
  return state !== undefined && isEnded(state)
    ? `The job is ${state}, and something of it or of others is still at work after ${steps} steps.`
    : `The job is ${state ?? 'not made'} after ${steps} steps.`;
}

function placesSeen(excess: number, most: number): string {
  return `${excess} instances were at work at once, and the compute has ${most}.`;
}
