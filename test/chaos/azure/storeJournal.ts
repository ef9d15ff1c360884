import { createHash } from 'node:crypto';
import type { DoneRequest } from '../../support/faultyProxy';
import { journalTime, type Write } from '../checker/journal';
import { changesOf } from './rowGroup';

/** The store of rows, as journals call it. */
export const tablesStore = 'tables';

/** Conditions and kinds of blobs that a write carries in its headers. */
const toldHeaders = ['if-match', 'if-none-match', 'x-ms-copy-source', 'x-ms-meta-batchpoint_job'] as const;

/** The proxies measure by the clock of their process, journals by that of the machine. */
const clockOffset = journalTime() - performance.now();

/** What the stores were asked for and have done, as the proxies before them saw it: nothing passes by. */
export class StoreJournal {
  readonly writes: Write[] = [];
  private last = 0;

  /** Takes in a request to the blob service under `account`, the URL of its account. */
  blobRequest(account: string, request: DoneRequest): void {
    const { pathname, searchParams } = new URL(request.url, account);
    const [, , container = '', ...name] = pathname.split('/').map(decodeURIComponent);
    const op = blobOp(request.method, searchParams);
    if (op === undefined) return;
    this.add(request, {
      store: `${account}/${container}`,
      op,
      name: name.join('/'),
      size: request.body.length,
      digest: digestOf(request),
      ...(name.at(-1) === 'manifest.json' ? { attempt: attemptOf(request.body) } : {}),
    });
  }

  /** Takes in a request to the table service. */
  tableRequest(request: DoneRequest): void {
    if (request.method !== 'POST' || !request.url.includes('$batch')) return;
    const { partition, changes } = changesOf(request.body.toString());
    const refusal = /^HTTP\/1\.1 ([45]\d\d.*)$/m.exec(request.answer.body.toString())?.[1]?.trim();
    this.add(
      request,
      { store: tablesStore, op: 'rows', name: partition, changes, size: request.body.length },
      refusal,
    );
  }

  private add(
    { at, answeredAt, status, answer }: DoneRequest,
    write: Omit<Write, 'begun' | 'ended' | 'pid' | 'id'>,
    refusal?: string,
  ): void {
    const { etag } = answer.headers;
    const refused = refusal ?? (status >= 300 ? String(status) : undefined);
    this.writes.push({
      begun: at + clockOffset,
      ended: answeredAt + clockOffset,
      pid: process.pid,
      id: ++this.last,
      ...write,
      ...(etag === undefined ? {} : { etag }),
      ...(refused === undefined ? {} : { refused }),
    });
  }
}

/** What a request does to a blob; `undefined` where it is none that changes what can be read. */
function blobOp(method: string, query: URLSearchParams): Write['op'] | undefined {
  if (query.has('restype')) return undefined;
  if (method === 'DELETE') return 'remove';
  if (method !== 'PUT') return undefined;
  const part = query.get('comp');
  if (part === 'blocklist') return 'commit';
  return part === null ? 'write' : undefined;
}

/** The attempt that a head of a manifest names. */
function attemptOf(head: Buffer): string {
  return (JSON.parse(head.toString()) as { readonly attempt: string }).attempt;
}

/** Of what a write carries, with all that makes it this very write. */
function digestOf({ headers, body }: DoneRequest): string {
  const hash = createHash('sha256').update(body);
  for (const name of toldHeaders) hash.update(`\n${name}:${String(headers[name] ?? '')}`);
  return hash.digest('hex');
}
