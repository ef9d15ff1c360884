import { access, constants, stat } from 'node:fs/promises';
import { failure, isFailure } from '../errors/batchpointError';
import type { InputReference, InputType } from '../jobs/jobSpec';
import { parseAssetReference, type AssetReference } from '../registry/references';
import type { BlobStore } from '../stores/blobStore';
import { BlobInput } from './blobInput';
import { containerPlace, listBlobs, type ContainerPlace } from './blobListing';
import { expiryNote } from './expiryNote';
import { FileListInput } from './fileListInput';
import { FileFilter } from './fileFilter';
import type { InputSource } from './inputSource';
import { parseInputUri } from './inputUri';
import { LocalInput } from './localInput';
import { urlFacts } from './urlFacts';
import { UrlInput } from './urlInput';
import { checkedUrl, withoutQuery, type UrlRules } from './urlRules';
import { systemErrorReason } from '../errors/systemError';

/** What inputs are opened with. */
export interface InputContext {
  /** Where data assets are found. */
  readonly registry: {
    readonly data: {
      readonly versions: {
        get(reference: AssetReference): Promise<{ readonly value: { readonly uri: string } }>;
      };
    };
  };
  readonly rules: UrlRules;
  readonly localFiles: boolean;
  /** A folder of this process for what has to be fetched as a whole. */
  readonly scratch: string;
  /** Where lists of files lie. */
  readonly blobs: BlobStore;
  /** The blobs of a datastore, by its name. */
  readonly datastore: (name: string) => Promise<BlobStore>;
}

/** Finds, checks and opens the inputs of jobs. */
export class Inputs {
  constructor(private readonly context: InputContext) {}

  /**
   * Finds what a caller's input means, and looks whether it is there and can be read, so that a job that cannot
   * begin is refused at once; only patterns that leave whole folders out are looked at. Fails with `UriInvalid`, `InputNotFound`, `InputUnreadable`, `InputEmpty`,
   * `InputUriUnsafe`, `InputFilterEmpty`, `LocalPathNotShared`, and what a reference to data can have wrong.
   */
  async resolve(uri: string, filter = FileFilter.of()): Promise<InputReference> {
    const parsed = parseInputUri(uri);
    const reference = await this.find(parsed, uri);
    if (reference.type === 'folder') await this.refuseEmpty(reference, uri, filter);
    return reference;
  }

  /** Opens an input for listing and reading. */
  async open(reference: InputReference): Promise<InputSource> {
    if (reference.kind === 'local') return new LocalInput(reference.path, reference.type);
    if (reference.kind === 'url') return new UrlInput(reference.url, reference.type, this.context);
    const store = await this.context.datastore(reference.datastore);
    const input = new BlobInput(store, reference.path, reference.type);
    return reference.kind === 'list' ? new FileListInput(input, this.context.blobs, reference.list) : input;
  }

  private async find(parsed: ReturnType<typeof parseInputUri>, uri: string): Promise<InputReference> {
    switch (parsed.kind) {
      case 'data': {
        const asset = await this.context.registry.data.versions.get(
          parseAssetReference('data', parsed.reference),
        );
        return this.find(parseInputUri(asset.value.uri), uri);
      }
      case 'local':
        if (!this.context.localFiles) throw failure('LocalPathNotShared', { path: parsed.path });
        return { ...parsed, type: await typeOfLocal(parsed.path) };
      case 'datastore':
        return { ...parsed, type: await this.typeOfBlob(parsed, uri) };
      case 'url':
        return { ...parsed, type: await typeOfUrl(parsed.url, this.context.rules) };
    }
  }

  private async typeOfBlob(place: { datastore: string; path: string }, uri: string): Promise<InputType> {
    const store = await this.context.datastore(place.datastore);
    if (place.path === '') return 'folder';
    if ((await store.stat(place.path)) !== undefined) return 'file';
    for await (const page of store.list(`${place.path}/`, { pageSize: 1 }))
      if (page.length > 0) return 'folder';
    throw failure('InputNotFound', { input: uri });
  }

  private async refuseEmpty(reference: InputReference, uri: string, filter: FileFilter): Promise<void> {
    const source = await this.open(reference);
    for await (const page of source.list(filter)) if (page.length > 0) return;
    filter.refuseEmpty(withoutQuery(uri));
    throw failure('InputEmpty', { input: withoutQuery(uri) });
  }
}

async function typeOfLocal(path: string): Promise<InputType> {
  try {
    const found = await stat(path);
    await access(path, constants.R_OK);
    if (found.isDirectory()) return 'folder';
    if (found.isFile()) return 'file';
  } catch (error) {
    const code = systemErrorReason(error);
    if (code === 'ENOENT' || code === 'ENOTDIR')
      throw failure('InputNotFound', { input: path }, { cause: error });
    throw failure('InputUnreadable', { input: path, reason: code }, { cause: error });
  }
  throw failure('InputUnreadable', { input: path, reason: 'it is neither a file nor a folder' });
}

async function typeOfUrl(text: string, rules: UrlRules): Promise<InputType> {
  const url = checkedUrl(text, rules);
  const place = containerPlace(url);
  const isContainer = place?.path === '';
  const { status } = await urlFacts(url, rules);
  if (status === 200 && !isContainer) return 'file';
  if (place !== undefined && (await hasBlobs(place, rules))) return 'folder';
  const input = withoutQuery(text);
  if (status === 404) throw failure('InputNotFound', { input });
  throw failure('InputUnreadable', { input, reason: `the answer was ${status}${expiryNote(url, status)}` });
}

async function hasBlobs({ container, path }: ContainerPlace, rules: UrlRules): Promise<boolean> {
  try {
    for await (const page of listBlobs(container, path === '' ? '' : `${path}/`, rules, 1)) {
      if (page.length > 0) return true;
    }
  } catch (error) {
    // What cannot be listed is no folder: the answer to the URL itself tells more.
    if (!isFailure(error, 'InputUnreadable')) throw error;
  }
  return false;
}
