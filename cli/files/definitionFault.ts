import { failure, isFailure, TerminalError, type ErrorPlace } from '../../shared/errors/batchpointError';
import { catalogue, type ErrorCode } from '../../shared/errors/catalogue';
import { commandLineErrors } from '../../shared/errors/catalogue/commandLine';
import { isServerError } from '../client/serverError';

/** A fault of a definition: what is wrong, and where. */
export interface DefinitionFault {
  readonly code: ErrorCode;
  /** With the place in front. */
  readonly message: string;
  readonly place: ErrorPlace;
}

/** What an error says of a definition. */
type Told = Pick<DefinitionFault, 'code' | 'message'>;

/**
 * What an error says of the definition that was checked: one of the checks here, or one by which the host says that
 * something is missing or in the way. `undefined` for an error of anything else, such as a host that is gone.
 */
export function toldOfFile(error: unknown): Told | undefined {
  if (isServerError(error)) {
    const { code, message } = error.body;
    return [404, 409].includes(error.status) && isCode(code) ? { code, message } : undefined;
  }
  if (!isFailure(error)) return undefined;
  const isOfTheCommand = Object.hasOwn(commandLineErrors, error.code) && error.code !== 'EndpointExists';
  return isOfTheCommand ? undefined : error;
}

function isCode(code: string): code is ErrorCode {
  return Object.hasOwn(catalogue, code);
}

/** Makes the fault of a place from a sentence or from what an error says. */
export function faultAt(place: ErrorPlace, what: string | Told): DefinitionFault {
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
