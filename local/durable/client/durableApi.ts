import { randomUUID } from 'node:crypto';

import { failure } from '../../../shared/errors/batchpointError';
import { Effects } from '../engine/effects';
import type { Engine } from '../engine/engine';
import type { DurableStore } from '../store/durableStore';
import { compactJson, empty, json, type ApiRequest, type ApiResponse } from './apiMessages';
import { instanceUrls, type ManagementAccess } from './managementUrls';
import { purgeMany, purgeOne } from './purge';
import { listInstances, readStatus } from './readStatus';
import { startInstance } from './startInstance';
import { raiseEvent, resume, rewindInstance, suspend, terminate, type Steering } from './steerInstance';

/** The HTTP API of the Durable extension, through which the durable client and holders of the key steer instances. */
export class DurableApi {
  constructor(
    private readonly store: DurableStore,
    private readonly engine: Engine,
    private readonly access: ManagementAccess,
  ) {}

  handle(request: ApiRequest): ApiResponse {
    const effects = new Effects();
    const response = this.store.transaction(() => this.route(request, effects));
    this.engine.apply(effects);
    return response;
  }

  private route(request: ApiRequest, effects: Effects): ApiResponse {
    const { method } = request;
    const [kind, id, operation, name, ...more] = request.segments;
    if (more.length > 0) return empty(404);
    if (kind === 'orchestrators' && method === 'POST' && id !== undefined && name === undefined) {
      return this.start(request, id, operation ?? newId(), effects);
    }
    if (kind === 'entities') return unsupported('durable entities', 'Keep such state in a store of the app.');
    if (kind !== 'instances') return empty(404);
    if (id === undefined) return this.many(request);
    if (operation === undefined) return this.one(request, id);
    if (method !== 'POST') return empty(404);
    const steering = { store: this.store, effects, at: this.store.clock.text() };
    if (operation.toLowerCase() === 'raiseevent' && name !== undefined)
      return raiseEvent(id, name, request, steering);
    return name === undefined ? this.steer(operation.toLowerCase(), id, request, steering) : empty(404);
  }

  private many(request: ApiRequest): ApiResponse {
    if (request.method === 'GET') return listInstances(this.store, request);
    return request.method === 'DELETE' ? purgeMany(this.store, request.query) : empty(404);
  }

  private one(request: ApiRequest, id: string): ApiResponse {
    if (request.method === 'GET') return readStatus(this.store, id, request);
    return request.method === 'DELETE' ? purgeOne(this.store, id) : empty(404);
  }

  private steer(operation: string, id: string, request: ApiRequest, steering: Steering): ApiResponse {
    switch (operation) {
      case 'terminate':
        return terminate(id, request, steering);
      case 'suspend':
        return suspend(id, request, steering);
      case 'resume':
        return resume(id, request, steering);
      case 'rewind':
        return rewindInstance(id, request, steering);
      case 'restart':
        return this.restart(request, id, steering.effects);
      default:
        return empty(404);
    }
  }

  private start(request: ApiRequest, name: string, id: string, effects: Effects): ApiResponse {
    if (request.query.has('version'))
      return unsupported('versions of orchestrations', 'Leave the version out.');
    const body = request.body === '' ? { text: null } : compactJson(request.body);
    return 'refused' in body
      ? body.refused
      : this.startWith(request, { id, name, input: body.text }, effects);
  }

  private restart(request: ApiRequest, id: string, effects: Effects): ApiResponse {
    const instance = this.store.instances.get(id);
    if (instance === undefined) return empty(404);
    const same = request.query.get('restartWithNewInstanceId')?.toLowerCase() === 'false';
    const { name, input } = instance;
    return this.startWith(request, { id: same ? id : newId(), name, input }, effects);
  }

  private startWith(
    { origin }: ApiRequest,
    { id, name, input }: { id: string; name: string; input: string | null },
    effects: Effects,
  ): ApiResponse {
    const start = { id, name, input, execution: randomUUID() };
    const taken = startInstance(this.store, effects, start, this.store.clock.text());
    if (taken !== undefined) {
      return json(409, { Message: `An Orchestration instance with the status ${taken} already exists.` });
    }
    const urls = instanceUrls(origin, id, this.access);
    const headers = { location: urls.statusQueryGetUri ?? '', 'retry-after': '10' };
    return { status: 202, headers, body: JSON.stringify({ id, ...urls }) };
  }
}

function newId(): string {
  return randomUUID().replaceAll('-', '');
}

function unsupported(feature: string, advice: string): ApiResponse {
  const error = failure('FeatureNotSupported', { feature, advice });
  return json(error.status, { Message: error.message });
}
