import type { Effects } from '../engine/effects';
import { eventType, type HistoryEvent } from '../history/historyEvent';
import { eventRaised, executionTerminated, suspensionChanged } from '../history/makeEvent';
import type { DurableStore } from '../store/durableStore';
import { isUnfinished, type Instance } from '../store/instanceTable';
import { compactJson, empty, invalidState, json, type ApiRequest, type ApiResponse } from './apiMessages';
import { rewind } from './rewind';

/** What the operations on one instance work with. */
export interface Steering {
  readonly store: DurableStore;
  readonly effects: Effects;
  readonly at: string;
}

/** POST instances/{id}/raiseEvent/{name} */
export function raiseEvent(id: string, name: string, request: ApiRequest, steering: Steering): ApiResponse {
  if (request.contentType?.split(';')[0]?.trim().toLowerCase() !== 'application/json') {
    return json(400, { Message: 'Only application/json request content is supported' });
  }
  return send(id, steering, () => {
    const body = compactJson(request.body);
    return 'refused' in body ? body.refused : eventRaised(name, body.text, steering.at);
  });
}

/** POST instances/{id}/terminate */
export function terminate(id: string, request: ApiRequest, steering: Steering): ApiResponse {
  return send(id, steering, () => executionTerminated(reasonOf(request), steering.at));
}

/** POST instances/{id}/suspend */
export function suspend(id: string, request: ApiRequest, steering: Steering): ApiResponse {
  return send(id, steering, (instance) =>
    instance.status === 'Suspended'
      ? invalidState(stateText('suspend', instance))
      : suspensionChanged(eventType.executionSuspended, reasonOf(request), steering.at),
  );
}

/** POST instances/{id}/resume */
export function resume(id: string, request: ApiRequest, steering: Steering): ApiResponse {
  return send(id, steering, (instance) =>
    instance.status === 'Suspended'
      ? suspensionChanged(eventType.executionResumed, reasonOf(request), steering.at)
      : invalidState(stateText('resume', instance)),
  );
}

/** POST instances/{id}/rewind */
export function rewindInstance(
  id: string,
  request: ApiRequest,
  { store, effects, at }: Steering,
): ApiResponse {
  const instance = store.instances.get(id);
  if (instance === undefined) return json(404, `No orchestration with instance ID "$${id}" found.`);
  if (instance.status !== 'Failed') {
    const text = `This orchestration has status ${instance.status}, but only orchestrations in the "Failed" state can be rewound.`;
    return json(412, text);
  }
  rewind(store, effects, id, reasonOf(request), at);
  return empty(202);
}

/** Puts an event into the inbox of an instance: 404 where there is none, 410 where it is over. */
function send(
  id: string,
  steering: Steering,
  make: (instance: Instance) => HistoryEvent | ApiResponse,
): ApiResponse {
  const { store, effects } = steering;
  const instance = store.instances.get(id);
  if (instance === undefined) return empty(404);
  if (!isUnfinished(instance.status)) return empty(410);
  const made = make(instance);
  if ('status' in made) return made;
  store.inbox.put(id, null, made);
  effects.ready.push(id);
  return empty(202);
}

function reasonOf(request: ApiRequest): string {
  return request.query.get('reason') ?? '';
}

function stateText(verb: string, instance: Instance): string {
  return `Cannot ${verb} the orchestration instance ${instance.id} because instance is in the ${instance.status} state.`;
}
