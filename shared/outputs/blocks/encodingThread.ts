import { parentPort } from 'node:worker_threads';
import { systemErrorCode } from '../../errors/systemError';
import { encodeBlocks, type EncodedRows, type EncodeOrder } from './encodeBlocks';
import { writeFileEnds, type EndsOrder } from './fileEnds';
import { Misfit } from './misfit';

/** What the thread is asked for. */
export type EncodingRequest =
  | { readonly id: number; readonly kind: 'rows'; readonly order: EncodeOrder }
  | { readonly id: number; readonly kind: 'ends'; readonly order: EndsOrder };

/** What the thread answers, in the order of the requests. */
export type EncodingAnswer = { readonly id: number } & (
  | { readonly kind: 'done'; readonly rows?: EncodedRows }
  | { readonly kind: 'misfit'; readonly code: Misfit['code']; readonly fields: Misfit['fields'] }
  | { readonly kind: 'failed'; readonly reason: string; readonly system?: string }
);

function answer(request: EncodingRequest): EncodingAnswer {
  const { id } = request;
  try {
    if (request.kind === 'rows') return { id, kind: 'done', rows: encodeBlocks(request.order) };
    writeFileEnds(request.order);
    return { id, kind: 'done' };
  } catch (error) {
    if (error instanceof Misfit) return { id, kind: 'misfit', code: error.code, fields: error.fields };
    const system = systemErrorCode(error);
    const reason = error instanceof Error ? error.message : String(error);
    return { id, kind: 'failed', reason, ...(system === undefined ? {} : { system }) };
  }
}

parentPort?.on('message', (request: EncodingRequest) => parentPort?.postMessage(answer(request)));
