import { failure } from '../errors/batchpointError';
import type { InputFilter } from '../jobs/jobSpec';
import { glob } from './glob';
import type { ListOptions } from './inputSource';

/** A pattern, and whether any file has matched it. */
interface Pattern {
  readonly option: keyof InputFilter;
  readonly text: string;
  readonly matches: (path: string) => boolean;
  /** Whether all that is below a folder matches; only of patterns that mean folders. */
  readonly matchesFolder: (folder: string) => boolean;
  wasMet: boolean;
}

/** The longest pattern. Longer ones are no help to anybody. */
const longest = 256;

/**
 * Which files of an input are scored. A pattern without a slash is held against the name of a file in whatever folder,
 * one with a slash against its whole path; `*` and `?` stop at slashes, `**` does not; a slash at the end means all files
 * below such a folder. Upper and lower case differ, and a dot in front of a name is nothing special. A file is scored
 * where a pattern of `include` matches it, or there is none, and no pattern of `exclude` does.
 */
export class FileFilter implements Required<Pick<ListOptions, 'wants' | 'enters'>> {
  /** Files that were looked at. */
  files = 0;
  private kept = 0;
  private hasLeftFolders = false;

  private constructor(
    private readonly include: readonly Pattern[],
    private readonly exclude: readonly Pattern[],
  ) {}

  /** Fails with `InputPatternInvalid`. */
  static of({ include = [], exclude = [] }: InputFilter = {}): FileFilter {
    return new FileFilter(
      include.map((text) => pattern('include', text)),
      exclude.map((text) => pattern('exclude', text)),
    );
  }

  readonly wants = (path: string): boolean => {
    const wanted = this.include.length === 0 || isMatched(this.include, path);
    return !isMatched(this.exclude, path) && wanted;
  };

  readonly enters = (folder: string): boolean => {
    const leaving = this.exclude.filter(({ matchesFolder }) => matchesFolder(folder));
    for (const one of leaving) one.wasMet = true;
    if (leaving.length > 0) this.hasLeftFolders = true;
    return leaving.length === 0;
  };

  /** The files of these that are wanted; all are counted. */
  choose<File>(files: readonly File[], pathOf: (file: File) => string): readonly File[] {
    this.files += files.length;
    const chosen =
      this.include.length + this.exclude.length === 0
        ? files
        : files.filter((file) => this.wants(pathOf(file)));
    this.kept += chosen.length;
    return chosen;
  }

  /** Fails with `InputFilterEmpty` where there are files and none is left. */
  refuseEmpty(input: string): void {
    if (this.kept > 0 || (this.files === 0 && !this.hasLeftFolders)) return;
    const patterns = [...this.include, ...this.exclude]
      .map(({ option, text }) => `${option} ${text}`)
      .join(', ');
    const files = this.files === 0 ? 'the files' : `the ${this.files} files`;
    throw failure('InputFilterEmpty', { input, files, patterns });
  }

  /** What to say of patterns that no file has matched. */
  get warnings(): string[] {
    return [...this.include, ...this.exclude]
      .filter(({ wasMet }) => !wasMet)
      .map(
        ({ option, text }) =>
          `The pattern '${text}' of ${option} matches none of the ${this.files} files of the input.`,
      );
  }
}

function isMatched(patterns: readonly Pattern[], path: string): boolean {
  const met = patterns.filter(({ matches }) => matches(path));
  for (const one of met) one.wasMet = true;
  return met.length > 0;
}

function pattern(option: keyof InputFilter, text: string): Pattern {
  const refuse = (reason: string, cause?: unknown): Error =>
    failure('InputPatternInvalid', { option, pattern: text, reason }, { cause });
  if (text.trim() === '' || text === '/') throw refuse('it names nothing');
  if (text.length > longest) throw refuse(`it is longer than ${longest} characters`);
  const atRoot = text.startsWith('/');
  const [, path = '', below] = /^\/?(.*?)(\/\*\*\/?|\/)?$/s.exec(text) ?? [];
  const isBare = !atRoot && !path.includes('/');
  try {
    if (below === undefined) {
      return { option, text, matches: matcher(path, isBare), matchesFolder: () => false, wasMet: false };
    }
    // A slash in the middle or at the start ties a folder to its place; without one it may lie anywhere.
    const folder = isBare && !below.includes('*') ? `**/${path}` : path;
    return {
      option,
      text,
      matches: matcher(`${folder}/**/*`, false),
      matchesFolder: matcher(folder, false),
      wasMet: false,
    };
  } catch (error) {
    throw refuse(error instanceof Error ? error.message : String(error), error);
  }
}

function matcher(text: string, basename: boolean): (path: string) => boolean {
  const matches = glob(text.replace(/^\.\//, ''));
  return basename ? (path) => matches(path.slice(path.lastIndexOf('/') + 1)) : matches;
}
