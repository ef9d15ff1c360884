import type { ServerResponse } from 'node:http';

import type { TypedData } from '../invocation/typedData';

interface Nullable {
  readonly value?: unknown;
}

/** A cookie as the programming model gives it to the host. */
interface ResponseCookie {
  readonly name?: string;
  readonly value?: string;
  readonly domain?: Nullable;
  readonly path?: Nullable;
  readonly expires?: { readonly value?: { readonly seconds?: number } };
  readonly secure?: Nullable;
  readonly httpOnly?: Nullable;
  readonly sameSite?: string;
  readonly maxAge?: Nullable;
}

/** The answer of an HTTP function as the programming model gives it to the host. */
export interface FunctionResponse {
  readonly statusCode?: string;
  readonly headers?: Readonly<Record<string, string>>;
  readonly cookies?: readonly ResponseCookie[];
  readonly body?: TypedData | null;
}

/** Sends the answer of a function. One that returned nothing answers 204, as on the real host. */
export function sendFunctionResponse(response: ServerResponse, given: FunctionResponse | undefined): void {
  if (given === undefined) {
    response.writeHead(204).end();
    return;
  }
  const status = Number(given.statusCode);
  for (const [name, value] of Object.entries(given.headers ?? {})) response.setHeader(name, value);
  const cookies = (given.cookies ?? []).map(cookieText);
  if (cookies.length > 0) response.setHeader('set-cookie', cookies);
  const body = bodyBytes(given.body);
  response.statusCode = status >= 100 && status < 600 ? status : 200;
  if (body.length > 0) response.setHeader('content-length', body.length);
  response.end(body);
}

/** A cookie as ASP.NET writes it. */
export function cookieText(cookie: ResponseCookie): string {
  const seconds = cookie.expires?.value?.seconds;
  const sameSite = cookie.sameSite === 'explicitNone' ? 'none' : cookie.sameSite;
  const parts = [
    `${cookie.name ?? ''}=${encodeURIComponent(cookie.value ?? '')}`,
    seconds === undefined ? '' : `expires=${new Date(seconds * 1000).toUTCString()}`,
    attribute('max-age', cookie.maxAge),
    attribute('domain', cookie.domain),
    attribute('path', cookie.path ?? { value: '/' }),
    cookie.secure?.value === true ? 'secure' : '',
    sameSite === undefined || (sameSite === 'none' && cookie.sameSite !== 'explicitNone')
      ? ''
      : `samesite=${sameSite}`,
    cookie.httpOnly?.value === true ? 'httponly' : '',
  ];
  return parts.filter((part) => part !== '').join('; ');
}

function attribute(name: string, given: Nullable | undefined): string {
  const value = given?.value;
  return typeof value === 'string' || typeof value === 'number' ? `${name}=${value}` : '';
}

function bodyBytes(body: TypedData | null | undefined): Buffer {
  if (body?.bytes !== undefined)
    return Buffer.from(body.bytes.buffer, body.bytes.byteOffset, body.bytes.byteLength);
  return Buffer.from(body?.string ?? body?.json ?? '');
}
