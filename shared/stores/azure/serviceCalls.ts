import { failure } from '../../errors/batchpointError';
import { azureFailure, hasCode } from './azureErrors';

/** How often a call is made that is not answered, or of which the answer breaks off, within its limit. */
const mostTries = 4;

/** Calls to one service, under a time limit, whose errors are those of the catalogue. */
export class ServiceCalls {
  /** `store` is its URL for messages; `limit` the milliseconds that one call may take, with all its tries. */
  constructor(
    readonly store: string,
    readonly limit: number,
  ) {}

  /**
   * Makes a call. Errors come as the Azure packages throw them, so that the caller can look at their codes.
   *
   * The packages wait for an answer as long as the connection stands, which on a dead network is for ever, and give a
   * call up whose answer breaks off: hence the limit, and hence such a call is made again, with a new `signal` that it
   * must pass on. What streams after the answer is not limited.
   */
  async tell<T>(call: (signal: AbortSignal) => Promise<T>): Promise<T> {
    const deadline = performance.now() + this.limit;
    for (let left = mostTries; ; left -= 1) {
      try {
        return await this.tryOnce(call, (deadline - performance.now()) / left);
      } catch (error) {
        const isUnheard = error instanceof Silence || hasCode(error, 'PARSE_ERROR');
        if (isUnheard && left > 1) continue;
        if (!(error instanceof Silence)) throw error;
        const reason = `there was no answer within ${this.limit / 1000} s`;
        throw failure('StoreUnavailable', { store: this.store, reason });
      }
    }
  }

  /** Makes a call, and reports its error. */
  async ask<T>(call: (signal: AbortSignal) => Promise<T>): Promise<T> {
    try {
      return await this.tell(call);
    } catch (error) {
      throw azureFailure(error, this.store);
    }
  }

  private async tryOnce<T>(call: (signal: AbortSignal) => Promise<T>, patience: number): Promise<T> {
    const control = new AbortController();
    const timer = setTimeout(() => control.abort(), patience);
    try {
      return await call(control.signal);
    } catch (error) {
      throw control.signal.aborted ? new Silence() : error;
    } finally {
      clearTimeout(timer);
    }
  }
}

/** There was no answer in time. */
class Silence extends Error {}
