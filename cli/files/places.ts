import type { ErrorPlace } from '../../shared/errors/batchpointError';
import { fieldOf } from '../../shared/schemas/explain';
import type { Overlay } from './overlays';
import type { YamlFile } from './yamlFile';
import { positionOf } from './yamlPlaces';

type Path = readonly (string | number)[];

/** Says where things stand: in the file, or on the command line. */
export class Places {
  constructor(
    private readonly file: YamlFile | undefined,
    private readonly overlays: readonly Overlay[],
  ) {}

  of(path: Path, atKey: boolean): ErrorPlace {
    const origin = this.originOf(path);
    if (origin !== undefined) return { field: origin };
    const field = fieldOf(path);
    const named = field === '' ? {} : { field };
    if (this.file === undefined) return named;
    return { file: this.file.path, ...positionOf(this.file, path, atKey), ...named };
  }

  /** Whether something, or part of it, stands on the command line. */
  isGiven(path: Path): boolean {
    return this.overlays.some((one) => starts(one.path, path) || starts(path, one.path));
  }

  /** The part of the command line that a value comes from; a key on the way to one, unless the file has it. */
  private originOf(path: Path): string | undefined {
    const given = this.overlays.findLast((one) => starts(one.path, path));
    // A part of what was given is named behind it.
    if (given !== undefined) {
      const rest = fieldOf(path.slice(given.path.length));
      return rest === '' ? given.origin : `${given.origin}${rest.startsWith('[') ? '' : '.'}${rest}`;
    }
    if (path.length === 0 || this.file?.document.hasIn(path) === true) return undefined;
    return this.overlays.findLast((one) => starts(path, one.path))?.origin;
  }
}

function starts(short: Path, long: Path): boolean {
  return short.every((part, i) => part === long[i]);
}
