/** A kind of request that is sent again and again. */
export interface LoadRequest {
  readonly method: 'GET' | 'POST';
  readonly path: string;
  readonly body?: string;
  /** Each request has an id of its own, so that each is a new one to the server. */
  readonly newRequestId?: boolean;
  /** The status that every answer has to have. */
  readonly status: number;
}

/** What the process of the clients is told to do. */
export interface LoadOrder {
  readonly url: string;
  readonly request: LoadRequest;
  /** Whose connections these are: one connection a token. */
  readonly tokens: readonly string[];
  /** How many requests there are in all. */
  readonly count: number;
}

/** What it tells when all have been answered. */
export interface LoadAnswer {
  /** Milliseconds from the first request to the last answer. */
  readonly time: number;
  /** Milliseconds of each request, to the last byte of its answer. */
  readonly times: readonly number[];
  readonly error?: string;
}
