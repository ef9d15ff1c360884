/**
 * What to add to the answer of a service that refused a signed URL: when the signature expired, where that is why. The
 * signature itself is never told.
 */
export function expiryNote(url: URL, status: number, now = Date.now()): string {
  const expiry = url.searchParams.get('sig') === null ? null : url.searchParams.get('se');
  if (expiry === null || status !== 403) return '';
  const expired = Date.parse(expiry);
  return expired < now ? `, as its signature expired at ${new Date(expired).toISOString()}` : '';
}
