import { isEnded } from '../../shared/domain/jobState';
import { isFailure } from '../../shared/errors/batchpointError';
import { recoverJobs, startJob, type Orchestrations } from '../../shared/jobs/recoverJobs';
import type { JobSpec } from '../../shared/jobs/jobSpec';
import type { Engine, SimulatedHost } from './host';
import type { Scheduler } from './realm/scheduler';

/** What those who use a service have before them. */
export interface Service {
  readonly scheduler: Scheduler;
  /** A host that is up, or none. */
  readonly host: () => SimulatedHost | undefined;
  readonly orchestrations: Orchestrations;
}

/** How long somebody waits for an answer, in milliseconds, before asking again. */
const patience = 5_000;

/** Asks for a job until the answer comes: it is made, and started. */
export function askForJob(service: Service, spec: JobSpec): void {
  ask(service, `invoke ${spec.name}`, (engine) => invokeJob(engine, service.orchestrations, spec));
}

/** Asks for the end of a job until there is an answer; it may be that this cannot be done any more. */
export function askForEnd(service: Service, name: string): void {
  ask(service, `cancel ${name}`, async ({ jobs }) => {
    await jobs.cancel(name, 'somebody').catch((error: unknown) => {
      if (!isFailure(error, 'JobNotCancellable') && !isFailure(error, 'ResourceNotFound')) throw error;
    });
  });
}

/** Looks after jobs once, as the timer of a host does it. What goes wrong is left to the next time. */
export function lookAfterJobs({ scheduler, host, orchestrations }: Service): void {
  const found = host();
  if (found === undefined) return;
  const { process, engine } = found;
  scheduler.within(process, () => {
    recoverJobs({ ...engine, followUps: [], report: () => undefined }, orchestrations).catch(
      unlessUnavailable,
    );
  });
}

/** Makes and starts a job, in the steps of the app. */
async function invokeJob(engine: Engine, orchestrations: Orchestrations, spec: JobSpec): Promise<void> {
  const { jobs, index } = engine;
  let job = await jobs.find(spec.name);
  if (job === undefined) {
    await index.activate(spec);
    await jobs.create(spec);
    job = await jobs.get(spec.name);
    await Promise.all([index.list(spec), engine.places.enter(spec)]);
  }
  if (!isEnded(job.run.state) && job.run.start === 0) await startJob(jobs, orchestrations, job);
}

function ask(service: Service, label: string, deed: (engine: Engine) => Promise<void>): void {
  const { scheduler, host } = service;
  const found = host();
  let isAnswered = false;
  scheduler.outside(patience, `${label} again`, () => {
    if (!isAnswered) ask(service, label, deed);
  });
  if (found === undefined) return;
  scheduler.within(found.process, () => {
    deed(found.engine).then(() => (isAnswered = true), unlessUnavailable);
  });
}

function unlessUnavailable(error: unknown): void {
  if (!isFailure(error) || !error.retryable) throw error;
}
