/** Whether a character fits. */
type Fits = (char: string) => boolean;

/** A piece of a pattern: one character, any number of them, or one of some patterns. */
type Piece =
  | { readonly kind: 'one' | 'many'; readonly fits: Fits }
  | { readonly kind: 'choice'; readonly of: readonly (readonly Piece[])[] };

/** A state waits for a character, and knows the states that may follow it. */
interface State {
  readonly fits: Fits;
  next: readonly State[];
  /** The step that put it among the current ones. */
  step: number;
}

const notSlash: Fits = (char) => char !== '/';
const any: Fits = () => true;
const slash: Piece = { kind: 'one', fits: (char) => char === '/' };

/**
 * What a pattern of paths matches: `*` and `?` stop at slashes, a `**` between slashes does not, `[a-c]` and `[!a-c]` are one
 * character, `{a,b}` one of some patterns, and a `\` takes the meaning from what follows. The steps of matching grow with the
 * length of the path times that of the pattern, and no faster, as both come from callers: a regular expression with some
 * stars in it would try for hours. Throws, with the reason, where a bracket is not closed.
 */
export function glob(pattern: string): (path: string) => boolean {
  const end: State = { fits: () => false, next: [], step: 0 };
  const start = linked(new Parser([...pattern]).all(), [end]);
  let step = 0;
  return (path) => {
    let current = start;
    for (const char of path) {
      step++;
      const following: State[] = [];
      for (const state of current) {
        if (!state.fits(char)) continue;
        for (const next of state.next) {
          if (next.step === step) continue;
          next.step = step;
          following.push(next);
        }
      }
      if (following.length === 0) return false;
      current = following;
    }
    return current.includes(end);
  };
}

/** Makes the states of pieces that `after` follows; answers those to begin with. */
function linked(pieces: readonly Piece[], after: readonly State[]): readonly State[] {
  return pieces.reduceRight((following, piece) => {
    if (piece.kind === 'choice') return [...new Set(piece.of.flatMap((option) => linked(option, following)))];
    const state: State = { fits: piece.fits, next: following, step: 0 };
    if (piece.kind === 'one') return [state];
    state.next = [state, ...following];
    return state.next;
  }, after);
}

class Parser {
  private at = 0;

  constructor(private readonly chars: readonly string[]) {}

  all(): Piece[] {
    return this.sequence(false);
  }

  /** Pieces up to the end; in braces, up to a comma or the closing one. */
  private sequence(inBraces: boolean): Piece[] {
    const pieces: Piece[] = [];
    for (; this.at < this.chars.length; this.at++) {
      const char = this.chars[this.at] ?? '';
      if (inBraces && (char === ',' || char === '}')) return pieces;
      if (char === '*') pieces.push(this.stars(inBraces));
      else if (char === '?') pieces.push({ kind: 'one', fits: notSlash });
      else if (char === '[') pieces.push(this.oneOf());
      else if (char === '{') pieces.push(...this.choice());
      else if (char === '\\' && this.at + 1 < this.chars.length) pieces.push(literal(this.chars[++this.at]));
      else pieces.push(literal(char));
    }
    if (inBraces) throw unclosed('{', '}');
    return pieces;
  }

  /** Stands on the first of some stars, and is left on the last character that belongs to them. */
  private stars(inBraces: boolean): Piece {
    const before = this.chars[this.at - 1] ?? '/';
    const first = this.at;
    while (this.chars[this.at + 1] === '*') this.at++;
    const after = this.chars[this.at + 1] ?? '/';
    const [begins, ends] = inBraces ? ['/{,', '/,}'] : ['/}', '/'];
    if (this.at === first || !begins.includes(before) || !ends.includes(after))
      return { kind: 'many', fits: notSlash };
    const many: Piece = { kind: 'many', fits: any };
    if (this.chars[this.at + 1] !== '/') return many;
    this.at++;
    return { kind: 'choice', of: [[], [many, slash]] };
  }

  /** Stands on a `[`, and is left on the `]` that closes it. */
  private oneOf(): Piece {
    const isNegated = ['!', '^'].includes(this.chars[this.at + 1] ?? '');
    if (isNegated) this.at++;
    const ranges: [number, number][] = [];
    for (let isFirst = true; ; isFirst = false) {
      if (!isFirst && this.chars[this.at + 1] === ']') break;
      const from = this.inBrackets();
      const isRange = this.chars[this.at + 1] === '-' && this.chars[this.at + 2] !== ']';
      if (isRange) this.at++;
      ranges.push([from, isRange ? this.inBrackets() : from]);
    }
    this.at++;
    const isIn = (code: number): boolean => ranges.some(([from, to]) => from <= code && code <= to);
    return {
      kind: 'one',
      fits: (char) => char !== '/' && isIn(char.codePointAt(0) ?? 0) !== isNegated,
    };
  }

  private inBrackets(): number {
    if (this.chars[this.at + 1] === '\\') this.at++;
    const char = this.chars[++this.at];
    if (char === undefined) throw unclosed('[', ']');
    return char.codePointAt(0) ?? 0;
  }

  /** Stands on a `{`, and is left on the `}` that closes it. Braces without a comma stand for themselves. */
  private choice(): Piece[] {
    const of: Piece[][] = [];
    do {
      this.at++;
      of.push(this.sequence(true));
    } while (this.chars[this.at] === ',');
    const [only = []] = of;
    return of.length === 1 ? [literal('{'), ...only, literal('}')] : [{ kind: 'choice', of }];
  }
}

function literal(wanted: string | undefined): Piece {
  return { kind: 'one', fits: (char) => char === wanted };
}

function unclosed(open: string, close: string): Error {
  return new Error(`a ${open} has no ${close}; as a character of a name it is \\${open}`);
}
