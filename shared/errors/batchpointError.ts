import { catalogue, type ErrorCode } from './catalogue';
import { printable } from './printable';
import { withoutSecrets } from './withoutSecrets';

type Placeholders<Text extends string> = Text extends `${string}{${infer Name}}${infer Rest}`
  ? Name | Placeholders<Rest>
  : never;

/** The parameters that the text of `Code` names. */
type ErrorParameters<Code extends ErrorCode> = Readonly<
  Record<Placeholders<(typeof catalogue)[Code]['text']>, string | number>
>;

/** Where in the user's input the fault lies. Lines and columns count from 1. */
export interface ErrorPlace {
  readonly file?: string;
  readonly line?: number;
  readonly column?: number;
  readonly field?: string;
}

/** What an error looks like to a client: the `error` member of an answer, and of a job. */
export interface ErrorBody {
  readonly code: string;
  readonly message: string;
  readonly target?: string;
  readonly details?: readonly ErrorBody[];
}

/** An error with a code from the catalogue. Subclasses say whether trying again can help. */
export abstract class BatchpointError extends Error {
  abstract readonly retryable: boolean;

  constructor(
    readonly code: ErrorCode,
    message: string,
    readonly place: ErrorPlace,
    readonly details: readonly ErrorBody[],
    options?: ErrorOptions,
  ) {
    super(message, options);
    this.name = code;
  }

  get status(): number {
    return catalogue[this.code].status;
  }

  /** The body of the error envelope, without stack or cause. */
  toBody(): ErrorBody {
    const target = this.place.field ?? this.place.file;
    return {
      code: this.code,
      message: this.message,
      ...(target === undefined ? {} : { target }),
      ...(this.details.length === 0 ? {} : { details: this.details }),
    };
  }
}

/** The same request, sent again unchanged, fails again. */
export class TerminalError extends BatchpointError {
  readonly retryable = false;
}

/** The fault may pass: a service that is busy or away. */
export class RetryableError extends BatchpointError {
  readonly retryable = true;
}

/** What may be said of an error beside its parameters. */
interface ErrorExtras {
  readonly place?: ErrorPlace;
  readonly details?: readonly ErrorBody[];
  readonly cause?: unknown;
}

/**
 * Makes the error of a code: `throw failure('EndpointNotFound', { endpoint })`.
 *
 * Parameters are cut to 1,000 characters and lose their control characters, so that a caller's text can
 * neither flood nor forge a log line. They and the details lose what looks like a secret.
 */
export function failure<Code extends ErrorCode>(
  code: Code,
  parameters: ErrorParameters<Code>,
  extras: ErrorExtras = {},
): BatchpointError {
  const entry = catalogue[code];
  const values: Readonly<Record<string, string | number>> = parameters;
  const text = entry.text.replace(/\{(\w+)\}/g, (_whole, name: string) => parameterText(values[name]));
  const place = extras.place ?? {};
  const message = `${describePlace(place)}${text}`;
  const options = extras.cause === undefined ? undefined : { cause: extras.cause };
  const Kind = 'retryable' in entry ? RetryableError : TerminalError;
  return new Kind(code, message, place, (extras.details ?? []).map(cleaned), options);
}

/** True for an error of the catalogue, of that code where one is given. */
export function isFailure(error: unknown, code?: ErrorCode): error is BatchpointError {
  return error instanceof BatchpointError && (code === undefined || error.code === code);
}

function describePlace(place: ErrorPlace): string {
  if (place.file === undefined) return '';
  const position = [place.file, place.line, place.column].filter((part) => part !== undefined).join(':');
  return `${position}: `;
}

function cleaned({ details, ...body }: ErrorBody): ErrorBody {
  const message = withoutSecrets(body.message);
  return { ...body, message, ...(details === undefined ? {} : { details: details.map(cleaned) }) };
}

function parameterText(value: string | number | undefined): string {
  const text = printable(withoutSecrets(String(value)));
  return text.length > 1000 ? `${text.slice(0, 1000)}...` : text;
}
