import { failure } from '../errors/batchpointError';

/** What URLs of callers a host fetches. */
export interface UrlRules {
  /** Whether plain http and this machine itself are allowed: on a laptop, not in the cloud. */
  readonly allowLoopback: boolean;
  /** Milliseconds until the first byte of an answer. */
  readonly answerTimeout: number;
  /** Milliseconds without a byte in the middle of an answer. */
  readonly idleTimeout: number;
  /** Milliseconds until the listing of a container gives its next names. */
  readonly listTimeout: number;
  /** The most bytes of one file. */
  readonly maxBytes: number;
}

/** The rules where a server has so many seconds to answer; `allowLoopback` says whether callers share this machine. */
export function urlRules(seconds: number, allowLoopback: boolean): UrlRules {
  const answerTimeout = seconds * 1000;
  return {
    allowLoopback,
    answerTimeout,
    idleTimeout: 2 * answerTimeout,
    listTimeout: 4 * answerTimeout,
    maxBytes: 5 * 1024 ** 3,
  };
}

/**
 * Reads a URL of a caller. Fails with `InputUriUnsafe` for what is never fetched, whatever it resolves to, and with
 * `UriInvalid` for a path that names nothing.
 */
export function checkedUrl(text: string, rules: UrlRules): URL {
  const unsafe = (reason: string): Error => failure('InputUriUnsafe', { input: withoutQuery(text), reason });
  if (!URL.canParse(text)) throw unsafe('it is not a URL');
  const url = new URL(text);
  if (url.protocol !== 'https:' && !(url.protocol === 'http:' && rules.allowLoopback)) {
    throw unsafe(`it has to start with https://`);
  }
  if (url.username !== '' || url.password !== '') throw unsafe('it holds a user name or a password');
  if (text.length > 2_048) throw unsafe('it is longer than 2,048 characters');
  if (!isDecodable(url.pathname)) {
    const reason = 'a % in its path has to begin the escape of a UTF-8 character; the sign itself is %25';
    throw failure('UriInvalid', { uri: withoutQuery(text), reason });
  }
  return url;
}

function isDecodable(path: string): boolean {
  try {
    decodeURIComponent(path);
    return true;
  } catch {
    return false;
  }
}

/** A URL without its query, which may hold a signature: fit for messages and logs. */
export function withoutQuery(url: string): string {
  return url.replace(/[?#].*$/s, '');
}
