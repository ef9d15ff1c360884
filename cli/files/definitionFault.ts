import {
  failure,
  TerminalError,
  type BatchpointError,
  type ErrorPlace,
} from '../../shared/errors/batchpointError';
import type { ErrorCode } from '../../shared/errors/catalogue';

/** A fault of a definition: what is wrong, and where. */
export interface DefinitionFault {
  readonly code: ErrorCode;
  /** With the place in front. */
  readonly message: string;
  readonly place: ErrorPlace;
}

/** Makes the fault of a place from a sentence or from an error. */
export function faultAt(place: ErrorPlace, what: string | BatchpointError): DefinitionFault {
  const where = [place.file, place.line, place.column].filter((part) => part !== undefined).join(':');
  const [code, text] =
    typeof what === 'string' ? (['DefinitionInvalid', what] as const) : [what.code, what.message];
  const message = [where, place.field, text].filter((part) => part !== undefined && part !== '').join(': ');
  return { code, message, place };
}

/** The error that tells all faults of a definition; one alone keeps its own code. */
export function definitionError(faults: readonly DefinitionFault[]): Error {
  const sorted = [...faults].sort(
    (a, b) => compare(a.place.line, b.place.line) || compare(a.place.column, b.place.column),
  );
  const [first, ...more] = sorted;
  if (first === undefined)
    return failure('CommandFailed', { reason: 'a definition was refused without a fault' });
  if (more.length === 0) return new TerminalError(first.code, first.message, first.place, []);
  const where = first.place.file === undefined ? 'What was given' : first.place.file;
  const details = sorted.map(({ code, message }) => ({ code, message }));
  return failure('DefinitionInvalid', { fault: `${where} has ${faults.length} faults:` }, { details });
}

function compare(a: number | undefined, b: number | undefined): number {
  return (a ?? 0) - (b ?? 0);
}
