import type { RowWrite } from '../checker/journal';

/** The changes of a group of rows, from the body of the request that carries them. */
export function changesOf(body: string): { partition: string; changes: RowWrite[] } {
  let partition = '';
  const changes: RowWrite[] = [];
  for (const [, method = '', url = '', rest = ''] of body.matchAll(
    /^(POST|PUT|MERGE|PATCH|DELETE) (\S+) HTTP\/1\.1\r?\n([\s\S]*?)(?=^--(?:change|batch))/gm,
  )) {
    const [head = '', json = ''] = rest.split(/\r?\n\r?\n/, 2);
    const entity = json.trim().startsWith('{') ? (JSON.parse(json) as Entity) : undefined;
    const keys = /\(PartitionKey='(.*?)',RowKey='(.*?)'\)/.exec(decodeURIComponent(url));
    partition = entity?.PartitionKey ?? keys?.[1] ?? '';
    const row = entity?.RowKey ?? keys?.[2] ?? '';
    const value = entity === undefined ? undefined : valueOf(entity);
    changes.push({ kind: kindOf(method, head), row, ...(value === undefined ? {} : { value }) });
  }
  return { partition, changes };
}

/** An entity as the table client writes the rows of the product. */
interface Entity extends Readonly<Record<string, unknown>> {
  readonly PartitionKey: string;
  readonly RowKey: string;
}

function kindOf(method: string, head: string): RowWrite['kind'] {
  if (method === 'POST') return 'insert';
  if (method === 'DELETE') return 'remove';
  return /^if-match:\s*\S/im.test(head) ? 'replace' : 'put';
}

/** The value of a row: one string of JSON, or pieces of one where it is long. */
function valueOf(entity: Entity): Readonly<Record<string, unknown>> {
  const { value } = entity;
  if (typeof value === 'string') return JSON.parse(value) as Record<string, unknown>;
  const pieces: Buffer[] = [];
  for (;;) {
    const piece = entity[`value${pieces.length}`];
    if (typeof piece !== 'string')
      return JSON.parse(Buffer.concat(pieces).toString()) as Record<string, unknown>;
    pieces.push(Buffer.from(piece, 'base64'));
  }
}
