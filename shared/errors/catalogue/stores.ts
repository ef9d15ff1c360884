import type { ErrorEntry } from '../errorEntry';

/** What the two stores, for blobs and for tables, report. */
export const storeErrors = {
  BlobNotFound: {
    status: 404,
    text: "There is no blob '{name}' in {store}. It was removed, or never written.",
  },
  BlobExists: {
    status: 409,
    text: "The blob '{name}' exists already in {store}, and it may not be overwritten.",
  },
  BlobChanged: {
    status: 412,
    text: "The blob '{name}' in {store} is no longer the version that was read: someone else has written it.",
  },
  BlobNameInvalid: {
    status: 400,
    text: "'{name}' cannot be the name of a blob: {reason}.",
  },
  RowConflict: {
    status: 409,
    text: "The row '{row}' of '{partition}' was written by someone else in the meantime. Read it again.",
  },
  StoreUnavailable: {
    status: 503,
    text: 'The {store} did not answer as it should: {reason}. Try again in a moment.',
    retryable: true,
  },
} as const satisfies Record<string, ErrorEntry>;
