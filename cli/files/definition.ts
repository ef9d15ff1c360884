import { dirname, resolve } from 'node:path';
import { isFailure, type ErrorPlace } from '../../shared/errors/batchpointError';
import { fieldOf, type SchemaFault } from '../../shared/schemas/explain';
import type { Checked } from '../../shared/schemas/schemaChecker';
import { definitionError, faultAt, type DefinitionFault } from './definitionFault';
import { fileChecks, type DefinitionKind, type Definitions } from './fileSchemas';
import { withOverlays, type Overlay } from './overlays';
import { readYamlFile, type YamlFile } from './yamlFile';
import { positionOf } from './yamlPlaces';

type Path = readonly (string | number)[];

/** A definition that fits its schema, and that can tell where a further fault of it lies. */
export class Definition<T> {
  private readonly faults: DefinitionFault[] = [];

  constructor(
    readonly value: T,
    /** The folder that its relative paths start from. */
    readonly folder: string,
    private readonly places: Places,
  ) {}

  /** Notes a fault, to be told with all others. */
  fault(path: Path, what: Parameters<typeof faultAt>[1], atKey = false): void {
    this.faults.push(faultAt(this.places.of(path, atKey), what));
  }

  /** Runs a check; an error of the catalogue that it fails with becomes a fault. Says whether all was well. */
  async check(path: Path, work: () => unknown): Promise<boolean> {
    try {
      await work();
      return true;
    } catch (error) {
      if (!isFailure(error)) throw error;
      this.fault(path, error);
      return false;
    }
  }

  /** Fails where there are faults. */
  refuseFaults(): void {
    if (this.faults.length > 0) throw definitionError(this.faults);
  }
}

/** Where a definition comes from. */
export interface DefinitionSource {
  /** The path of a YAML file. */
  readonly file?: string | undefined;
  readonly currentFolder: string;
  /** What the command line puts over it. */
  readonly overlays: readonly Overlay[];
}

/** Reads a definition and checks it against the schema of its kind, and tells all faults at once. */
export function readDefinition<Kind extends DefinitionKind>(
  kind: Kind,
  { file, currentFolder, overlays }: DefinitionSource,
): Definition<Definitions[Kind]> {
  const yaml = file === undefined ? undefined : readYamlFile(file);
  const places = new Places(yaml, overlays);
  const check: (value: unknown) => Checked<Definitions[Kind]> = fileChecks[kind];
  const checked = checkWithText(check, yaml?.value ?? {}, overlays);
  if ('faults' in checked) {
    throw definitionError(
      checked.faults.map(({ path, message, atKey }) => faultAt(places.of(path, atKey), message)),
    );
  }
  const folder = file === undefined ? currentFolder : dirname(resolve(currentFolder, file));
  return new Definition(checked.value, folder, places);
}

/** A value of `--set` that looks like a number may be meant as text: where the schema refuses it, text is tried. */
function checkWithText<T>(
  check: (value: unknown) => Checked<T>,
  value: object,
  overlays: readonly Overlay[],
): Checked<T> {
  const checked = check(withOverlays(value, overlays));
  if (!('faults' in checked)) return checked;
  const asText = overlays.map((overlay) =>
    overlay.typed !== undefined && isRefused(overlay, checked.faults)
      ? { ...overlay, value: overlay.typed }
      : overlay,
  );
  const again = check(withOverlays(value, asText));
  // Told is the fault of what was typed, not of the guess.
  return 'faults' in again && again.faults.length >= checked.faults.length ? checked : again;
}

function isRefused({ path }: Overlay, faults: readonly SchemaFault[]): boolean {
  return faults.some((fault) => !fault.atKey && fieldOf(fault.path) === fieldOf(path));
}

/** Says where things stand: in the file, or on the command line. */
class Places {
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

  /** The part of the command line that a value comes from; a key on the way to one, unless the file has it. */
  private originOf(path: Path): string | undefined {
    const starts = (short: Path, long: Path): boolean => short.every((part, i) => part === long[i]);
    const given = this.overlays.findLast((one) => starts(one.path, path));
    if (given !== undefined) return given.origin;
    if (path.length === 0 || this.file?.document.hasIn(path) === true) return undefined;
    return this.overlays.findLast((one) => starts(path, one.path))?.origin;
  }
}
