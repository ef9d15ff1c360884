import { failure } from '../errors/batchpointError';
import { jobKey } from '../jobs/jobKeys';
import { jobFilesPrefix } from '../outputs/jobFiles';
import type { BlobItem, BlobStore } from '../stores/blobStore';

/** What clients can do with blobs that they may only read. */
export type ReadableBlobs = Pick<BlobStore, 'list' | 'stat' | 'read'>;

/** The container, and the datastore, in which clients of Azure look for the logs of jobs and the files of models. */
export const artifactContainer = 'azureml';
export const artifactDatastore = 'workspaceartifactstore';

/** The start of the names of all models' files; they are the same here and there. */
const modelsPrefix = 'assets/models/';

/** Where a name of that container lies among the product's own blobs; `undefined` for what is nothing of a client's. */
interface Place {
  readonly shown: string;
  readonly own: string;
}

/**
 * The logs of jobs as `ExperimentRun/dcid.<job>/...`, and the files of models, to be read as Azure shows them. All else
 * that the product keeps is as if it were not there.
 */
export function artifactStore(blobs: ReadableBlobs): ReadableBlobs {
  return {
    async *list(prefix, options) {
      const place = placeOf(prefix);
      if (place === undefined) return;
      for await (const page of blobs.list(place.own, options)) yield page.map((blob) => shownAs(blob, place));
    },
    async stat(name) {
      const place = placeOf(name);
      const found = place === undefined ? undefined : await blobs.stat(place.own);
      return found === undefined ? undefined : { ...found, name };
    },
    read(name, range) {
      const place = placeOf(name);
      if (place === undefined) throw failure('BlobNotFound', { name, store: artifactContainer });
      return blobs.read(place.own, range);
    },
  };
}

function placeOf(name: string): Place | undefined {
  if (name.startsWith(modelsPrefix)) return { shown: name, own: name };
  const [start, job, file = ''] = /^ExperimentRun\/dcid\.([^/]+)\/(.*)$/s.exec(name) ?? [];
  if (start === undefined || job === undefined) return undefined;
  return { shown: name, own: `${jobFilesPrefix(jobKey(job))}${file}` };
}

function shownAs(blob: BlobItem, { shown, own }: Place): BlobItem {
  return { ...blob, name: `${shown}${blob.name.slice(own.length)}` };
}
