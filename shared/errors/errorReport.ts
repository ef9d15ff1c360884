import { withoutSecrets } from './withoutSecrets';

/**
 * What the log of a host tells of an error: where it comes from. What else hangs on it is left out, as errors of
 * clients carry their requests, with all their headers.
 */
export function errorReport(error: unknown): string {
  return withoutSecrets(error instanceof Error ? (error.stack ?? error.message) : String(error));
}
