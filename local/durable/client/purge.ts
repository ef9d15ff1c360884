import type { DurableStore } from '../store/durableStore';
import { isUnfinished } from '../store/instanceTable';
import { empty, json, type ApiResponse } from './apiMessages';
import { filterOf } from './readStatus';

const page = 500;

/** DELETE instances/{id}: forgets an instance that is over. */
export function purgeOne(store: DurableStore, id: string): ApiResponse {
  const instance = store.instances.get(id);
  if (instance === undefined) return empty(404);
  if (isUnfinished(instance.status)) {
    const text =
      'Only orchestrations in a terminal state can be purged, but the orchestration with instance ID ' +
      `${id} has status ${instance.status}`;
    return json(412, text);
  }
  store.remove(id);
  return json(200, { instancesDeleted: 1 });
}

/** DELETE instances: forgets the instances of a filter that are over. */
export function purgeMany(store: DurableStore, query: URLSearchParams): ApiResponse {
  const filter = filterOf(query);
  let deleted = 0;
  let fromId: string | undefined = '';
  while (fromId !== undefined) {
    const found = store.instances.list({ ...filter, fromId }, page + 1);
    fromId = found[page]?.id;
    for (const { id, status } of found.slice(0, page)) {
      if (isUnfinished(status)) continue;
      store.remove(id);
      deleted += 1;
    }
  }
  return deleted === 0 ? empty(404) : json(200, { instancesDeleted: deleted });
}
