type Path = readonly (string | number)[];
type Mapping = Record<string | number, unknown>;

/** Something that a file says in two ways, by the paths of both. */
export interface SaidTwice {
  readonly first: Path;
  readonly second: Path;
}

/** A value of which parts are moved to where the code looks for them, and that remembers where they stood. */
export class MovedKeys {
  private readonly moves: { readonly from: Path; readonly to: Path }[] = [];
  readonly twice: SaidTwice[] = [];

  /** `isGiven` says whether something stands on the command line, where it goes over what a file says. */
  constructor(
    readonly value: Mapping,
    private readonly isGiven: (path: Path) => boolean,
  ) {}

  /** Where something stood before anything was moved. */
  originOf(path: Path): Path {
    const starts = ({ to }: { to: Path }): boolean => to.every((part, i) => part === path[i]);
    const move = this.moves.filter(starts).reduce<{ from: Path; to: Path } | undefined>(
      // The longest one knows best, and of two the later one, which took the place of the first.
      (best, one) => (best === undefined || one.to.length >= best.to.length ? one : best),
      undefined,
    );
    return move === undefined ? path : [...move.from, ...path.slice(move.to.length)];
  }

  /** Moves a value, where it is there. Where the other place is taken, the command line wins, else it is said twice. */
  move(from: Path, to: Path): void {
    const moved = this.take(from);
    if (moved === undefined) return;
    const owner = this.ownerOf(to);
    const last = to.at(-1);
    if (owner === undefined || last === undefined) return;
    if (Object.hasOwn(owner, last)) {
      const present = this.originOf(to);
      if (this.isGiven(present) && !this.isGiven(from)) return;
      if (this.isGiven(present) === this.isGiven(from)) {
        this.twice.push({ first: present, second: from });
        return;
      }
    }
    owner[last] = moved;
    this.moves.push({ from, to });
  }

  /** Puts the value of one key of a mapping in the place of the mapping; text that stands there is that already. */
  unwrap(path: Path, key: string): void {
    const owner = this.ownerOf(path);
    const last = path.at(-1);
    if (owner === undefined || last === undefined) return;
    const inner = owner[last];
    if (!isMapping(inner)) return;
    if (Object.hasOwn(inner, key)) owner[last] = inner[key];
    else Reflect.deleteProperty(owner, last);
    this.moves.push({ from: [...path, key], to: path });
  }

  private take(path: Path): unknown {
    const owner = this.ownerOf(path);
    const last = path.at(-1);
    if (owner === undefined || last === undefined || !Object.hasOwn(owner, last)) return undefined;
    const taken = owner[last];
    Reflect.deleteProperty(owner, last);
    return taken;
  }

  /** The mapping or list that holds what a path leads to. */
  private ownerOf(path: Path): Mapping | undefined {
    let owner: unknown = this.value;
    for (const part of path.slice(0, -1)) {
      if (!isMapping(owner) || !Object.hasOwn(owner, part)) return undefined;
      owner = owner[part];
    }
    return isMapping(owner) ? owner : undefined;
  }
}

function isMapping(value: unknown): value is Mapping {
  return typeof value === 'object' && value !== null;
}
