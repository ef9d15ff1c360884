import { createWriteStream } from 'node:fs';
import { mkdir, rm } from 'node:fs/promises';
import { basename, dirname } from 'node:path';
import { Transform } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { failure, isFailure } from '../errors/batchpointError';
import { fileErrorCode } from '../stores/fileErrors';
import { blobUrl, containerPlace, listBlobs } from './blobListing';
import { refuseClashes } from './clashingNames';
import { fetchFailure } from './fetchFailure';
import { httpGet } from './httpGet';
import type { InputSource } from './inputSource';
import { pathBelow } from './pathBelow';
import { checkedUrl, type UrlRules } from './urlRules';

/** Attempts at fetching one file. */
const tries = 3;

/** A file behind a URL, or the blobs below a folder of a public container. */
export class UrlInput implements InputSource {
  readonly inPlace = undefined;
  private readonly url: URL;

  constructor(
    url: string,
    private readonly type: 'file' | 'folder',
    private readonly rules: UrlRules,
  ) {
    this.url = checkedUrl(url, rules);
  }

  async *list(): AsyncGenerator<readonly string[]> {
    if (this.type === 'file') {
      yield [fileName(this.url)];
      return;
    }
    yield* refuseClashes(this.names());
  }

  provide(paths: readonly string[], folder: string, signal: AbortSignal): Promise<string[]> {
    return Promise.all(paths.map((path) => this.fetch(path, pathBelow(folder, path), signal)));
  }

  private async fetch(path: string, target: string, signal: AbortSignal): Promise<string> {
    for (let attempt = 1; ; attempt++) {
      try {
        await mkdir(dirname(target), { recursive: true });
        await this.fetchOnce(this.type === 'file' ? this.url : this.urlOf(path), path, target, signal);
        return target;
      } catch (error) {
        // What cannot be removed is written over by the next attempt, and goes with the folder.
        await rm(target, { force: true }).catch(() => undefined);
        if (attempt === tries || signal.aborted || isFailure(error, 'InputUriUnsafe'))
          throw fetchFailure(path, error);
      }
    }
  }

  private async fetchOnce(url: URL, path: string, target: string, signal: AbortSignal): Promise<void> {
    const failed = (reason: string, cause?: unknown): Error =>
      failure('InputFetchFailed', { file: path, reason }, { cause });
    const { status, body } = await httpGet(url, this.rules, 'GET', signal);
    if (status !== 200) {
      body.destroy();
      throw failed(`the answer was ${status}`);
    }
    try {
      await pipeline(body, this.counted(), createWriteStream(target), { signal });
    } catch (error) {
      if (fileErrorCode(error) !== undefined) throw error;
      throw failed(error instanceof Error ? error.message : String(error), error);
    }
  }

  private counted(): Transform {
    let bytes = 0;
    const { maxBytes } = this.rules;
    return new Transform({
      transform(chunk: Buffer, _encoding, done): void {
        bytes += chunk.length;
        if (bytes > maxBytes) done(new Error(`it has more than ${maxBytes} bytes`));
        else done(null, chunk);
      },
    });
  }

  private async *names(): AsyncGenerator<readonly string[]> {
    const { container, root } = this.folder();
    for await (const names of listBlobs(container, root, this.rules)) {
      yield names.map((name) => name.slice(root.length));
    }
  }

  private urlOf(path: string): URL {
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
