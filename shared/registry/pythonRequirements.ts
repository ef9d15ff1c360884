/** What a definition of a Python environment asks for, whatever kind of file says it. */
export interface PythonRequirements {
  /** Requirement lines and options, in their order, as pip takes them in a requirements file. */
  readonly lines: readonly string[];
  /** What is installed before them, as they may need it to be built. */
  readonly buildLines?: readonly string[];
  /** The Python that is asked for, such as `3.10`, `3.8.5` or `>=3.9,<3.12`. */
  readonly python?: string;
  /** Conda packages other than Python and pip, which pip does not install. */
  readonly condaPackages?: readonly string[];
  /** Where conda looks for them, the first before the second. */
  readonly channels?: readonly string[];
  /** The path of an interpreter that is used as it is. Where there is one, there is nothing else. */
  readonly interpreter?: string;
}

/** Gives the text of a requirements file that another file names with `-r`; `undefined` where it does not come along. */
export type IncludedFile = (file: string) => string | undefined;
