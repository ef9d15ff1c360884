import { request, type IncomingHttpHeaders } from 'node:http';

/** What a request was answered. */
export interface Answer {
  readonly status: number;
  readonly headers: IncomingHttpHeaders;
  readonly body: string;
}

/** How to ask, where it is not a plain GET. Headers are sent as they are, `host` too. */
export interface Asked {
  readonly method?: string;
  readonly headers?: Record<string, string>;
  /** Parts are sent one by one, so that the length is not known before the end. */
  readonly body?: string | readonly string[];
}

/** Sends a request as it is given: nothing is added, nothing is escaped. */
export function ask(
  url: string,
  path: string,
  { method = 'GET', headers = {}, body }: Asked = {},
): Promise<Answer> {
  const { hostname, port } = new URL(url);
  return new Promise((resolve, reject) => {
    const asked = request({ hostname, port, path, method, headers }, (response) => {
      let text = '';
      response.setEncoding('utf8').on('data', (part: string) => (text += part));
      response.on('end', () =>
        resolve({ status: response.statusCode ?? 0, headers: response.headers, body: text }),
      );
      response.on('error', reject);
    });
    asked.on('error', reject);
    if (typeof body === 'string') asked.setHeader('content-length', Buffer.byteLength(body)).write(body);
    else for (const part of body ?? []) asked.write(part);
    asked.end();
  });
}
