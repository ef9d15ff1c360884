import type { FollowUp } from '../jobs/retireJob';
import type { Deliveries } from './deliveries';
import type { Outbox } from './outbox';

/** Takes in what is to be told of a job that has ended, and tells it at once; nobody waits for that. */
export function tellOfEnd({
  outbox,
  deliveries,
}: {
  readonly outbox: Outbox;
  readonly deliveries: Deliveries;
}): FollowUp {
  return async (job) => {
    // What goes wrong here the timer does again, and tells of.
    for (const due of await outbox.take(job)) deliveries.begin(due, () => undefined);
  };
}
