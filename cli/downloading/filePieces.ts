import { failure } from '../../shared/errors/batchpointError';
import { mostBytes } from '../../shared/stores/filePiece';
import type { Workspace } from '../client/workspace';

/** A stretch of a file, and how large the whole file is. */
export interface Piece {
  readonly bytes: Buffer;
  readonly offset: number;
  readonly size: number;
}

/** The path of a file of a job in the workspace. */
export function jobFilePath(job: string, file: string): string {
  return `jobs/${encodeURIComponent(job)}/files/${file.split('/').map(encodeURIComponent).join('/')}`;
}

/** The path of a file of a version of a model. */
export function modelFilePath(version: string, file: string): string {
  return `${version}/files/${file.split('/').map(encodeURIComponent).join('/')}`;
}

/** Reads a file at a path piece by piece. Fails with `DownloadInterrupted` where it changes meanwhile. */
export async function* pieces(workspace: Workspace, path: string): AsyncGenerator<Piece> {
  let size: number | undefined;
  for (let offset = 0; size === undefined || offset < size;) {
    const { status, headers, body } = await workspace.piece(path, offset, mostBytes);
    const whole = status === 206 ? wholeSize(headers['content-range']) : body.length;
    if (
      whole === undefined ||
      (size !== undefined && size !== whole) ||
      (body.length === 0 && offset < whole)
    ) {
      throw failure('DownloadInterrupted', { file: decodeURIComponent(path.replace(/^.*\/files\//, '')) });
    }
    size = whole;
    yield { bytes: body, offset, size };
    offset += body.length;
  }
}

function wholeSize(contentRange: string | undefined): number | undefined {
  const size = /^bytes \d+-\d+\/(\d+)$/.exec(contentRange ?? '')?.[1];
  return size === undefined ? undefined : Number(size);
}
