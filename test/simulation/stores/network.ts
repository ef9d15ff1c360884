import { latency } from '../realm/random';
import type { Process, Scheduler } from '../realm/scheduler';
import { errorOf, type Asked, type Fate, type Weather } from './weather';

/** A request to a store: what it is for the trace, and what becomes of it. */
export interface Request<T> {
  readonly label: string;
  readonly asked: Asked;
  readonly store: string;
  readonly deed: (fate: Fate) => Promise<T>;
}

/** The way between hosts and stores: requests and answers take their time, and what the weather decides befalls them. */
export class Network {
  constructor(
    private readonly scheduler: Scheduler,
    readonly weather: Weather,
  ) {}

  send<T>({ label, asked, store, deed }: Request<T>): Promise<T> {
    const { scheduler, weather } = this;
    const from = scheduler.process;
    const fate = weather.fate(asked);
    return new Promise<T>((resolve, reject) => {
      const refuse = (): void => reject(errorOf(fate, store));
      const answered: Answer<T> =
        fate === 'unanswered' ? { done: refuse, failed: refuse } : { done: resolve, failed: reject };
      const arrive = (times: number): void => {
        if (fate === 'refused' || fate === 'full') return this.answer(from, label, refuse);
        const done = this.doneBy(from, () => deed(fate));
        if (times > 1) {
          done.catch(() => undefined);
          this.travel(from, `${label} again`, () => arrive(times - 1));
        } else
          done.then(
            (value) => this.answer(from, label, () => answered.done(value)),
            (error: unknown) => this.answer(from, label, () => answered.failed(error)),
          );
      };
      this.travel(from, shown(label, fate), () => arrive(fate === 'repeated' ? 2 : 1));
    });
  }

  /** A request that is under way outlives its sender, or gets lost with it. */
  private travel(from: Process | undefined, label: string, arrive: () => void): void {
    const { scheduler, weather } = this;
    const whole = `${from?.name ?? 'client'} ${label}`;
    const act = (): void => {
      if (from?.alive !== false || scheduler.random.chance(0.5)) arrive();
    };
    scheduler.outside(latency(scheduler.random, weather.forecast.latency), whole, act);
  }

  private doneBy<T>(process: Process | undefined, deed: () => Promise<T>): Promise<T> {
    return process === undefined ? deed() : this.scheduler.within(process, deed);
  }

  /** Answers are mostly quick; a slow one leaves time for others in between. */
  private answer(to: Process | undefined, label: string, give: () => void): void {
    const { scheduler, weather } = this;
    if (to?.alive === false) return;
    if (!scheduler.random.chance(0.3)) return give();
    scheduler.after(latency(scheduler.random, weather.forecast.latency), `${label} answered`, give, to);
  }
}

interface Answer<T> {
  readonly done: (value: T) => void;
  readonly failed: (error: unknown) => void;
}

function shown(label: string, fate: Fate): string {
  return fate === 'done' ? label : `${label} (${fate})`;
}
