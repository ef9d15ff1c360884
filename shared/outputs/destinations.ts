import { createHash, randomUUID } from 'node:crypto';
import { dirname } from 'node:path';
import { failure, isFailure } from '../errors/batchpointError';
import type { OutputReference } from '../jobs/jobSpec';
import type { BlobStore } from '../stores/blobStore';
import type { TableStore } from '../stores/tableStore';
import { systemErrorReason } from '../errors/systemError';
import { probeFolder } from './probeFolder';

/** A place for the output of a job, opened. */
export interface Destination {
  readonly store: BlobStore;
  /** The name of the predictions file in the store. */
  readonly name: string;
  /** The folder of the output in the store, ending in `/`, or empty. */
  readonly folder: string;
  /** The predictions file for people and clients, without secrets. */
  readonly uri: string;
}

/** How places are opened: datastores by name, folders of this machine by path. */
export interface Places {
  readonly datastore: (name: string) => Promise<BlobStore>;
  readonly localFolder: (path: string) => Promise<BlobStore>;
}

interface Reservation {
  readonly job: string;
}

const partition = 'outputs';

/** The places that outputs go to, and which job each of them is reserved for. */
export class Destinations {
  constructor(
    private readonly tables: TableStore,
    private readonly places: Places,
  ) {}

  async open(output: OutputReference): Promise<Destination> {
    if (output.kind === 'local') {
      const store = await this.places.localFolder(output.folder);
      return { store, name: output.fileName, folder: '', uri: uriOf(store, output.fileName) };
    }
    const store = await this.places.datastore(output.datastore);
    const folder = output.folder === '' ? '' : `${output.folder}/`;
    const name = `${folder}${output.fileName}`;
    return { store, name, folder, uri: uriOf(store, name) };
  }

  /**
   * Reserves the place for a job, so that of two jobs with one output the second fails at once. A job that `isOver`
   * holds nothing any more: it gives its place back a moment after its end. Fails with `OutputReserved`, or
   * `OutputExists` where the file is there already.
   */
  async reserve(
    output: OutputReference,
    job: string,
    isOver: (holder: string) => Promise<boolean>,
  ): Promise<void> {
    const destination = await this.open(output);
    await this.refuseExisting(destination);
    const row = rowOf(destination);
    const value: Reservation = { job };
    try {
      await this.tables.commit(partition, [{ kind: 'insert', row, value }]);
    } catch (error) {
      if (!isFailure(error, 'RowConflict')) throw error;
      const present = await this.tables.get<Reservation>(partition, row);
      if (present?.value.job === job) return;
      if (present !== undefined && !(await isOver(present.value.job)))
        throw failure('OutputReserved', { output: destination.uri, job: present.value.job });
      if (present !== undefined) await this.release(output, present.value.job);
      return this.reserve(output, job, isOver);
    }
  }

  /** Gives the reservation of a job back; one that is not there is no error. */
  async release(output: OutputReference, job: string): Promise<void> {
    const row = rowOf(await this.open(output));
    const present = await this.tables.get<Reservation>(partition, row);
    if (present?.value.job !== job) return;
    await this.tables
      .commit(partition, [{ kind: 'remove', row, etag: present.etag }])
      .catch((error: unknown) => {
        if (!isFailure(error, 'RowConflict')) throw error;
      });
  }

  /** Looks whether a job could write there: fails with `OutputExists` or `OutputUnwritable`. */
  async check(output: OutputReference): Promise<void> {
    const destination = await this.open(output);
    await this.refuseExisting(destination);
    const { store, name, uri } = destination;
    try {
      if (store.localPath !== undefined) await probeFolder(dirname(store.localPath(name)));
      else await store.tryWriting?.(`${destination.folder}.batchpoint-probe-${randomUUID()}`);
    } catch (error) {
      if (isFailure(error) && error.retryable) throw error;
      const reason = isFailure(error) ? error.message : systemErrorReason(error);
      throw failure('OutputUnwritable', { output: uri, reason }, { cause: error });
    }
  }

  /** Fails with `OutputExists` where the file is there already. */
  private async refuseExisting(destination: Destination): Promise<void> {
    if ((await destination.store.stat(destination.name)) !== undefined) {
      throw failure('OutputExists', { output: destination.uri });
    }
  }
}

/** The URI of a blob in a store, with the characters of its name escaped as far as a URI needs it. */
export function uriOf(store: BlobStore, name: string): string {
  return `${store.url.replace(/\/$/, '')}/${name.split('/').map(encodeURIComponent).join('/')}`;
}

function rowOf(destination: Destination): string {
  return createHash('sha256').update(destination.uri).digest('hex');
}
