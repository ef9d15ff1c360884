import type { IncomingMessage } from 'node:http';

import type { InvocationInput } from '../invocation/invoker';
import { input, jsonData, memberData, stringData, type TypedData } from '../invocation/typedData';
import { headerName } from './headerNames';
import { originOf } from './requestOrigin';

type Values = Record<string, string>;

/** A body is looked into only up to this size: the members in the metadata are for bindings, not for functions. */
const readableBody = 65_536;

const anonymous = {
  claims: [],
  authenticationType: null,
  nameClaimType: { value: 'http://schemas.xmlsoap.org/ws/2005/05/identity/claims/name', string: 'value' },
  roleClaimType: { value: 'http://schemas.microsoft.com/ws/2008/06/identity/claims/role', string: 'value' },
};

/** The inputs of an HTTP function's invocation, as the host sends them. */
export function httpTrigger(
  triggerName: string,
  request: IncomingMessage,
  params: Readonly<Values>,
  body: Buffer,
): InvocationInput {
  const url = requestUrl(request);
  const query = queryValues(url);
  const http = {
    identities: [anonymous],
    cookies: [],
    headers: {},
    params: {},
    query: {},
    nullableHeaders: nullable(headerValues(request, (name) => name.toLowerCase())),
    nullableParams: nullable(params),
    nullableQuery: nullable(query),
    method: request.method,
    url: url.href,
    body: body.length === 0 ? null : { bytes: body, data: 'bytes' },
    statusCode: '',
    enableContentNegotiation: false,
    rawBody: null,
  };
  return {
    inputData: [input(triggerName, { http, data: 'http' })],
    triggerMetadata: {
      ...memberData(jsonObject(body)),
      ...strings(query),
      ...strings(params),
      Query: jsonData(JSON.stringify(query)),
      Headers: jsonData(JSON.stringify(headerValues(request, headerName))),
    },
  };
}

/** The inputs of an HTTP function that takes its request as a stream: only the metadata tell of it. */
export function streamTrigger(
  triggerName: string,
  request: IncomingMessage,
  params: Readonly<Values>,
): InvocationInput {
  return {
    inputData: [input(triggerName, { http: {}, data: 'http' })],
    triggerMetadata: {
      ...strings(params),
      Query: jsonData(JSON.stringify(queryValues(requestUrl(request)))),
      Headers: jsonData(JSON.stringify(headerValues(request, headerName))),
    },
  };
}

function requestUrl(request: IncomingMessage): URL {
  return new URL(request.url ?? '/', originOf(request));
}

/** Several values under one name are joined by commas. */
function queryValues(url: URL): Values {
  const values: Values = {};
  for (const [name, value] of url.searchParams) {
    const same = Object.keys(values).find((other) => other.toLowerCase() === name.toLowerCase());
    if (same === undefined) values[name] = value;
    else values[same] += `,${value}`;
  }
  return values;
}

function headerValues(request: IncomingMessage, spelling: (name: string) => string): Values {
  const values: Values = {};
  const { rawHeaders } = request;
  for (let at = 0; at + 1 < rawHeaders.length; at += 2) {
    const name = spelling(rawHeaders[at] ?? '');
    const value = rawHeaders[at + 1] ?? '';
    values[name] = values[name] === undefined ? value : `${values[name]},${value}`;
  }
  return values;
}

function nullable(values: Readonly<Values>): Record<string, { value: string; string: 'value' }> {
  return Object.fromEntries(
    Object.entries(values).map(([name, value]) => [name, { value, string: 'value' as const }]),
  );
}

function strings(values: Readonly<Values>): Record<string, TypedData> {
  return Object.fromEntries(Object.entries(values).map(([name, value]) => [name, stringData(value)]));
}

function jsonObject(body: Buffer): unknown {
  if (body.length > readableBody || body[0] !== '{'.charCodeAt(0)) return undefined;
  try {
    return JSON.parse(body.toString('utf8')) as unknown;
  } catch {
    return undefined;
  }
}
