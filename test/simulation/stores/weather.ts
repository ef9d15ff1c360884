import { failure } from '../../../shared/errors/batchpointError';
import type { Scheduler } from '../realm/scheduler';

/** How badly the stores answer, as probabilities of one request. */
export interface Faults {
  /** It fails before it is done. */
  readonly refused: number;
  /** It is done, and its answer is lost. */
  readonly unanswered: number;
  /** It is done, the answer is lost, and the client sends it again by itself. */
  readonly repeated: number;
  /** What is read ends before its end. */
  readonly cutOff: number;
}

/** Stretches of virtual milliseconds. */
export type Spans = readonly { readonly from: number; readonly to: number }[];

/** What a seed has in store for those who ask the stores. */
export interface Forecast {
  readonly faults: Faults;
  /** When nothing is answered but errors. */
  readonly outages: Spans;
  /** When there is no room for another blob. */
  readonly full: Spans;
  /** From then on all goes well. */
  readonly calmFrom: number;
  /** Milliseconds that a request takes, usually. */
  readonly latency: number;
}

/** What is to become of a request. */
export type Fate = 'done' | 'refused' | 'unanswered' | 'repeated' | 'full' | 'cut off';

/** What is asked for. Rows and small blobs are sent again by the clients of a service where an answer is lost. */
export type Asked = 'read' | 'stream' | 'removal' | 'rows' | 'blob' | 'large blob';

/** Decides by the seed what becomes of each request. */
export class Weather {
  /** Requests that did not go well, so far. */
  faults = 0;

  constructor(
    private readonly scheduler: Scheduler,
    readonly forecast: Forecast,
  ) {}

  get isCalm(): boolean {
    return this.scheduler.time >= this.forecast.calmFrom;
  }

  fate(asked: Asked): Fate {
    const fate = this.drawn(asked);
    if (fate !== 'done') this.faults++;
    return fate;
  }

  private drawn(asked: Asked): Fate {
    const { faults, outages, full } = this.forecast;
    if ((asked === 'blob' || asked === 'large blob') && this.isIn(full)) return 'full';
    if (this.isCalm) return 'done';
    if (this.isIn(outages)) return 'refused';
    const { refused, unanswered, repeated, cutOff } = faults;
    let draw = this.scheduler.random.next();
    const falls = (probability: number): boolean => (draw -= probability) < 0;
    if (falls(refused)) return 'refused';
    if (falls(unanswered)) return 'unanswered';
    if (falls(repeated)) return asked === 'rows' || asked === 'blob' ? 'repeated' : 'done';
    if (falls(cutOff)) return asked === 'stream' ? 'cut off' : 'done';
    return 'done';
  }

  private isIn(spans: Spans): boolean {
    return spans.some(({ from, to }) => this.scheduler.time >= from && this.scheduler.time < to);
  }
}

/** The error of a fate that is not good. */
export function errorOf(fate: Fate, store: string): Error {
  if (fate === 'full') return failure('StoreFull', { store, reason: 'the simulated disk is full' });
  return failure('StoreUnavailable', { store, reason: `the simulated store has it ${fate}` });
}
