import { createWriteStream } from 'node:fs';
import { mkdir, rm } from 'node:fs/promises';
import { basename, dirname } from 'node:path';
import { pipeline } from 'node:stream/promises';
import { failure, isFailure } from '../errors/batchpointError';
import { fileErrorCode, isDiskFull } from '../stores/fileErrors';
import { blobUrl, containerPlace, listBlobs } from './blobListing';
import { boundedBytes } from './boundedBytes';
import { refuseClashes } from './clashingNames';
import { fetchFailure } from './fetchFailure';
import { expiryNote } from './expiryNote';
import { httpGet } from './httpGet';
import type { InputSource, ListOptions, PieceReader, ProvidedFile } from './inputSource';
import { withFacts, type ListedFacts, type ListedFile } from './listedFile';
import { pathBelow } from './pathBelow';
import { lengthOf, urlFacts, versionOfAnswer } from './urlFacts';
import { UrlPieces, type UrlPiecesContext } from './urlPieces';
import { checkedUrl } from './urlRules';

/** What URLs are read with. */
export type UrlContext = Omit<UrlPiecesContext, 'signal'>;

/** Attempts at fetching one file. */
const tries = 3;

/** A file behind a URL, or the blobs below a folder of a public container. */
export class UrlInput implements InputSource {
  readonly inPlace = undefined;
  private readonly url: URL;

  constructor(
    url: string,
    private readonly type: 'file' | 'folder',
    private readonly context: UrlContext,
  ) {
    this.url = checkedUrl(url, context.rules);
  }

  async *list({ sizes = false, versions = false }: ListOptions = {}): AsyncGenerator<readonly ListedFile[]> {
    const facts = sizes || versions;
    if (this.type === 'file') {
      const name = fileName(this.url);
      yield [facts ? withFacts(name, await this.facts()) : name];
      return;
    }
    yield* refuseClashes(this.files(facts));
  }

  async provide(path: string, folder: string, signal: AbortSignal): Promise<ProvidedFile> {
    const target = pathBelow(folder, path);
    for (let attempt = 1; ; attempt++) {
      try {
        await mkdir(dirname(target), { recursive: true });
        const version = await this.fetchOnce(this.urlOf(path), path, target, signal);
        return { path: target, version };
      } catch (error) {
        // What cannot be removed is written over by the next attempt, and goes with the folder.
        await rm(target, { force: true }).catch(() => undefined);
        if (attempt === tries || signal.aborted || isDiskFull(error) || isFailure(error, 'InputUriUnsafe'))
          throw fetchFailure(path, error, folder);
      }
    }
  }

  async open(path: string, signal: AbortSignal): Promise<PieceReader> {
    try {
      return await UrlPieces.open(this.urlOf(path), path, { ...this.context, signal });
    } catch (error) {
      throw fetchFailure(path, error);
    }
  }

  /** Answers the version that was fetched, where the server tells it. */
  private async fetchOnce(
    url: URL,
    path: string,
    target: string,
    signal: AbortSignal,
  ): Promise<string | undefined> {
    const failed = (reason: string, cause?: unknown): Error =>
      failure('InputFetchFailed', { file: path, reason }, { cause });
    const { status, headers, body } = await httpGet(url, this.context.rules, { signal });
    if (status !== 200) {
      body.destroy();
      throw failed(`the answer was ${status}${expiryNote(url, status)}`);
    }
    try {
      await pipeline(body, boundedBytes(this.context.rules.maxBytes), createWriteStream(target), { signal });
      return versionOfAnswer(headers);
    } catch (error) {
      if (fileErrorCode(error) !== undefined) throw error;
      throw failed(error instanceof Error ? error.message : String(error), error);
    }
  }

  private async *files(facts: boolean): AsyncGenerator<readonly ListedFile[]> {
    const { container, root } = this.folder();
    for await (const blobs of listBlobs(container, root, this.context.rules)) {
      yield blobs.map(({ name, size, etag }) => {
        const path = name.slice(root.length);
        return facts ? withFacts(path, { size, version: etag }) : path;
      });
    }
  }

  /** What a server says of the size and the version of the one file. */
  private async facts(): Promise<ListedFacts> {
    const found = await urlFacts(this.url, this.context.rules);
    const version = found.status === 200 ? versionOfAnswer(found.headers) : undefined;
    return { size: lengthOf(found), version };
  }

  private urlOf(path: string): URL {
    if (this.type === 'file') return this.url;
    const { container, root } = this.folder();
    return blobUrl(container, `${root}${path}`);
  }

  private folder(): { container: URL; root: string } {
    const place = containerPlace(this.url);
    if (place === undefined) throw failure('InputNotFound', { input: this.url.origin });
    return { container: place.container, root: place.path === '' ? '' : `${place.path}/` };
  }
}

function fileName(url: URL): string {
  const last = url.pathname.split('/').findLast((segment) => segment !== '');
  return last === undefined ? url.hostname : basename(decodeURIComponent(last));
}
