import type { Readable } from 'node:stream';

/** A request of the Blob protocol, taken apart. */
export interface BlobRequest {
  readonly method: string;
  readonly container: string;
  /** The name of the blob; empty where the container itself is meant. */
  readonly blob: string;
  readonly query: URLSearchParams;
  /** A header by its name in lower case. */
  readonly header: (name: string) => string | undefined;
  /** All headers by their names in lower case. */
  readonly headers: Readonly<Record<string, string | string[] | undefined>>;
  readonly body: Readable;
}

/** What is answered: a body that is a stream is sent as it comes. */
export interface BlobAnswer {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly body?: Readable | string;
}
