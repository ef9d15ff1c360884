import type { Call } from './route';

/**
 * The URL of the page of a job: it opens in any browser, for a day, and shows that job alone. Only who may read the
 * job gets one; nobody does where there is no key to seal it with.
 */
export function studioUrl(
  { services, base, caller }: Pick<Call, 'services' | 'base' | 'caller'>,
  job: { readonly name: string; readonly endpoint: string },
): string | undefined {
  if (!caller.grants.hasFor('Jobs.Read', job.endpoint)) return undefined;
  const key = services.links?.issue(job.name);
  return key === undefined ? undefined : `${base}/studio/jobs/${job.name}?token=${key}`;
}
