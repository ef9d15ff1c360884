import * as jmespath from 'jmespath';
import { failure } from '../../shared/errors/batchpointError';

/** The types of the library leave its parser out. */
const { compile, search } = jmespath as typeof jmespath & { readonly compile: (query: string) => unknown };

/** Fails with `QueryInvalid` where a text is no JMESPath expression. */
export function checkQuery(query: string): void {
  attempt(query, () => compile(query));
}

/** What a JMESPath expression finds in a result. Fails with `QueryInvalid`. */
export function queried(result: unknown, query: string): unknown {
  // The library looks at plain JSON: what JSON leaves out must not be there.
  return attempt(query, () => search(JSON.parse(JSON.stringify(result ?? null)), query) as unknown);
}

function attempt(query: string, work: () => unknown): unknown {
  try {
    return work();
  } catch (error) {
    // The parser of the library stumbles over what ends too early, and says nothing of it.
    const reason =
      error instanceof TypeError
        ? 'it is not complete'
        : error instanceof Error
          ? error.message
          : String(error);
    throw failure('QueryInvalid', { query, reason }, { cause: error });
  }
}
