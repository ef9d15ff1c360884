import fc from 'fast-check';
import type { DescribedOperation } from './description';

/** An operation as a request may name it. */
export interface Target {
  readonly method: string;
  readonly path: string;
  readonly operation: DescribedOperation;
}

/** What requests are made of, beside what is made up. */
export interface Ground {
  readonly host: string;
  readonly targets: readonly Target[];
  /** Names of what is there, by the places of paths. */
  readonly names: Readonly<Record<string, readonly string[]>>;
  readonly tokenFor: (operation: DescribedOperation) => string | undefined;
}

/** Requests as bytes that no client would send: each part of them may be broken, and often most are not. */
export function oddRequests({ host, targets, names, tokenFor }: Ground): fc.Arbitrary<Buffer> {
  return fc
    .record({
      target: fc.constantFrom(...targets),
      line: requestLine,
      value: pathValue,
      at: usually(-1, fc.nat(6)),
      withQuery: usually('', query),
      version: usually(
        'HTTP/1.1',
        fc.constantFrom('HTTP/1.0', 'HTTP/0.9', 'HTTP/2.0', 'HTTP/1.1 x', '', '1.1'),
      ),
      hostHeader: usually(
        host,
        fc.constantFrom('', 'localhost:0', 'evil.example', `${host}, ${host}`, `a@${host}`),
      ),
      withToken: fc.boolean(),
      headers: fc.array(header, { maxLength: 2 }),
      body,
      lineEnd: usually('\r\n', fc.constantFrom('\n', '\r', '\r\r\n')),
      cut: usually(1, fc.double({ min: 0, max: 1, noNaN: true })),
    })
    .map(
      ({
        target,
        line,
        value,
        at,
        withQuery,
        version,
        hostHeader,
        withToken,
        headers,
        body: sent,
        lineEnd,
        cut,
      }) => {
        const token = withToken ? tokenFor(target.operation) : undefined;
        const lines = [
          `${line.method ?? target.method} ${line.form(`${pathOf(target, names, at, value)}${withQuery}`, host)} ${version}`,
          `Host: ${hostHeader}`,
          ...(token === undefined ? [] : [`Authorization: Bearer ${token}`]),
          'Connection: close',
          ...headers,
          ...sent.headers,
        ];
        const head = Buffer.from(`${lines.join(lineEnd)}${lineEnd}${lineEnd}`, 'latin1');
        const whole = Buffer.concat([head, sent.bytes]);
        return whole.subarray(0, Math.ceil(whole.length * cut));
      },
    );
}

/** A path with names of what is there in its places, and another value in the one at `at`. */
function pathOf({ path, method }: Target, names: Ground['names'], at: number, value: string): string {
  let place = 0;
  return path.replace(/\{(\w+)\}/g, (_whole, name: string) => {
    // What the other requests lean on is not deleted.
    const known = names[name]?.at(method === 'DELETE' ? -1 : 0) ?? name;
    return place++ === at ? value : known;
  });
}

/** The one value, or in one case of ten one of others. */
function usually<Value, Other>(value: Value, others: fc.Arbitrary<Other>): fc.Arbitrary<Value | Other> {
  return fc.oneof({ arbitrary: fc.constant(value), weight: 9 }, { arbitrary: others, weight: 1 });
}

/** Bytes, each written as the character of its number, without those that would end the line. */
const bytes = (longest: number): fc.Arbitrary<string> =>
  fc.uint8Array({ maxLength: longest }).map((array) =>
    Buffer.from(array)
      .toString('latin1')
      .replace(/[\r\n]/g, '?'),
  );

/** What may stand for a name in a path: broken escapes, half characters, dots, slashes, much. */
const pathValue = fc.oneof(
  fc.constantFrom(
    'hearts',
    'w',
    '1',
    '%',
    '%2',
    '%zz',
    '%00',
    '%2F',
    '%2e%2e',
    '..',
    '.',
    '%ff',
    '%c3%28',
    '%ed%a0%80',
  ),
  fc.constantFrom(
    '',
    ' ',
    '%20',
    '\u00ff',
    '{x}',
    '%7B%7D',
    '__proto__',
    'constructor',
    'toString',
    'null',
    '@latest',
  ),
  fc.string({ unit: 'binary', maxLength: 20 }).map((text) => encodeURIComponent(text)),
  bytes(30),
  fc.integer({ min: 200, max: 9_000 }).map((length) => 'x'.repeat(length)),
);

const query = fc.oneof(
  fc.constant(''),
  fc.constantFrom(
    '?',
    '?%',
    '?$top=%',
    '?$top=1&$top=2',
    '?$skip=%00',
    '?api-version=%ff',
    '?__proto__=1',
    '?a[b]=c',
  ),
  bytes(40).map((text) => `?${text.replaceAll(' ', '+')}`),
);

/** How a path is put into the first line of a request. */
const requestLine = fc
  .record({
    method: usually(
      undefined,
      fc.constantFrom(
        'GET',
        'POST',
        'PUT',
        'PATCH',
        'DELETE',
        'HEAD',
        'OPTIONS',
        'TRACE',
        'CONNECT',
        'get',
        'G\u00e9T',
        '',
      ),
    ),
    form: usually(
      'origin',
      fc.constantFrom('absolute', 'other', 'star', 'authority', 'doubled', 'relative', 'empty'),
    ),
  })
  .map(({ method, form }) => ({
    method,
    form: (path: string, host: string): string => {
      switch (form) {
        case 'absolute':
          return `http://${host}${path}`;
        case 'other':
          return `ftp://user:pw@elsewhere:99999${path}`;
        case 'star':
          return '*';
        case 'authority':
          return host;
        case 'doubled':
          return `//${path}`;
        case 'relative':
          return path.slice(1);
        case 'empty':
          return '';
        default:
          return path;
      }
    },
  }));

const header = fc.oneof(
  { arbitrary: fc.constant('Accept: */*'), weight: 6 },
  fc.constantFrom(
    'If-Match: "',
    'If-Match: W/"\u00ff\u00fe"',
    'If-None-Match: *, *',
    'Range: bytes=-',
    'Range: bytes=9-1,2-3',
    'Range: bytes=99999999999999999999-',
    'Authorization: Bearer',
    'Authorization: Basic \u00ff',
    'Content-Type: application/json; charset=utf-16',
    'Content-Type: multipart/form-data',
    'Content-Encoding: gzip',
    'Expect: 100-continue',
    'Expect: the-unexpected',
    'Upgrade: websocket',
    'Connection: upgrade',
    'Cookie: \u0001=\u0002',
    'X-Forwarded-Proto: gopher',
    'X-Forwarded-Proto: \u00ff,',
    'X-HTTP-Method-Override: DELETE',
    'azureml-model-deployment: ../main',
    'Repeatability-Request-ID: \u0000',
    'Content-Length: -1',
    'Content-Length: 18446744073709551616',
    ': no name',
    'No Colon',
    ' folded: one',
  ),
  bytes(60).map((text) => `X-Odd: ${text}`),
  bytes(60),
  fc.integer({ min: 1_000, max: 40_000 }).map((length) => `X-Long: ${'y'.repeat(length)}`),
  fc
    .integer({ min: 10, max: 2_100 })
    .map((count) => Array.from({ length: count }, (_, i) => `X-${i}: z`).join('\r\n')),
);

const content = fc.oneof(
  fc.constantFrom(
    '{}',
    '{"properties":{}}',
    '[',
    '{"a":',
    'null',
    '"\\ud800"',
    '\ufeff{}',
    '{"__proto__":{"a":1}}',
    '',
  ),
  fc.json({ maxDepth: 4 }),
  fc.integer({ min: 1, max: 5_000 }).map((depth) => '['.repeat(depth)),
  fc.integer({ min: 1, max: 5_000 }).map((depth) => '{"properties":'.repeat(depth)),
);

const body = fc.oneof(
  { arbitrary: fc.constant({ headers: [] as string[], bytes: Buffer.alloc(0) }), weight: 4 },
  content.map((text) => measured(Buffer.from(text), Buffer.byteLength(text))),
  fc.uint8Array({ maxLength: 200 }).map((array) => measured(Buffer.from(array), array.length)),
  // The length is another one than that of what is sent.
  fc.tuple(content, fc.nat(300)).map(([text, length]) => measured(Buffer.from(text), length)),
  fc
    .array(fc.oneof(content, fc.constant('\u0000')), { maxLength: 3 })
    .map((texts) => chunked(texts, '0\r\n\r\n')),
  fc
    .tuple(
      fc.array(content, { maxLength: 3 }),
      fc.constantFrom(
        '',
        '0',
        'zz\r\n',
        '-1\r\n',
        'ffffffffffffffff\r\n',
        '0\r\nX: y\r\n',
        '5;a=b\r\n{}',
        '\r\n',
      ),
    )
    .map(([texts, end]) => chunked(texts, end)),
  content.map((text) => {
    const { headers, bytes: sent } = chunked([text], '0\r\n\r\n');
    return { headers: [...headers, `Content-Length: ${text.length}`], bytes: sent };
  }),
);

function measured(sent: Buffer, length: number): { headers: string[]; bytes: Buffer } {
  return { headers: ['Content-Type: application/json', `Content-Length: ${length}`], bytes: sent };
}

function chunked(texts: readonly string[], end: string): { headers: string[]; bytes: Buffer } {
  const chunks = texts.map((text) => `${Buffer.byteLength(text).toString(16)}\r\n${text}\r\n`);
  return { headers: ['Transfer-Encoding: chunked'], bytes: Buffer.from(`${chunks.join('')}${end}`) };
}
