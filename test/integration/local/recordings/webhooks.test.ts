import { readFileSync } from 'node:fs';
import { join } from 'node:path';

import { makeApp, removeFolders } from '../../../support/hostApp';
import { HostProcess, killHosts } from '../../../support/hostProcess';
import { normalise } from './normalise';
import { describeWithRecordings, hasRecordings, read, recordingsFolder } from './recordings';

interface Exchange {
  readonly note: string;
  readonly request: {
    readonly method: string;
    readonly url: string;
    readonly body?: string;
    readonly headers?: Record<string, string>;
  };
  readonly response: {
    readonly status: number;
    readonly headers: Record<string, string>;
    readonly body: string;
  };
}

/** Requests whose answers depend on what earlier recordings left in their storage, and those about entities. */
const left = ['list', 'list Failed'];

const exchanges = hasRecordings
  ? read<Exchange[]>('webhooks', 'http.json', []).filter(
      ({ note }) => !note.startsWith('entity') && !left.includes(note),
    )
  : [];

/** Milliseconds in which a state must be reached that a request only begins. */
const patience = 20_000;

describeWithRecordings('The management API', () => {
  let host: HostProcess;
  let query: string;

  beforeAll(async () => {
    const app = makeApp(readFileSync(join(recordingsFolder, 'app.js'), 'utf8'));
    host = await HostProcess.start(app);
    query = new URL(await statusAddress(`${host.url}/api/start/immediate?id=first`)).search.slice(1);
    // The recording sees an instance fail that it does not start itself.
    await fetch(`${host.url}/api/start/throwsSelf?id=whf-1795367760285`, { method: 'POST' });
  });

  afterAll(async () => {
    await killHosts();
    removeFolders();
  });

  // One after the other: each works on what those before it have left.
  test.each(exchanges.map((exchange) => [exchange.note, exchange] as const))(
    'answers as it did: %s',
    async (note, exchange) => {
      const theirs = comparable(exchange.response, note);
      const deadline = Date.now() + patience;
      let ours = comparable(await ask(exchange), note);
      // What a request begins may not be seen by the next one yet.
      while (exchange.request.method === 'GET' && !same(ours, theirs) && Date.now() < deadline) {
        ours = comparable(await ask(exchange), note);
      }
      expect(ours).toEqual(theirs);
    },
    2 * patience,
  );

  async function ask({ request }: Exchange): Promise<Exchange['response']> {
    const { pathname, search } = new URL(
      request.url.replace('taskHub=TestHubName&connection=Storage&code=REDACTED', query),
    );
    // The recording does not show this header, but what was not JSON was sent with another one.
    const headers =
      request.headers ?? (request.body === undefined ? {} : { 'content-type': 'application/json' });
    const response = await fetch(`${host.url}${pathname}${search}`, {
      method: request.method,
      headers,
      body: request.body ?? null,
    });
    return {
      status: response.status,
      headers: Object.fromEntries(response.headers),
      body: await response.text(),
    };
  }
});

function comparable({ status, headers, body }: Exchange['response'], note: string): unknown {
  const { location, 'retry-after': retryAfter, 'www-authenticate': authenticate } = headers;
  const parsed = body === '' ? null : (JSON.parse(body) as Record<string, unknown>);
  // The words of a JSON parser are its own.
  if (note === 'start invalid JSON' && parsed !== null) parsed.ExceptionMessage = '';
  return normalise({ status, location, retryAfter, authenticate, body: parsed });
}

function same(one: unknown, other: unknown): boolean {
  return JSON.stringify(one) === JSON.stringify(other);
}

async function statusAddress(start: string): Promise<string> {
  const response = await fetch(start, { method: 'POST' });
  return ((await response.json()) as { statusQueryGetUri: string }).statusQueryGetUri;
}
