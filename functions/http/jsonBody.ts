import type { HttpRequest } from '@azure/functions';
import { failure } from '../../shared/errors/batchpointError';

/** Bytes of a body. Bodies are definitions: models, code and data are named in them, not sent. */
const mostBytes = 4 * 1024 * 1024;

/** Levels of lists and mappings in each other. No definition has more than ten. */
const mostLevels = 100;

/** The body of a request as JSON; `whenEmpty` where there is none, if that is given. Fails with `BodyNotJson`, `ContentTypeUnsupported` or `RequestBodyTooLarge`. */
export async function readJson(request: HttpRequest, whenEmpty?: unknown): Promise<unknown> {
  const bytes = await request.arrayBuffer();
  if (bytes.byteLength > 0) checkType(request);
  if (bytes.byteLength > mostBytes) throw failure('RequestBodyTooLarge', { limit: mostBytes });
  const text = textOf(bytes);
  if (text.trim() === '' && whenEmpty !== undefined) return whenEmpty;
  if (text.trim() === '') throw failure('BodyNotJson', { reason: 'it is empty' });
  if (isDeeperThan(text, mostLevels))
    throw failure('BodyNotJson', { reason: `it is more than ${mostLevels} levels deep` });
  const value = parsed(text);
  if (/\\u[dD][89a-fA-F]/.test(text) && hasHalfCharacter(value))
    throw failure('BodyNotJson', {
      reason: 'one of its texts has half of a surrogate pair, which is no character',
    });
  return value;
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text) as unknown;
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    throw failure('BodyNotJson', { reason }, { cause: error });
  }
}

/** Such a text can be neither stored nor shown as it is: it would come back as another one. */
function hasHalfCharacter(value: unknown): boolean {
  if (typeof value === 'string') return /\p{Surrogate}/u.test(value);
  if (typeof value !== 'object' || value === null) return false;
  return Object.entries(value).some(([key, inner]) => hasHalfCharacter(key) || hasHalfCharacter(inner));
}

/** Refuses what is said to be something else; where nothing is said, the body is taken for what it has to be. */
function checkType({ headers, method }: HttpRequest): void {
  const given = headers.get('content-type') ?? '';
  if (given.trim() === '') return;
  const [type = '', ...parameters] = given
    .toLowerCase()
    .split(';')
    .map((part) => part.trim());
  const expected = ['application/json', ...(method === 'PATCH' ? ['application/merge-patch+json'] : [])];
  const isReadable = parameters.every(
    (one) => !one.startsWith('charset=') || /^charset="?utf-?8"?$/.test(one),
  );
  if (expected.includes(type) && isReadable) return;
  throw failure('ContentTypeUnsupported', { type: given, expected: expected.join(' or ') });
}

function textOf(bytes: ArrayBuffer): string {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch (error) {
    throw failure('BodyNotJson', { reason: 'it is not valid UTF-8' }, { cause: error });
  }
}

/** Asked before the text is parsed: what walks over the parsed value calls itself for each level. */
function isDeeperThan(text: string, levels: number): boolean {
  let depth = 0;
  let inText = false;
  for (let at = 0; at < text.length; at++) {
    const character = text[at];
    if (inText && character === '\\') at += 1;
    else if (character === '"') inText = !inText;
    else if (inText) continue;
    else if (character === '[' || character === '{') depth += 1;
    else if (character === ']' || character === '}') depth -= 1;
    if (depth > levels) return true;
  }
  return false;
}
