import type { HistoryEvent } from '../history/historyEvent';
import type { DurableStore } from '../store/durableStore';
import { isUnfinished, type InstanceFilter } from '../store/instanceTable';
import { empty, type ApiRequest, type ApiResponse } from './apiMessages';
import { statusHistory } from './statusHistory';
import { statusText } from './statusText';

const pageSize = 100;
const tokenHeader = 'x-ms-continuation-token';

/** GET instances/{id}: 202 while the instance runs, 200 when it is over. */
export function readStatus(store: DurableStore, id: string, request: ApiRequest): ApiResponse {
  const instance = store.instances.get(id);
  if (instance === undefined) return empty(404);
  const { query } = request;
  const history = isSet(query, 'showHistory')
    ? JSON.stringify(statusHistory(eventsOf(store, id), isSet(query, 'showHistoryOutput')))
    : undefined;
  const body = statusText(instance, query.get('showInput')?.toLowerCase() !== 'false', history);
  if (isUnfinished(instance.status)) {
    const headers = { location: `${request.origin}${request.target}`, 'retry-after': '5' };
    return { status: 202, headers, body };
  }
  const failed = instance.status === 'Failed' && isSet(query, 'returnInternalServerErrorOnFailure');
  return { status: failed ? 500 : 200, body };
}

/** GET instances: a page of them in the order of their ids, and a token for the next one. */
export function listInstances(store: DurableStore, request: ApiRequest): ApiResponse {
  const { query } = request;
  const top = Number.parseInt(query.get('top') ?? '', 10);
  const count = top > 0 ? Math.min(top, pageSize) : pageSize;
  const fromId = Buffer.from(request.continuationToken ?? '', 'base64').toString('utf8');
  const found = store.instances.list({ ...filterOf(query), fromId }, count + 1);
  const next = found[count];
  const showInput = query.get('showInput')?.toLowerCase() !== 'false';
  const page = found.slice(0, count).map((instance) => statusText(instance, showInput));
  const token = next === undefined ? '' : Buffer.from(next.id).toString('base64');
  return { status: 200, headers: { [tokenHeader]: token }, body: `[${page.join(',')}]` };
}

/** The instances that the parameters of a request name. */
export function filterOf(query: URLSearchParams): InstanceFilter {
  const statuses = (query.get('runtimeStatus') ?? '').split(',').map((status) => status.trim());
  return {
    statuses: statuses.filter((status) => status !== ''),
    ...time('createdFrom', query.get('createdTimeFrom')),
    ...time('createdTo', query.get('createdTimeTo')),
    ...(query.get('instanceIdPrefix') === null ? {} : { idPrefix: query.get('instanceIdPrefix') ?? '' }),
  };
}

/** Times are compared as text, so they are brought into one form. */
function time(name: 'createdFrom' | 'createdTo', value: string | null): Partial<InstanceFilter> {
  const parsed = new Date(value ?? '');
  return Number.isNaN(parsed.getTime()) ? {} : { [name]: parsed.toISOString() };
}

function eventsOf(store: DurableStore, id: string): HistoryEvent[] {
  return JSON.parse(`[${store.history.turns(id).join(',')}]`) as HistoryEvent[];
}

function isSet(query: URLSearchParams, name: string): boolean {
  return query.get(name)?.toLowerCase() === 'true';
}
