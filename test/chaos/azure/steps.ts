import type { SeenRequest } from '../../support/faultyProxy';

/** The steps of a job, by the requests that an activity makes for them. */
export const steps = {
  planned: ({ method, url }) => method === 'PUT' && /\/manifest\.json(\?|$)/.test(url),
  running: (request) => isGroup(request, /\\"state\\":\\"Running\\".*\\"planned\\"/, /claim:/),
  claimed: (request) => isGroup(request, /^POST .*[^]*"RowKey":"claim:/m),
  fetched: ({ method, url }) => method === 'GET' && url.includes('/manifest/'),
  staged: ({ method, url }) => method === 'PUT' && /\/parts\/[^/]*\.rows(\?|$)/.test(decodeURIComponent(url)),
  settled: (request) => isGroup(request, /\\"outcome\\":/),
  decided: (request) => isGroup(request, /\\"state\\":\\"Committing\\"/),
  copied: ({ url }) => url.includes('comp=block&') && url.includes('/score/'),
  committed: ({ url }) => url.includes('comp=blocklist') && url.includes('/score/'),
  logged: ({ url }) => url.includes('comp=blocklist') && url.includes('/files/'),
  told: ({ method, url }) => method === 'PUT' && url.includes('/files/logs/job_result.txt'),
  ended: (request) => isGroup(request, /\\"state\\":\\"(Completed|Failed|Canceled)\\"/),
  released: ({ method, body }) => method === 'POST' && /^DELETE /m.test(body?.toString() ?? ''),
} as const satisfies Record<string, (request: SeenRequest) => boolean>;

export type Step = keyof typeof steps;

export const allSteps = Object.keys(steps) as [Step, ...Step[]];

/** Whether a request changes a group of rows that has this, and nothing of the other. */
function isGroup({ url, body }: SeenRequest, has: RegExp, hasNot = /$^/): boolean {
  if (!url.includes('$batch') || body === undefined) return false;
  const text = body.toString();
  return has.test(text) && !hasNot.test(text);
}
