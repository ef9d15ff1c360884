import type { ErrorEntry } from '../errorEntry';

/** What the two stores, for blobs and for tables, report. `{store}` is always a URL without secrets. */
export const storeErrors = {
  BlobNotFound: {
    status: 404,
    text: "There is no blob '{name}' in {store}. It was removed, or never written.",
  },
  BlobExists: {
    status: 409,
    text: "The blob '{name}' exists already in {store}, and it may not be overwritten. Choose another name, or remove it.",
  },
  BlobChanged: {
    status: 412,
    text: "The blob '{name}' in {store} is no longer the version that was read: someone else has written it.",
  },
  BlobNameInvalid: {
    status: 400,
    text: "'{name}' cannot be the name of a blob: {reason}.",
  },
  BlobMetadataInvalid: {
    status: 400,
    text: "The metadata '{key}' of the blob '{name}' cannot be stored: {reason}.",
  },
  ContainerNameInvalid: {
    status: 400,
    text: "'{name}' cannot be the name of a container: it takes 3 to 63 lower-case letters, digits and single hyphens, and starts and ends with a letter or a digit.",
  },
  StagedFileInvalid: {
    status: 400,
    text: "The file '{path}' cannot become a blob: {reason}.",
  },
  PartChanged: {
    status: 409,
    text: "The part '{name}' in {store} is no longer as it was staged: {expected} bytes were expected, {found} were found.",
  },
  CommitTooLarge: {
    status: 413,
    text: "The blob '{name}' of {size} bytes cannot be put together in {store}: it takes at most {limit} bytes. Split the input over several jobs.",
  },
  FileExists: {
    status: 409,
    text: "The file '{path}' exists already, and a download never overwrites. Remove it, or choose another path.",
  },
  RowConflict: {
    status: 409,
    text: "The row '{row}' of '{partition}' was written by someone else in the meantime. Read it again.",
  },
  RowKeyInvalid: {
    status: 400,
    text: "'{key}' cannot be the key of a row or of a partition: {reason}.",
  },
  RowTooLarge: {
    status: 413,
    text: "The row '{row}' of '{partition}' has {size} bytes as JSON, at most {limit} can be stored.",
  },
  RowGroupInvalid: {
    status: 400,
    text: "The changes to '{partition}' cannot be made together: {reason}.",
  },
  StoreMissing: {
    status: 404,
    text: 'The store {store} does not exist ({reason}). Check the name of the account, the container or the folder.',
  },
  StoreCredentialsRefused: {
    status: 502,
    text: 'The store {store} does not accept the key or the identity ({reason}). Check the storage settings.',
  },
  StoreForbidden: {
    status: 403,
    text: 'The store {store} does not permit this ({reason}). Ask for the right to read and write there.',
  },
  StoreFull: {
    status: 507,
    text: 'The store {store} has no room left ({reason}). Make room, or choose another place.',
  },
  StoreRefused: {
    status: 502,
    text: 'The store {store} refused a request ({reason}), and would refuse it again. Check the rights of the app and the state of the account.',
  },
  StoreDamaged: {
    status: 500,
    text: 'The database {store} is damaged ({reason}). Put back a copy of it, or start with a new state folder.',
  },
  StoreTooNew: {
    status: 500,
    text: 'The database {store} has format {found}, this version knows formats up to {known}. Use a newer version of Batchpoint.',
  },
  StoreUnavailable: {
    status: 503,
    text: 'The store {store} did not answer as it should: {reason}. Try again in a moment.',
    retryable: true,
  },
  StoreSettingMissing: {
    status: 500,
    text: 'It is not said where Batchpoint keeps its data. {advice}',
  },
  StoreSettingInvalid: {
    status: 500,
    text: '{setting} is not usable: {reason}.',
  },
  LocalFolderUnsupported: {
    status: 400,
    text: "The folder '{folder}' of one machine cannot be used while the data is in Azure Storage. Name a place in a datastore instead.",
  },
} as const satisfies Record<string, ErrorEntry>;
