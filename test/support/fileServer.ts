import { createHash } from 'node:crypto';
import { once } from 'node:events';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

/** Answers a request itself; says whether it did. */
export type Answer = (request: IncomingMessage, response: ServerResponse) => boolean;

/**
 * A server on loopback that gives files like a public container of Azure Blob Storage: `/account/container/path`, and
 * the list of a container by its own API.
 */
export class FileServer {
  readonly requests: string[] = [];
  /** The ranges of files that were asked for. */
  readonly ranges: string[] = [];
  /** Whether it gives ranges of files. */
  givesRanges = false;
  private readonly files = new Map<string, string | Buffer>();
  private answer: Answer = () => false;

  private constructor(private readonly server: Server) {}

  static async start(): Promise<FileServer> {
    const server = createServer();
    const files = new FileServer(server);
    server.on('request', (request, response) => files.serve(request, response));
    server.listen(0, '127.0.0.1');
    await once(server, 'listening');
    return files;
  }

  get url(): string {
    return `http://127.0.0.1:${(this.server.address() as AddressInfo).port}`;
  }

  /** Puts a file at `/account/container/<name>`. */
  put(name: string, content: string | Buffer): void {
    this.files.set(name, content);
  }

  /** Lets `answer` see every request first. */
  intercept(answer: Answer): void {
    this.answer = answer;
  }

  async stop(): Promise<void> {
    this.server.closeAllConnections();
    this.server.close();
    await once(this.server, 'close');
  }

  private serve(request: IncomingMessage, response: ServerResponse): void {
    const url = new URL(request.url ?? '', this.url);
    this.requests.push(`${request.method ?? ''} ${url.pathname}${url.search}`);
    if (this.answer(request, response)) return;
    if (url.searchParams.get('comp') === 'list') return this.list(url, response);
    const content = this.files.get(decodeURIComponent(url.pathname.replace('/account/container/', '')));
    if (content === undefined) response.writeHead(404).end();
    else this.give(Buffer.from(content), request, response);
  }

  private give(content: Buffer, { method, headers }: IncomingMessage, response: ServerResponse): void {
    const etag = `"${versionOf(content)}"`;
    const [, from, to] = /^bytes=(\d+)-(\d+)$/.exec(headers.range ?? '') ?? [];
    if (headers.range !== undefined) this.ranges.push(headers.range);
    const part =
      this.givesRanges && from !== undefined ? content.subarray(Number(from), Number(to) + 1) : undefined;
    const body = part ?? content;
    response
      .writeHead(part === undefined ? 200 : 206, { 'Content-Length': body.length, ETag: etag })
      .end(method === 'HEAD' ? undefined : body);
  }

  private list(url: URL, response: ServerResponse): void {
    const prefix = url.searchParams.get('prefix') ?? '';
    const size = Number(url.searchParams.get('maxresults') ?? 5000);
    const after = url.searchParams.get('marker') ?? '';
    const names = [...this.files.keys()].filter((name) => name.startsWith(prefix) && name > after).sort();
    const page = names.slice(0, size);
    const next = names.length > size ? page.at(-1) : '';
    const escape = (text: string): string => text.replaceAll('&', '&amp;').replaceAll('<', '&lt;');
    const contentOf = (name: string): Buffer => Buffer.from(this.files.get(name) ?? '');
    const blobs = page
      .map(
        (name) =>
          `<Blob><Name>${escape(name)}</Name><Properties><Etag>${versionOf(contentOf(name))}</Etag><Content-Length>${contentOf(name).length}</Content-Length></Properties></Blob>`,
      )
      .join('');
    response.writeHead(200, { 'Content-Type': 'application/xml' });
    response.end(
      `<?xml version="1.0"?><EnumerationResults><Blobs>${blobs}</Blobs><NextMarker>${escape(next ?? '')}</NextMarker></EnumerationResults>`,
    );
  }
}

/** What a version of a file is called: not in quotes, as the list of a container has it. */
function versionOf(content: Buffer): string {
  return createHash('sha256').update(content).digest('hex');
}
