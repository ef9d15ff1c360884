import { request as requestHttp, type IncomingMessage, type RequestOptions } from 'node:http';
import { request as requestHttps } from 'node:https';
import { failure } from '../errors/batchpointError';
import { checkedLookup, refusalOf, unsafeAddress } from './checkedLookup';
import { withoutQuery, type UrlRules } from './urlRules';

/** An answer, of which the body is still to be read. */
export interface HttpAnswer {
  readonly status: number;
  readonly headers: IncomingMessage['headers'];
  readonly body: IncomingMessage;
}

/** How a URL is asked for. */
export interface HttpOptions {
  readonly method?: 'GET' | 'HEAD';
  readonly headers?: Readonly<Record<string, string>>;
  readonly signal?: AbortSignal | undefined;
}

/**
 * Asks for a URL that a caller named. No redirect is followed, no header of ours goes out but those that are given, and the connection is
 * made to the very address that was checked, so that a name cannot change its mind in between. Fails with
 * `InputUriUnsafe`, or with `InputUnreadable` where nothing answers in time, or before the signal is raised.
 */
export function httpGet(
  url: URL,
  rules: UrlRules,
  { method = 'GET', headers, signal }: HttpOptions = {},
): Promise<HttpAnswer> {
  const input = withoutQuery(url.href);
  return new Promise((resolve, reject) => {
    const refuse = (reason: string, cause?: unknown): void => {
      reject(failure('InputUnreadable', { input, reason }, { cause }));
    };
    const refused = refusalOf(url.hostname, rules);
    if (refused !== undefined) return reject(failure('InputUriUnsafe', { input, reason: refused }));
    const options: RequestOptions = { method, headers, lookup: checkedLookup(rules), agent: false, signal };
    const request = (url.protocol === 'https:' ? requestHttps : requestHttp)(url, options);
    const timer = setTimeout(() => {
      request.destroy();
      refuse(`there was no answer within ${rules.answerTimeout / 1000} seconds`);
    }, rules.answerTimeout);
    request.on('error', (error: Error & { code?: string }) => {
      clearTimeout(timer);
      if (error.name === unsafeAddress) reject(failure('InputUriUnsafe', { input, reason: error.message }));
      else refuse(error.code ?? error.message, error);
    });
    request.on('response', (body) => {
      clearTimeout(timer);
      body.setTimeout(rules.idleTimeout, () => body.destroy(new Error('the answer stopped in the middle')));
      resolve({ status: body.statusCode ?? 0, headers: body.headers, body });
    });
    request.end();
  });
}
