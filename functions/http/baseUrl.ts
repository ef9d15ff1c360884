import type { HttpRequest } from '@azure/functions';

/**
 * The start of the URL that the client used, without a slash at its end: behind a front end, as that says. Of several
 * front ends each adds what it was asked by, the client's own comes first.
 */
export function baseOf(request: HttpRequest): string {
  const { protocol, host } = new URL(request.url);
  const [first = ''] = (request.headers.get('x-forwarded-proto') ?? '').split(',');
  const forwarded = first.trim().toLowerCase();
  return `${/^https?$/.test(forwarded) ? `${forwarded}:` : protocol}//${host}`;
}
