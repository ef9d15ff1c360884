/** The files of a job. Paths are relative to the input and use `/`; a single file has its own name as its path. */
export interface InputSource {
  /** All files page by page, in whatever order they come. */
  list(): AsyncIterable<readonly string[]>;

  /**
   * Local files for some of them, in the same order. Each path ends in the file's own relative folder and name.
   * Files of this machine are given in place; others are fetched below `folder`. The signal ends what is under way.
   */
  provide(paths: readonly string[], folder: string, signal: AbortSignal): Promise<string[]>;

  /** The folder in which files are read in place; `undefined` where `provide` makes copies, which can go again. */
  readonly inPlace: string | undefined;
}
