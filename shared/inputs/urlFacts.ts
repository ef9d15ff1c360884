import { httpGet, type HttpAnswer } from './httpGet';
import type { UrlRules } from './urlRules';

/** What a server says of a URL, without what is behind it. */
export type UrlFacts = Pick<HttpAnswer, 'status' | 'headers'>;

/**
 * Asks what is behind a URL. Where a server refuses `HEAD` it is asked as for the file itself: some know only that, and
 * links are signed for it alone. Fails as `httpGet` does.
 */
export async function urlFacts(url: URL, rules: UrlRules, signal?: AbortSignal): Promise<UrlFacts> {
  const head = await answerTo('HEAD', url, rules, signal);
  return head.status === 200 || head.status === 404 ? head : answerTo('GET', url, rules, signal);
}

async function answerTo(
  method: 'HEAD' | 'GET',
  url: URL,
  rules: UrlRules,
  signal: AbortSignal | undefined,
): Promise<UrlFacts> {
  const { status, headers, body } = await httpGet(url, rules, { method, signal });
  body.destroy();
  return { status, headers };
}

/** The bytes of the file, where the server says so. */
export function lengthOf({ status, headers }: UrlFacts): number | undefined {
  const length = headers['content-length'];
  return status !== 200 || length === undefined ? undefined : Number(length);
}

/** What tells a version of the file from all others: its ETag, or its time; `undefined` where neither is told. */
export function versionOfAnswer({
  etag,
  'last-modified': modified,
}: UrlFacts['headers']): string | undefined {
  return etag ?? modified;
}
