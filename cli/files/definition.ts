import { dirname, resolve } from 'node:path';
import { isFailure } from '../../shared/errors/batchpointError';
import { fieldOf, type SchemaFault } from '../../shared/schemas/explain';
import type { Checked } from '../../shared/schemas/schemaChecker';
import { definitionError, faultAt, toldOfFile, type DefinitionFault } from './definitionFault';
import {
  fileChecks,
  fileSchemas,
  referencedSchemas,
  type DefinitionKind,
  type Definitions,
} from './fileSchemas';
import { MovedKeys } from './movedKeys';
import { normalise, type NormalForms } from './normalForms';
import { withOverlays, type Overlay } from './overlays';
import { Places } from './places';
import { unusedKeys } from './unusedKeys';
import { readYamlFile } from './yamlFile';

type Path = readonly (string | number)[];

/** A definition with the faults that are known of it, and that can tell where a further one lies. */
export class Definition<T> {
  private readonly faults: { readonly path: Path; readonly fault: DefinitionFault }[] = [];

  /** What it holds. Where `isSound` says no, it is not what its type says. */
  readonly value: T;

  constructor(
    private readonly keys: MovedKeys,
    /** The folder that its relative paths start from. */
    readonly folder: string,
    private readonly places: Places,
    faults: readonly SchemaFault[],
    private readonly unused: readonly Path[],
  ) {
    this.value = keys.value as T;
    for (const { path, message, atKey, code = 'DefinitionInvalid' } of faults) {
      this.faultInFile(path, { code, message }, atKey);
    }
    for (const { first, second } of keys.twice) this.faultInFile(second, this.saidTwice(first, second), true);
  }

  /** Notes a fault, to be told with all others. */
  fault(path: Path, what: Parameters<typeof faultAt>[1], atKey = false): void {
    this.faultInFile(this.keys.originOf(path), what, atKey);
  }

  /** Warns of what it says that is accepted and not used, once. */
  warnOfUnused(terminal: { warn(text: string): void }): void {
    if (this.unused.length === 0) return;
    const named = this.unused.map((path) => this.placeInFile(path, "'")).join(', ');
    terminal.warn(`Accepted, and not used by Batchpoint: ${named}.`);
  }

  /** Where something stands, for a sentence about something else, such as `compute.target in line 7`. */
  placeOf(path: Path): string {
    return this.placeInFile(this.keys.originOf(path));
  }

  private faultInFile(path: Path, what: Parameters<typeof faultAt>[1], atKey: boolean): void {
    this.faults.push({ path, fault: faultAt(this.places.of(path, atKey), what) });
  }

  private placeInFile(path: Path, quote = ''): string {
    const { field = '', line } = this.places.of(path, true);
    const quoted = `${quote}${field}${quote}`;
    return line === undefined ? quoted : `${quoted} in line ${line}`;
  }

  private saidTwice(first: Path, second: Path): string {
    return `this says the same as ${this.placeInFile(first)}: keep one of ${fieldOf(first)} and ${fieldOf(second)}`;
  }

  /** Whether something stands at a path, and no fault is known of it or of anything in it. */
  isSound(path: Path): boolean {
    let value: unknown = this.value;
    for (const part of path) {
      if (typeof value !== 'object' || value === null || !Object.hasOwn(value, part)) return false;
      value = (value as Record<string | number, unknown>)[part];
    }
    const origin = this.keys.originOf(path);
    return !this.faults.some((one) => origin.every((part, i) => part === one.path[i]));
  }

  /** Runs a check; an error of what the definition says becomes a fault. Says whether all was well. */
  async check(path: Path, work: () => unknown): Promise<boolean> {
    try {
      await work();
      return true;
    } catch (error) {
      const told = toldOfFile(error);
      if (told === undefined) throw error;
      this.fault(path, told);
      return false;
    }
  }

  /**
   * Runs checks that ask the host, and fails where there are faults. A host that does not answer hides no fault that
   * was found without it.
   */
  async refuseFaultsAfter(checks: () => Promise<void>): Promise<void> {
    try {
      await checks();
    } catch (error) {
      if (!isFailure(error, 'Interrupted')) this.refuseFaults();
      throw error;
    }
    this.refuseFaults();
  }

  /** Fails where there are faults. */
  refuseFaults(): void {
    if (this.faults.length > 0) throw definitionError(this.faults.map(({ fault }) => fault));
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
  source: DefinitionSource,
): Definition<NormalForms[Kind]> {
  const definition = draftDefinition(kind, source);
  definition.refuseFaults();
  return definition;
}

/**
 * The same for a definition that is checked further: faults against the schema are only noted, to be told with those
 * that the further checks find. These ask `isSound` before they look at anything.
 */
export function draftDefinition<Kind extends DefinitionKind>(
  kind: Kind,
  { file, currentFolder, overlays }: DefinitionSource,
): Definition<NormalForms[Kind]> {
  const yaml = file === undefined ? undefined : readYamlFile(file);
  const places = new Places(yaml, overlays);
  const check: (value: unknown) => Checked<Definitions[Kind]> = fileChecks[kind];
  const checked = checkWithText(check, yaml?.value ?? {}, overlays);
  const folder = file === undefined ? currentFolder : dirname(resolve(currentFolder, file));
  const isSound = !('faults' in checked);
  const value: object = isSound ? checked.value : withOverlays(yaml?.value ?? {}, overlays);
  const unused = unusedKeys(value, fileSchemas[kind], referencedSchemas);
  const keys = new MovedKeys(value as Record<string, unknown>, (path) => places.isGiven(path));
  normalise(kind, keys);
  return new Definition(keys, folder, places, isSound ? [] : checked.faults, unused);
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
