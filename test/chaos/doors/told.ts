import { pathToFileURL } from 'node:url';
import type { Violation } from '../checker/violation';
import { isGone } from '../host/runJob';
import type { Step } from '../host/steps';
import type { Result, Scenario } from '../scenario';
import { Random } from '../seeds';
import { endpoint, killsAt, type DoorHost } from './doorHost';
import { Receiver } from './receiver';

/** The steps in the order in which the end of a job comes to them. */
const steps: readonly Step[] = ['ended', 'outboxed', 'dueNoted', 'takenIn', 'telling', 'told', 'told'];

/** Waves of jobs until the host was killed at all steps. */
const mostWaves = 30;

/** By so many milliseconds the clock jumps at each kill: those who died at a try are not waited for longer. */
const jump = 60_000;

/** Seconds that are waited before the clock jumps on, and how often it does. */
const shortWait = 2;
const mostJumps = 14;

/** Jobs end while the host is killed at every step from there to the receiver, who also refuses one in four. */
export function told(doors: DoorHost): Scenario {
  return {
    name: 'told',
    fault:
      'kill -9 of the host at each step from the end of a job to whoever is told, who answers 500 at times',
    weight: 2,
    run: async (seed) => {
      const random = new Random(seed);
      const number = await doors.begin();
      const receiver = await Receiver.open(random);
      try {
        return await runTold(doors, receiver, number, random);
      } finally {
        receiver.close();
      }
    },
    close: () => doors.close(),
  };
}

async function runTold(doors: DoorHost, receiver: Receiver, number: number, random: Random): Promise<Result> {
  const { chaos } = doors;
  const killsBefore = chaos.kills;
  const jobs: string[] = [];
  const areTold = (): boolean => jobs.every((job) => receiver.of(job).some(({ taken }) => taken));
  chaos.order(killsAt(steps, random));
  let done = true;
  for (let wave = 0; done && wave < mostWaves && (wave === 0 || chaos.openOrders > 0); wave++) {
    const names = Array.from({ length: random.between(1, 3) }, (_, i) => `told-${number}-${wave}-${i}`);
    jobs.push(...names);
    for (const name of names) await invoked(doors, name, receiver);
    done = await doors.until(areTold, jump, shortWait);
    // What was refused comes again after a time, and what a dead host was at.
    for (let again = 1; !done && again <= mostJumps; again++) {
      await doors.goOn(jump);
      done = await doors.until(areTold, jump, shortWait + again);
    }
  }
  const open = chaos.openOrders;
  chaos.order([]);
  await doors.goOn(jump);
  await doors.quiet();
  const violations = check(jobs, receiver);
  if (open > 0 && violations.length === 0)
    violations.push({ invariant: 'I12', seen: `the host did not come to ${open} of the steps` });
  const refused = receiver.received.filter(({ taken }) => !taken).length;
  const text = `${jobs.length} jobs, ${receiver.received.length} messages, ${refused} refused`;
  return { violations, told: text, jobs: jobs.length, faults: chaos.kills - killsBefore };
}

/** Invokes as a client does that wants one job: again with the same id, until it has an answer. */
async function invoked(doors: DoorHost, name: string, receiver: Receiver): Promise<void> {
  const { product } = doors;
  const path = product.write(`told/${name}/one.txt`, name);
  const dataset = { dataInputType: 'DataUrl', path: pathToFileURL(path).href };
  const secret = `whsec_${Buffer.alloc(32, 7).toString('base64')}`;
  const notifications = [{ notificationType: 'Webhook', url: receiver.url, secret }];
  const properties = { dataset, name, notifications };
  const headers = { 'Repeatability-Request-ID': name };
  await doors.until(async () => {
    try {
      await product.ask('POST', `/batchEndpoints/${endpoint}/jobs`, { properties }, headers);
      return true;
    } catch (error) {
      if (!isGone(error)) throw error;
      return false;
    }
  }, jump);
}

function check(jobs: readonly string[], { received }: Receiver): Violation[] {
  const seen: string[] = [];
  const ids = new Map<string, string>();
  for (const job of jobs) {
    const own = received.filter(({ message }) => message.data.job === job);
    if (!own.some(({ taken }) => taken)) seen.push(`nobody was told of ${job}`);
    if (new Set(own.map(({ id }) => id)).size > 1) seen.push(`${job} was told under several ids`);
    for (const { id, message } of own) {
      if (message.type !== 'batchpoint.job.completed') seen.push(`${job} was told to be ${message.type}`);
      const other = ids.get(id) ?? job;
      if (other !== job) seen.push(`${job} and ${other} were told under one id`);
      ids.set(id, job);
    }
  }
  const strangers = received.filter(({ message }) => !jobs.includes(message.data.job));
  seen.push(...strangers.map(({ message }) => `${message.data.job} was told, and nobody asked for it`));
  return seen.map((one) => ({ invariant: 'I12', seen: one }));
}
