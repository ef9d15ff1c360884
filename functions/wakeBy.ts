import type { DurableClient } from 'durable-functions';
import { placeEvent } from '../shared/domain/functionNames';
import type { Wake } from '../shared/places/places';

/**
 * Tells orchestrations that they need not wait for a place any longer. Where one cannot be told, as it has ended or the host
 * does not answer, nothing is lost: it finds out by itself, later.
 */
export function wakeBy(client: () => DurableClient): Wake {
  return async (instances) => {
    await Promise.allSettled(
      // An event without data is refused.
      instances.map(async (id) => client().raiseEvent(id, placeEvent, {})),
    );
  };
}
