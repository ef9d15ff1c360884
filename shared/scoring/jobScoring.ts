import { failure } from '../errors/batchpointError';
import type { InputSource } from '../inputs/inputSource';
import type { Inputs } from '../inputs/inputs';
import type { JobSpec } from '../jobs/jobSpec';
import type { JobStore } from '../jobs/jobStore';
import { FileSchema } from '../outputs/blocks/fileSchema';
import { rowOutputOf, type RowOutput } from '../outputs/blocks/rowOutput';
import { readManifestHead } from '../planning/manifestHead';
import { ManifestReader } from '../planning/manifestReader';
import type { BlobStore } from '../stores/blobStore';
import type { Scorer } from './scorer';

/** What scoring the claims of a job needs, opened once in a process. */
export interface JobScoring {
  readonly spec: JobSpec;
  readonly manifest: ManifestReader;
  readonly source: InputSource;
  readonly scorer: Scorer;
  /** How rows are encoded, where they are not written as workers write them, and the columns that they had so far. */
  readonly encoding?: { readonly output: RowOutput; readonly schema: FileSchema };
}

/** Jobs that are kept open at once; a job that comes back is opened again. */
const keptOpen = 16;

/** Opens jobs for scoring, and keeps them open while their claims come. */
export class JobScorings {
  private readonly open = new Map<string, Promise<JobScoring>>();

  constructor(
    private readonly jobs: JobStore,
    private readonly blobs: BlobStore,
    private readonly scorerOf: (spec: JobSpec) => Promise<Scorer>,
    private readonly inputs: Pick<Inputs, 'open'>,
  ) {}

  get(key: string): Promise<JobScoring> {
    const present = this.open.get(key);
    if (present !== undefined) return present;
    const opened = this.load(key);
    this.open.set(key, opened);
    opened.catch(() => this.open.delete(key));
    const [oldest] = this.open.keys();
    if (this.open.size > keptOpen && oldest !== undefined) this.open.delete(oldest);
    return opened;
  }

  forget(key: string): void {
    this.open.delete(key);
  }

  private async load(key: string): Promise<JobScoring> {
    const [spec, head] = await Promise.all([this.jobs.spec(key), readManifestHead(this.blobs, key)]);
    if (head === undefined) throw failure('JobRecordMissing', { key });
    const [source, scorer] = await Promise.all([this.inputs.open(spec.input), this.scorerOf(spec)]);
    const output = rowOutputOf(spec.settings);
    return {
      spec,
      manifest: new ManifestReader(this.blobs, key, head),
      source,
      scorer,
      ...(output === undefined ? {} : { encoding: { output, schema: new FileSchema(output.format) } }),
    };
  }
}
