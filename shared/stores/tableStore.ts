/** A row as it was read. `etag` changes with every write of the row. */
export interface Row<T> {
  readonly row: string;
  readonly etag: string;
  readonly value: T;
}

/**
 * One change in an atomic group.
 * `insert` wants no such row; `replace` and `remove` want the row with this ETag; `put` takes what comes.
 */
export type RowChange =
  | { readonly kind: 'insert'; readonly row: string; readonly value: object }
  | { readonly kind: 'replace'; readonly row: string; readonly value: object; readonly etag: string }
  | { readonly kind: 'put'; readonly row: string; readonly value: object }
  | { readonly kind: 'remove'; readonly row: string; readonly etag: string };

/** A stretch of row keys: `from` is in it, `before` is not. At most `limit` rows. */
export interface RowRange {
  readonly from?: string;
  readonly before?: string;
  readonly limit?: number;
}

/**
 * Rows of JSON under a partition and a row key. Keys are printable ASCII without `/ \ # ?`, at most 512
 * characters, and sort by code; another key is `RowKeyInvalid`. A value is at most 512 KiB as JSON, else
 * `RowTooLarge`. Faults that may pass are `StoreUnavailable`.
 */
export interface TableStore {
  /** The row, or `undefined` where there is none. `T` is what the writer of the row put there. */
  get<T>(partition: string, row: string): Promise<Row<T> | undefined>;

  /**
   * The rows with this key of several partitions, in the order of `partitions`; `undefined` where there is none. They
   * are not of one moment.
   */
  getOfEach<T>(partitions: readonly string[], row: string): Promise<readonly (Row<T> | undefined)[]>;

  /** The rows of a partition in the order of their keys. A row written meanwhile may be in it or not. */
  query<T>(partition: string, range?: RowRange): AsyncIterable<Row<T>>;

  /**
   * Makes all changes of one partition or none: at most 100, each row once, 2 MiB in all, else
   * `RowGroupInvalid`. Answers the new ETags in the order of the changes (empty for `remove`). Fails with
   * `RowConflict` that names the first row that was not as its change wants it (`place.field`).
   *
   * Where the answer of a service was lost and the changes were sent again, `RowConflict` may mean the
   * caller's own changes, made the first time: read the row, then decide.
   */
  commit(partition: string, changes: readonly RowChange[]): Promise<readonly string[]>;
}
