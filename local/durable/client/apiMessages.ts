/** A request of the durable client, below the path of the API. */
export interface ApiRequest {
  readonly method: string;
  /** The decoded parts of the path. */
  readonly segments: readonly string[];
  readonly query: URLSearchParams;
  readonly contentType: string | undefined;
  readonly continuationToken: string | undefined;
  readonly body: string;
  /** Scheme, host and port that the client has called. */
  readonly origin: string;
  /** Path and query as they were called. */
  readonly target: string;
}

/** What the API answers. The body is JSON text, or empty. */
export interface ApiResponse {
  readonly status: number;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: string;
}

export const empty = (status: number): ApiResponse => ({ status });

export const json = (status: number, value: unknown): ApiResponse => ({
  status,
  body: JSON.stringify(value),
});

/** The answer to what the extension answers with an exception. Its stack of .NET is left out. */
function exceptionResponse(status: number, message: string, text: string, type: string): ApiResponse {
  return json(status, { Message: message, ExceptionMessage: text, ExceptionType: type, StackTrace: '' });
}

export const invalidState = (text: string): ApiResponse =>
  exceptionResponse(
    500,
    'Something went wrong while processing your request',
    text,
    'System.InvalidOperationException',
  );

/** The JSON of a body, written again without spaces; an answer where it is not JSON. */
export function compactJson(body: string): { readonly text: string } | { readonly refused: ApiResponse } {
  try {
    return { text: JSON.stringify(JSON.parse(body)) };
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    const text = body === '' ? "Error reading JToken from JsonReader. Path '', line 0, position 0." : reason;
    return {
      refused: exceptionResponse(400, 'Invalid JSON content', text, 'Newtonsoft.Json.JsonReaderException'),
    };
  }
}
