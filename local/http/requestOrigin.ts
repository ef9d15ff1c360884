import type { IncomingMessage } from 'node:http';

/** Whether a request came over TLS. */
export function isSecure({ socket }: IncomingMessage): boolean {
  return 'encrypted' in socket && socket.encrypted === true;
}

/** The start of the URL that a request was sent to, without a slash at its end. */
export function originOf(request: IncomingMessage): string {
  return `${isSecure(request) ? 'https' : 'http'}://${request.headers.host}`;
}
