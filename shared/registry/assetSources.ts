import { mkdir, rm } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import { uploadContainerPrefix } from '../blobService/serviceUrl';
import { failure } from '../errors/batchpointError';
import { checkedRelativePath, datastorePath } from '../inputs/inputUri';
import { pathBelow } from '../inputs/pathBelow';
import type { BlobStore } from '../stores/blobStore';
import type { Datastore } from './datastores';
import { isLocalUri, localPathOf } from './localPaths';
import type { Stored } from './namedResources';

/** What the places of contents are found with. */
interface SourceContext {
  /** Whether `file:` URIs of callers are read. */
  readonly localFiles: boolean;
  /** A folder for files on their way. */
  readonly scratch: string;
  readonly newId: () => string;
  /** The URL of the blob service that clients upload to, where there is one. */
  readonly service: string | undefined;
  readonly container: (name: string) => BlobStore;
  readonly removeContainer: (name: string) => Promise<void>;
  readonly datastore: (name: string) => Promise<BlobStore>;
  readonly datastores: () => Promise<Stored<Datastore>[]>;
  /** The place of the output of a job. */
  readonly jobOutput: (job: string) => Promise<{ readonly store: BlobStore; readonly folder: string }>;
}

/** A place among blobs. `upload` is the container of an upload that goes when it has been taken in. */
interface BlobPlace {
  readonly store: BlobStore;
  readonly path: string;
  readonly upload?: string;
}

/** The content of an asset as a file or folder of this machine. */
export interface AssetSource {
  readonly path: string;
  /** Whether nothing is there. */
  readonly isGone: boolean;
  /** The container of an upload from which it comes: it goes once the content is registered. */
  readonly upload?: string;
  /** Forgets what was fetched; `isTaken` says that the content is registered, so that an upload can go. */
  release(isTaken: boolean): Promise<void>;
}

/**
 * Where the contents of models and code come from: a `file:` URI, a path in a datastore (`azureml://datastores/...`, in
 * its long form too), the URL of a blob of a datastore, or the output of a job
 * (`azureml://jobs/<job>/outputs/<output>/paths/...`).
 */
export class AssetSources {
  constructor(private readonly context: SourceContext) {}

  /** Finds a content, and fetches it where it is not on this machine. Fails with `UriInvalid`, `LocalPathNotShared`. */
  async open(uri: string): Promise<AssetSource> {
    if (isLocalUri(uri)) {
      const path = localPathOf(uri, this.context.localFiles);
      return { path, isGone: false, release: () => Promise.resolve() };
    }
    const place = await this.find(uri);
    const inPlace = place.path === '' ? undefined : place.store.localPath?.(place.path);
    const isGone = !(await hasBlobs(place));
    const scratch = join(this.context.scratch, `source-${this.context.newId()}`);
    const path = inPlace ?? (isGone ? scratch : await fetchBlobs(place, scratch));
    return {
      path,
      isGone,
      ...(place.upload === undefined ? {} : { upload: place.upload }),
      release: async (isTaken) => {
        await rm(scratch, { recursive: true, force: true });
        if (isTaken && place.upload !== undefined) await this.context.removeContainer(place.upload);
      },
    };
  }

  private async find(uri: string): Promise<BlobPlace> {
    const { datastore, jobOutput } = this.context;
    const [, job, below = ''] =
      /^azureml:\/\/(?:[^?#]*\/)?jobs\/([^/]+)\/outputs\/[^/]+(?:\/paths\/?(.*))?$/i.exec(uri) ?? [];
    if (job !== undefined) {
      const { store, folder } = await jobOutput(job);
      return { store, path: checkedRelativePath(`${folder}${below}`, uri) };
    }
    if (/^azureml:\/\//i.test(uri)) {
      const place = datastorePath(uri);
      return { store: await datastore(place.datastore), path: place.path };
    }
    if (/^https?:\/\//i.test(uri)) return this.findUrl(uri);
    throw failure('UriInvalid', { uri, reason: expected });
  }

  private async findUrl(uri: string): Promise<BlobPlace> {
    const { service, container, datastore, datastores } = this.context;
    const url = uri.replace(/[?#].*$/s, '');
    const own = service === undefined ? undefined : pathIn(service, url);
    if (own !== undefined) {
      const [name = '', ...rest] = own.split('/');
      const path = checkedRelativePath(rest.join('/'), url);
      if (name.startsWith(uploadContainerPrefix)) return { store: container(name), path, upload: name };
      return { store: await datastore(name), path };
    }
    for (const { name, value } of await datastores()) {
      if (value.place.type !== 'AzureBlob') continue;
      const path = pathIn(`${value.place.serviceUrl}/${value.place.container}`, url);
      if (path !== undefined) return { store: await datastore(name), path: checkedRelativePath(path, url) };
    }
    throw failure('UriInvalid', { uri: url, reason: 'it is not in a datastore of this workspace' });
  }
}

/** Does something with a content, and lets it go. */
export async function releasing<T>(source: AssetSource, work: () => Promise<T>): Promise<T> {
  let isTaken = false;
  try {
    const done = await work();
    isTaken = true;
    return done;
  } finally {
    await source.release(isTaken);
  }
}

const expected =
  'expected a local path, a path in a datastore (azureml://datastores/<name>/paths/<path>), the URL of a blob in one, ' +
  'or the output of a job (azureml://jobs/<job>/outputs/<output>/paths/<path>)';

/** What stands in a URL behind another one, unescaped; `undefined` where it begins otherwise. */
function pathIn(start: string, url: string): string | undefined {
  if (!`${url}/`.toLowerCase().startsWith(`${start}/`.toLowerCase())) return undefined;
  const path = url.slice(start.length).replace(/^\/+/, '');
  try {
    return decodeURIComponent(path);
  } catch {
    // Clients that escape nothing mean the sign itself.
    return path;
  }
}

async function hasBlobs({ store, path }: BlobPlace): Promise<boolean> {
  if (path !== '' && (await store.stat(path)) !== undefined) return true;
  for await (const page of store.list(path === '' ? '' : `${path}/`, { pageSize: 1 }))
    if (page.length > 0) return true;
  return false;
}

/** Downloads a blob, or all that lies below a folder of them; answers the path of the file or folder. */
async function fetchBlobs({ store, path }: BlobPlace, scratch: string): Promise<string> {
  const root = join(scratch, path === '' ? 'content' : basename(path));
  const fetch = async (name: string, target: string): Promise<void> => {
    await mkdir(dirname(target), { recursive: true });
    await store.download(name, target);
  };
  if (path !== '' && (await store.stat(path)) !== undefined) {
    await fetch(path, root);
    return root;
  }
  const prefix = path === '' ? '' : `${path}/`;
  for await (const page of store.list(prefix)) {
    for (const { name } of page) await fetch(name, pathBelow(root, name.slice(prefix.length)));
  }
  return root;
}
