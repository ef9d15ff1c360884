import type { Services } from '../services';

/** The URL of the page of a job: it opens in any browser, for a day, and shows that job alone. */
export function studioUrl(
  { services, base }: { readonly services: Services; readonly base: string },
  job: string,
): string {
  return `${base}/studio/jobs/${job}?token=${services.links.issue(job)}`;
}
