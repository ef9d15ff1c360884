import { request as requestHttp, type IncomingMessage, type RequestOptions } from 'node:http';
import { request as requestHttps } from 'node:https';
import { checkedLookup, refusalOf, unsafeAddress, type AddressRules } from '../inputs/checkedLookup';

/** A request that tells somebody of something. */
export interface Post {
  readonly url: URL;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
}

/** How requests are sent. */
export interface PostRules extends AddressRules {
  /** Milliseconds that one may take in all. */
  readonly milliseconds: number;
}

/** What became of a request: the status of an answer, or why there is none. */
export type PostResult =
  | { readonly status: number; readonly errorCode?: string; readonly retryAfter?: string }
  | { readonly failed: string };

/**
 * Sends a request to a URL that a caller has named, and gives what became of it. The connection is made to the very
 * address that was checked, no redirect is followed, and of the answer nothing but its status and when to come again is
 * looked at: whoever names a URL learns nothing else of what is behind it.
 */
export function post({ url, headers, body }: Post, rules: PostRules): Promise<PostResult> {
  const refused = refusalOf(url.hostname, rules);
  if (refused !== undefined) return Promise.resolve({ failed: refused });
  return new Promise((resolve) => {
    const bytes = Buffer.from(body);
    const options: RequestOptions = {
      method: 'POST',
      headers: { ...headers, 'Content-Length': String(bytes.length) },
      lookup: checkedLookup(rules),
      agent: false,
    };
    const request = (url.protocol === 'https:' ? requestHttps : requestHttp)(url, options);
    const end = (result: PostResult): void => {
      clearTimeout(timer);
      request.destroy();
      resolve(result);
    };
    const timer = setTimeout(
      () => end({ failed: `there was no answer within ${rules.milliseconds / 1000} seconds` }),
      rules.milliseconds,
    );
    request.on('error', (error: NodeJS.ErrnoException) => {
      end({ failed: error.name === unsafeAddress ? error.message : (error.code ?? error.message) });
    });
    request.on('response', (answer) => end(resultOf(answer)));
    // A receiver that wants to speak another protocol gives no answer.
    request.on('close', () => end({ failed: 'the connection was closed without an answer' }));
    request.end(bytes);
  });
}

/** Azure's services say in a header what is wrong. */
function resultOf({ statusCode = 0, headers }: IncomingMessage): PostResult {
  const code = headers['x-ms-error-code'];
  const retryAfter = headers['retry-after'];
  return {
    status: statusCode,
    ...(typeof code === 'string' ? { errorCode: code.slice(0, 100) } : {}),
    ...(retryAfter === undefined ? {} : { retryAfter }),
  };
}
