import type { DatabaseSync } from 'node:sqlite';
import { DurableStore } from '../../local/durable/store/durableStore';
import type { Timer } from '../../local/durable/store/timerTable';
import { activityNames, orchestrationNames } from '../../shared/domain/functionNames';
import type { Instance } from '../../local/durable/store/instanceTable';
import { InProcessHost } from './hostInProcess';

/** What an activity is asked: its input, and how often it was asked the same before. */
export interface AskedActivity {
  readonly name: keyof typeof activityNames;
  readonly lane: number;
  readonly sequence: number;
  readonly before: number;
}

/** What an activity answers, or the error that it fails with. */
export type AnswerActivity = (asked: AskedActivity) => object | Error;

/** A store in which timers are due at once, and which notes how long every history was at its longest. */
class WatchedStore extends DurableStore {
  /** Events of the histories, by instance. */
  readonly lengths = new Map<string, number>();
  /** The longest that each kind of orchestration had. */
  readonly longest = new Map<string, number>();

  constructor(database: DatabaseSync) {
    super(database);
    const { history, timers } = this;
    const append = history.append.bind(history);
    history.append = (instance, turn, events) => {
      append(instance, turn, events);
      const added = (JSON.parse(`[${events}]`) as unknown[]).length;
      const length = (turn === 0 ? 0 : (this.lengths.get(instance) ?? 0)) + added;
      this.lengths.set(instance, length);
      const name = this.instances.get(instance)?.name ?? '';
      this.longest.set(name, Math.max(length, this.longest.get(name) ?? 0));
    };
    const add = timers.add.bind(timers);
    timers.add = (timer: Timer) => add({ ...timer, fireAt: new Date(0).toISOString() });
  }
}

/** How a job went through its orchestrations. */
export interface JobRunThrough {
  readonly instance: Instance;
  /** Events of the longest history, by the name of the orchestration. */
  readonly longest: ReadonlyMap<string, number>;
  /** How often each activity was asked. */
  readonly asked: ReadonlyMap<string, number>;
}

/**
 * Runs the product's orchestrations on the engine of the embedded host, with activities that answer as a test says. Time
 * does not pass: what waits for a timer goes on at once.
 */
export async function runJob(answer: AnswerActivity): Promise<JobRunThrough> {
  const asked = new Map<string, number>();
  const times = new Map<string, number>();
  let store: WatchedStore | undefined;
  const host = new InProcessHost(
    (df) => {
      for (const name of Object.values(orchestrationNames)) {
        const module = jest.requireActual<Record<string, never>>(`../../orchestrations/${name}`);
        df.app.orchestration(name, module[name] as never);
      }
      for (const name of Object.values(activityNames)) {
        df.app.activity(name, {
          handler: (input: { lane?: number; sequence?: number }) => {
            const { lane = -1, sequence = -1 } = input;
            const key = `${name}:${lane}:${sequence}`;
            const before = times.get(key) ?? 0;
            times.set(key, before + 1);
            asked.set(name, (asked.get(name) ?? 0) + 1);
            const said = answer({ name, lane, sequence, before });
            if (said instanceof Error) throw said;
            return said;
          },
        });
      }
    },
    { makeStore: (database) => (store = new WatchedStore(database)) },
  );
  try {
    const instance = await host.run(orchestrationNames.scoreJob, { job: 'a-job', start: 1 }, 'job-a');
    return { instance, longest: store?.longest ?? new Map(), asked };
  } finally {
    host.close();
  }
}
