import { mkdir } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { failure, isFailure } from '../../errors/batchpointError';
import { systemErrorReason } from '../../errors/systemError';
import type { InputSource, PieceReader } from '../../inputs/inputSource';
import { localPieces } from '../../inputs/localFile';
import { pathBelow } from '../../inputs/pathBelow';
import { entryName, type FilePart } from '../../planning/manifestEntry';
import { fileFailure, isDiskFull } from '../../stores/fileErrors';
import { makeCsvPart } from './csvPart';
import { makeParquetPart } from './parquetPart';

/** Makes files of parts of files. What was read stays open to the end, as parts of one file follow each other. */
export class PartMaker {
  private readonly open = new Map<string, Promise<PieceReader>>();
  private readonly fetched = new Map<string, Promise<PieceReader>>();

  constructor(
    private readonly source: InputSource,
    private readonly folder: string,
    private readonly signal: AbortSignal,
  ) {}

  /** Whether a part was asked for. */
  get isUsed(): boolean {
    return this.open.size > 0;
  }

  /** The folder that the parts of a mini-batch lie in, each by the path that its file has in the input. */
  root(miniBatch: number): string {
    return join(this.folder, String(miniBatch));
  }

  /** Makes the file of a part, and answers its path. Fails with `InputFetchFailed`. */
  async make(part: FilePart, miniBatch: number): Promise<string> {
    const target = pathBelow(this.root(miniBatch), part.path);
    try {
      const file = await this.reader(part.path);
      if (file.version !== part.version)
        throw this.failed(part, 'it has changed since it was cut into parts; only a new job cuts it again');
      await mkdir(dirname(target), { recursive: true });
      if (part.bytes !== undefined) await makeCsvPart(file, part.bytes, target, this.signal);
      else await makeParquetPart(await this.whole(part.path, file), part, target, this.signal);
      return target;
    } catch (error) {
      if (isFailure(error, 'InputFetchFailed') || isFailure(error, 'StoreFull')) throw error;
      if (isDiskFull(error)) throw fileFailure(error, { store: this.folder });
      throw this.failed(part, isFailure(error) ? error.message : systemErrorReason(error), error);
    }
  }

  async close(): Promise<void> {
    const files = await Promise.allSettled(this.open.values());
    for (const file of files) if (file.status === 'fulfilled') await file.value.close?.();
  }

  /**
   * A Parquet file on this machine. Its rows do not lie together: each part would fetch most of the row group that it is
   * in, so that a file from elsewhere is fetched once for all the parts of a claim.
   */
  private whole(path: string, file: PieceReader): Promise<PieceReader> {
    if (this.source.inPlace !== undefined) return Promise.resolve(file);
    const present = this.fetched.get(path);
    if (present !== undefined) return present;
    const fetched = this.source
      .provide(path, join(this.folder, 'whole'), this.signal)
      .then((local) => localPieces(local.path, path));
    this.fetched.set(path, fetched);
    fetched.catch(() => this.fetched.delete(path));
    return fetched;
  }

  private reader(path: string): Promise<PieceReader> {
    const present = this.open.get(path);
    if (present !== undefined) return present;
    const opened = this.source.open(path, this.signal);
    this.open.set(path, opened);
    opened.catch(() => this.open.delete(path));
    return opened;
  }

  private failed(part: FilePart, reason: string, cause?: unknown): Error {
    return failure('InputFetchFailed', { file: entryName(part), reason }, { cause });
  }
}
