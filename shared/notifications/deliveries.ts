import { isFailure } from '../errors/batchpointError';
import { withoutSecrets } from '../errors/withoutSecrets';
import type { Row } from '../stores/tableStore';
import { askedPause, pauseAfter, triedFor } from './backOff';
import { dueKey, timeOfDue, type DueNotification, type Outbox } from './outbox';
import { post, type PostResult, type PostRules } from './post';
import { requestOf } from './requestOf';
import type { SentNotification } from './sentNotification';

/** What deliveries work with. */
export interface DeliveryContext {
  readonly outbox: Outbox;
  readonly rules: PostRules;
  /** A token of the identity of the app. */
  readonly token: (scope: string) => Promise<string>;
  readonly now: () => Date;
  readonly newId: () => string;
  /** A number from 0 to 1. */
  readonly random: () => number;
}

/** Tries that run at once in this process, and of those, to one host: one that hangs holds up no other. */
const mostAtOnce = 64;
const mostToOneHost = 4;

/** So many of those that are due are looked at in one go. */
const mostInALook = 20_000;

/** A row that says that something is due, and that fits nothing, is left alone for so many milliseconds. */
const youngFor = 60_000;

/** So many milliseconds beyond the longest try nobody else begins one. */
const claimMargin = 20_000;

/** What became of a try; one that is final is not repeated. */
type Attempt = PostResult & { readonly isFinal?: true };

/** Tells those who are to be told, and tries again where that fails. */
export class Deliveries {
  private readonly underWay = new Map<string, Promise<void>>();
  private readonly byHost = new Map<string, number>();

  constructor(private readonly context: DeliveryContext) {}

  /**
   * Begins to deliver what is due, as far as not too much is under way, and goes on as that ends, until nothing is left
   * or the time is over. What is under way then goes on by itself: a host that hangs keeps no look at the others waiting.
   */
  async deliverDue(milliseconds: number, report: (error: unknown) => void): Promise<void> {
    const end = performance.now() + milliseconds;
    const byHost = await this.dueByHost();
    do {
      for (const [host, waiting] of byHost) if (!this.beginAsMayBe(waiting, report)) byHost.delete(host);
    } while ((await this.oneEnds(end)) && byHost.size > 0);
    while (await this.oneEnds(end));
  }

  /** What is due by the host that it goes to, the one that waits longest last. */
  private async dueByHost(): Promise<Map<string, DueNotification[]>> {
    const byHost = new Map<string, DueNotification[]>();
    let count = 0;
    for await (const due of this.context.outbox.due()) {
      const others = byHost.get(due.host);
      if (others === undefined) byHost.set(due.host, [due]);
      else others.push(due);
      if (++count >= mostInALook) break;
    }
    for (const waiting of byHost.values()) waiting.reverse();
    return byHost;
  }

  /** Begins tries from the end of a list, as many as may be; says whether any are left. */
  private beginAsMayBe(waiting: DueNotification[], report: (error: unknown) => void): boolean {
    for (let next = waiting.at(-1); next !== undefined; next = waiting.at(-1)) {
      if (!this.underWay.has(next.id) && !this.begin(next, report)) return true;
      waiting.pop();
    }
    return false;
  }

  /** Begins a try, unless as many to that host are under way as may be; says whether it has. */
  begin(due: DueNotification, report: (error: unknown) => void): boolean {
    const { id, host } = due;
    const toHost = this.byHost.get(host) ?? 0;
    if (this.underWay.has(id) || toHost >= mostToOneHost || this.underWay.size >= mostAtOnce) return false;
    this.byHost.set(host, toHost + 1);
    const work = this.deliver(due)
      .catch(report)
      .finally(() => {
        this.underWay.delete(id);
        const left = (this.byHost.get(host) ?? 1) - 1;
        if (left === 0) this.byHost.delete(host);
        else this.byHost.set(host, left);
      });
    this.underWay.set(id, work);
    return true;
  }

  /** Waits until one of those under way has ended; not so where the time is over before, or none is. */
  private async oneEnds(end: number): Promise<boolean> {
    if (this.underWay.size === 0) return false;
    let timer: NodeJS.Timeout | undefined;
    const over = new Promise<false>((resolve) => {
      timer = setTimeout(() => resolve(false), Math.max(0, end - performance.now()));
    });
    const ended = Promise.race(this.underWay.values()).then(() => true);
    return Promise.race([ended, over]).finally(() => clearTimeout(timer));
  }

  /** One try, by whoever claims it; a row that says that something is due and is of no use any more goes. */
  private async deliver({ row, id }: DueNotification): Promise<void> {
    const { outbox, now } = this.context;
    const read = await outbox.find(id);
    if (read?.value.due !== row) return this.forgetOld(row);
    if (isClaimed(read.value, now(), this.claimTime)) return;
    const claimed = await this.claim(read);
    if (claimed === undefined) return;
    await outbox.replace(claimed, this.after(claimed.value, await this.attempt(claimed.value)));
  }

  /** Whoever has just written such a row may be about to write that it counts. */
  private async forgetOld(row: string): Promise<void> {
    const age = Math.abs(this.context.now().getTime() - timeOfDue(row));
    if (age > youngFor) await this.context.outbox.forgetDue(row);
  }

  /** Writes down that a try begins; of several who want to, one does. */
  private async claim(read: Row<SentNotification>): Promise<Row<SentNotification> | undefined> {
    const { outbox, now, newId } = this.context;
    const until = new Date(now().getTime() + this.claimTime).toISOString();
    const claim = { by: newId(), until };
    if (!(await outbox.replace(read, { ...read.value, claim }))) return undefined;
    const claimed = await outbox.find(read.value.id);
    return claimed?.value.claim?.by === claim.by ? claimed : undefined;
  }

  private get claimTime(): number {
    return this.context.rules.milliseconds + claimMargin;
  }

  private async attempt(sent: SentNotification): Promise<Attempt> {
    const { outbox, rules, now, token } = this.context;
    const notification = await outbox.notificationOf(sent);
    if (notification === undefined)
      return { failed: 'its job was removed, and with it what it is signed with', isFinal: true };
    const { id, message } = sent;
    try {
      return await post(await requestOf(notification, { id, message, now: now(), token }), rules);
    } catch (error) {
      // A token could not be had: that may pass.
      return { failed: isFailure(error) ? error.message : String(error) };
    }
  }

  /** The notification after a try. */
  private after(sent: SentNotification, result: Attempt): SentNotification {
    const { now, random } = this.context;
    const { claim, due, nextTryAt, lastError, ...rest } = sent;
    const time = now();
    const at = time.toISOString();
    const tries = sent.round.tries + 1;
    const told = {
      ...rest,
      tries: sent.tries + 1,
      round: { ...sent.round, tries },
      lastTryAt: at,
    };
    const reason = reasonOf(result);
    if (reason === undefined) return { ...told, status: 'Delivered', endedAt: at };
    const asked = askedPause('status' in result ? result.retryAfter : undefined, time);
    const next = new Date(time.getTime() + Math.max(pauseAfter(tries, random()), asked));
    const isGone = 'status' in result ? result.status === 410 : result.isFinal === true;
    const isOver = next.getTime() - Date.parse(sent.round.since) > triedFor;
    if (isGone || isOver) return { ...told, status: 'Dead', endedAt: at, lastError: reason };
    return { ...told, lastError: reason, due: dueKey(next, sent.id), nextTryAt: next.toISOString() };
  }
}

/** Whether somebody is at a try. A claim that is longer than any was made by a clock that has been set back since. */
function isClaimed({ claim }: SentNotification, now: Date, longest: number): boolean {
  if (claim === undefined) return false;
  const left = Date.parse(claim.until) - now.getTime();
  return left > 0 && left <= longest;
}

/** Why a try has failed; `undefined` where it has not. */
function reasonOf(result: Attempt): string | undefined {
  if ('failed' in result) return withoutSecrets(result.failed);
  const { status, errorCode } = result;
  if (status >= 200 && status < 300) return undefined;
  const code = errorCode === undefined ? '' : ` (${withoutSecrets(errorCode)})`;
  const redirect = status >= 300 && status < 400 ? ', and redirects are not followed' : '';
  return `the answer was ${status}${code}${redirect}`;
}
