import { failure, type BatchpointError } from '../../errors/batchpointError';
import type { ErrorCode } from '../../errors/catalogue';

/** Rows that cannot be written as the output is to be, as an error of the catalogue: it crosses to another thread. */
export class Misfit extends Error {
  constructor(
    readonly code: Extract<
      ErrorCode,
      'ResultColumnMissing' | 'ResultColumnTwice' | 'ResultValueMisfit' | 'OutputSchemaDiffers'
    >,
    readonly fields: Readonly<Record<string, string | number>>,
  ) {
    super(code);
  }
}

/** The error of the catalogue that a misfit is. */
export function misfitFailure({ code, fields }: Misfit): BatchpointError {
  return failure(code, fields as Parameters<typeof failure<Misfit['code']>>[1]);
}

/** The text of a value for people, cut where it is long. */
export function shown(text: string): string {
  return text.length <= 80 ? text : `${text.slice(0, 80)}...`;
}
