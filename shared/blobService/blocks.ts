import { createHash } from 'node:crypto';
import { XMLParser, XMLValidator } from 'fast-xml-parser';
import { failure } from '../errors/batchpointError';
import type { BlobItem, StagedPart } from '../stores/blobStore';
import { joinParts } from '../stores/local/joinParts';
import type { LocalBlobStore } from '../stores/local/localBlobStore';
import { blocksKey, metadataOf } from './blobHeaders';
import type { BlobAnswer, BlobRequest } from './blobRequest';
import { writeConditionOf } from './conditions';
import { take, written } from './writeBlob';

/** Bytes of a list of blocks: 50,000 blocks with long names. */
const longestList = 16 * 1024 * 1024;

/** Milliseconds that a block waits for its list. */
const patience = 7 * 24 * 3_600_000;

/** Put Block: keeps a piece of a blob until a list of blocks names it. `blocks` is a container for such pieces alone. */
export async function putBlock(blocks: LocalBlobStore, request: BlobRequest): Promise<BlobAnswer> {
  await blocks.receive(blockName(request, blockIdOf(request)), (file) => take(request, file));
  return { status: 201, headers: { 'x-ms-request-server-encrypted': 'false' } };
}

/**
 * Put Block List: the blocks that it names become the blob, in its order, and all that were kept for it are gone. The same
 * list again finds the blob that it has made: its answer may have been lost.
 */
export async function putBlockList(
  store: LocalBlobStore,
  blocks: LocalBlobStore,
  request: BlobRequest,
): Promise<BlobAnswer> {
  const ids = await readBlockList(request);
  const digest = createHash('sha256').update(ids.join('\n')).digest('hex');
  const before = await store.stat(request.blob);
  const parts: StagedPart[] = [];
  for (const id of ids) {
    const name = blockName(request, id);
    const block = await blocks.stat(name);
    if (block !== undefined) parts.push({ store: blocks, name, size: block.size });
    else if (before?.metadata[blocksKey] === digest) return written(store, request.blob);
    else throw failure('InvalidBlockList', { block: id });
  }
  const condition = writeConditionOf(request, before);
  const type = request.header('x-ms-blob-content-type');
  const metadata = { ...metadataOf(request, type), [blocksKey]: digest };
  await store.receive(request.blob, (file) => joinParts(parts, file), { ...condition, metadata });
  await blocks.removeAll(blockFolder(request));
  return written(store, request.blob);
}

/** Removes blocks that no list has named for a week. */
export async function sweepBlocks(blocks: LocalBlobStore, now: Date): Promise<void> {
  const old = ({ modified }: BlobItem): boolean => now.getTime() - modified.getTime() > patience;
  for await (const page of blocks.list('')) {
    for (const block of page.filter(old)) await blocks.remove(block.name);
  }
}

function blockIdOf({ query }: BlobRequest): string {
  const id = query.get('blockid') ?? '';
  if (id !== '' && /^[A-Za-z0-9+/]{1,88}={0,2}$/.test(id)) return id;
  throw failure('InvalidQueryParameterValue', {
    name: 'blockid',
    value: id,
    expected: 'base64 of at most 64 bytes',
  });
}

function blockFolder({ container, blob }: BlobRequest): string {
  return `${createHash('sha256').update(`${container}\n${blob}`).digest('hex')}/`;
}

function blockName(request: BlobRequest, id: string): string {
  return `${blockFolder(request)}${Buffer.from(id).toString('hex')}`;
}

async function readBlockList(request: BlobRequest): Promise<string[]> {
  const invalid = (reason: string): Error => failure('InvalidXmlDocument', { reason });
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of request.body as AsyncIterable<Buffer>) {
    size += chunk.length;
    if (size > longestList) throw invalid(`it has more than ${longestList} bytes`);
    chunks.push(chunk);
  }
  const nodes = parsed(Buffer.concat(chunks, size).toString('utf8'), invalid);
  const list = nodes.find((node) => Array.isArray(node['BlockList']))?.['BlockList'];
  if (!Array.isArray(list)) throw invalid('its root is not BlockList');
  return list.map((node) => {
    const [place, content] = Object.entries(node)[0] ?? [];
    const id = Array.isArray(content) ? content.map(textOf).join('').trim() : '';
    if (!['Latest', 'Uncommitted', 'Committed'].includes(place ?? '') || !id)
      throw invalid(`'${place ?? ''}' is not Latest, Uncommitted or Committed with the id of a block`);
    // Of a blob that is there, no blocks are kept: it has to be sent anew.
    if (place === 'Committed') throw failure('InvalidBlockList', { block: id });
    return id;
  });
}

/** The order counts, and a list may mix the places in which blocks are looked for. No block has an entity in its id. */
function parsed(text: string, invalid: (reason: string) => Error): XmlNode[] {
  const validity = XMLValidator.validate(text);
  if (validity !== true) throw invalid(validity.err.msg);
  const parser = new XMLParser({ preserveOrder: true, parseTagValue: false, processEntities: false });
  try {
    return parser.parse(text) as XmlNode[];
  } catch (error) {
    throw invalid(error instanceof Error ? error.message : String(error));
  }
}

/** The text of a node that is one; the parser keeps it under this name. */
function textOf({ '#text': text }: XmlNode): string {
  return typeof text === 'string' ? text : '';
}

interface XmlNode {
  readonly [tag: string]: XmlNode[] | string;
}
