import type { AnsweredEndpoint } from '../client/resources';
import { shownEndpoint } from './endpoint';

/** An endpoint in the form of today: without its deployments, and with the default one in place of traffic. */
export function shownBatchEndpoint(endpoint: AnsweredEndpoint): Record<string, unknown> {
  const { traffic: _traffic, type: _type, ...rest } = shownEndpoint(endpoint);
  return rest;
}
