import { lookup } from 'node:dns';
import { request as requestHttp, type IncomingMessage, type RequestOptions } from 'node:http';
import { request as requestHttps } from 'node:https';
import { isIP, type LookupFunction } from 'node:net';
import { failure } from '../errors/batchpointError';
import { placeOfAddress } from './safeAddress';
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
      if (error.name === 'InputUriUnsafe')
        reject(failure('InputUriUnsafe', { input, reason: error.message }));
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

/** The lookup of a connection: it gives out only addresses that may be reached. */
function checkedLookup(rules: UrlRules): LookupFunction {
  return (hostname, options, callback) => {
    lookup(hostname, { ...options, all: true }, (error, addresses) => {
      if (error !== null) return callback(error, '', 4);
      const refused = addresses
        .map(({ address }) => refusalOf(address, rules))
        .find((one) => one !== undefined);
      const [first] = addresses;
      if (refused !== undefined || first === undefined) {
        return callback(
          Object.assign(new Error(refused ?? 'the name has no address'), { name: 'InputUriUnsafe' }),
          '',
          4,
        );
      }
      if (options.all === true) callback(null, addresses);
      else callback(null, first.address, first.family);
    });
  };
}

/** Why an address is not reached; `undefined` where it may be, or where it is a name that is still to be looked up. */
function refusalOf(hostname: string, rules: UrlRules): string | undefined {
  const address = hostname.replace(/^\[|\]$/g, '');
  if (isIP(address) === 0) return undefined;
  const place = placeOfAddress(address);
  if (place === 'public' || (place === 'loopback' && rules.allowLoopback)) return undefined;
  return place === 'loopback' ? 'it leads to the host itself' : 'it leads into a private network';
}
