import { jobKey } from '../../shared/jobs/jobKeys';
import type { JobSpec } from '../../shared/jobs/jobSpec';
import type { Random } from '../chaos/seeds';
import type { QueueFaults } from './durable/deliveries';
import { memoryRoot } from './realm/memoryFiles';
import { oneOf } from './realm/random';
import type { Forecast, Spans } from './stores/weather';
import type { Script } from './workers/script';
import type { InputFolder } from './workers/simulatedInput';

/** A job, and what is done to it. Times are virtual milliseconds. */
export interface PlannedJob {
  readonly spec: JobSpec;
  readonly input: InputFolder;
  readonly script: Script;
  readonly invokedAt: number;
  /** So often it is invoked at once, by the same request. */
  readonly invocations: number;
  readonly cancelledAt: number | undefined;
  /** When somebody else puts a file where its output is to go. */
  readonly foreignAt: number | undefined;
}

/** What happens to a host, at a time or at the so-manieth write to the stores. */
export interface Blow {
  readonly kind: 'kill' | 'stop';
  readonly at: number | undefined;
  readonly write: number | undefined;
  /** Milliseconds until it is up again, or goes on. */
  readonly milliseconds: number;
}

/** All that a seed has decided before the first thing happens. */
export interface Plan {
  readonly isCalm: boolean;
  readonly hosts: number;
  readonly workersPerHost: number;
  /** `max_instances` of the compute that all jobs share. */
  readonly maxInstances: number;
  readonly claimSeconds: number;
  readonly activitySeconds: number | undefined;
  /** Milliseconds that the clocks of hosts are wrong by, and jump to in the middle. */
  readonly clocks: readonly number[];
  readonly forecast: Forecast;
  readonly queue: QueueFaults;
  readonly blows: readonly Blow[];
  readonly jobs: readonly PlannedJob[];
}

/** Draws a plan. One in eight is calm: then all has to go well. */
export function drawPlan(random: Random): Plan {
  const isCalm = random.chance(1 / 8);
  const calmFrom = isCalm ? 0 : 2_000 + random.next() * 60_000;
  const rate = (most: number): number => (isCalm || random.chance(0.4) ? 0 : random.next() ** 2 * most);
  const timeoutSeconds = oneOf(random, [2, 10, 30]);
  return {
    isCalm,
    hosts: random.between(1, 3),
    workersPerHost: random.between(1, 3),
    maxInstances: random.between(1, 3),
    claimSeconds: oneOf(random, [0.02, 0.2, 2]),
    activitySeconds: random.chance(0.3) ? timeoutSeconds + 30 + random.between(0, 20) : undefined,
    clocks: [0, 0, 0].map(() => (isCalm || random.chance(0.6) ? 0 : random.between(-90_000, 90_000))),
    forecast: {
      faults: { refused: rate(0.1), unanswered: rate(0.1), repeated: rate(0.3), cutOff: rate(0.1) },
      outages: isCalm || random.chance(0.7) ? [] : spans(random, calmFrom),
      full: isCalm || random.chance(0.85) ? [] : spans(random, 30_000),
      calmFrom,
      latency: oneOf(random, [2, 10]),
    },
    queue: {
      twice: rate(0.4),
      late: rate(0.4),
      failsWithHost: random.next(),
      visibility: oneOf(random, [2_000, 15_000]),
      calmFrom,
    },
    blows: isCalm ? [] : drawBlows(random, calmFrom),
    jobs: drawJobs(random, { isCalm, calmFrom, timeoutSeconds }),
  };
}

function spans(random: Random, until: number): Spans {
  return Array.from({ length: random.between(1, 2) }, () => {
    const from = random.next() ** 2 * until;
    return { from, to: from + random.next() ** 2 * 60_000 };
  });
}

function drawBlows(random: Random, until: number): Blow[] {
  return Array.from({ length: random.pick([0, 0, 1, 1, 2, 4]) }, () => {
    const isAtWrite = random.chance(0.7);
    return {
      kind: random.pick(['kill', 'kill', 'stop']),
      at: isAtWrite ? undefined : random.next() ** 2 * until,
      write: isAtWrite ? random.between(1, 60) : undefined,
      milliseconds: oneOf(random, [200, 5_000, 90_000]) * (0.5 + random.next()),
    };
  });
}

interface JobsDrawn {
  readonly isCalm: boolean;
  readonly calmFrom: number;
  readonly timeoutSeconds: number;
}

function drawJobs(random: Random, drawn: JobsDrawn): PlannedJob[] {
  const first = drawJob(random, drawn, 0);
  if (random.chance(0.8)) return [first];
  const second = drawJob(random, drawn, 1);
  // Two jobs that want the same place for their output.
  const output = random.chance(0.5) ? first.spec.output : second.spec.output;
  return [first, { ...second, spec: { ...second.spec, output } }];
}

function drawJob(random: Random, drawn: JobsDrawn, number: number): PlannedJob {
  const { isCalm, calmFrom, timeoutSeconds } = drawn;
  const names = Array.from({ length: random.between(1, 9) }, (_, i) => `f${String(i).padStart(2, '0')}`);
  const some = (probability: number): ReadonlySet<string> =>
    new Set(names.filter(() => random.chance(probability)));
  const failing = isCalm && random.chance(0.5) ? 0 : random.pick([0, 0, 0, 0.1, 0.3]);
  const faulty = !isCalm && random.chance(0.4);
  const changes = !isCalm && random.chance(0.3);
  const changedAt = random.next() * 200;
  const later = changes ? names.filter(() => random.chance(0.7)) : names;
  const path = `${memoryRoot}/input${number}`;
  const folder: InputFolder = {
    path,
    listed: (time) => (time < changedAt ? names : later),
    vanished: some(failing / 2),
    isInPlace: random.chance(0.5),
  };
  const chance = {
    raises: random.next() ** 2 * 0.4,
    hangs: random.next() ** 2 * 0.1,
    dies: random.next() * 0.6,
    calmFrom,
  };
  return {
    spec: specOf(random, { number, path, timeoutSeconds }),
    input: folder,
    script: {
      rowsOf: (file) =>
        [`${file}#0,${number}`, ...(file.endsWith('3') ? [`${file}#1,x`] : [])].join('\n').concat('\n'),
      raises: some(failing / 2),
      skips: some(failing / 2),
      milliseconds: oneOf(random, [1, 20, 400]),
      chance: faulty ? chance : { raises: 0, hangs: 0, dies: 0, calmFrom },
    },
    invokedAt: number === 0 ? 0 : random.next() ** 2 * 2_000,
    invocations: random.chance(0.7) ? 1 : random.between(2, 4),
    cancelledAt: isCalm || random.chance(0.75) ? undefined : random.next() ** 2 * 10_000,
    foreignAt: isCalm || random.chance(0.92) ? undefined : random.next() ** 2 * 3_000,
  };
}

function specOf(
  random: Random,
  { number, path, timeoutSeconds }: { number: number; path: string; timeoutSeconds: number },
): JobSpec {
  const name = `job-${number}`;
  return {
    name,
    key: jobKey(name),
    createdAt: '2026-01-01T00:00:00.000Z',
    attempt: `attempt-${number}`,
    caller: 'somebody',
    tags: {},
    properties: {},
    endpoint: 'endpoint',
    deployment: 'deployment',
    model: { name: 'model', version: '1' },
    code: { name: 'code', version: '1', scoringScript: 'score.py' },
    compute: 'compute',
    maxInstances: 4,
    input: { kind: 'local', type: 'folder', path },
    inputUri: `file://${path}`,
    output: { kind: 'datastore', datastore: 'outputs', folder: name, fileName: 'predictions.csv' },
    settings: {
      miniBatchSize: random.between(1, 3),
      errorThreshold: random.pick([-1, -1, -1, 0, 1, 3]),
      loggingLevel: 'Info',
      instanceCount: random.between(1, 2),
      maxConcurrencyPerInstance: random.between(1, 2),
      outputAction: 'AppendRow',
      outputFileName: 'predictions.csv',
      maxTries: random.between(1, 3),
      timeoutSeconds,
      environmentVariables: {},
    },
    warnings: [],
  };
}
