import type { SeenRequest } from '../../support/faultyProxy';

interface StepRequests {
  readonly isOf: (request: SeenRequest) => boolean;
  /** How many such requests of one process a small job is sure to have, or nearly so. */
  readonly times: number;
}

/** The steps of a job, by the requests that an activity makes for them. */
export const steps = {
  any: { times: 1, isOf: () => true },
  planned: { times: 1, isOf: ({ method, url }) => method === 'PUT' && /\/manifest\.json(\?|$)/.test(url) },
  running: {
    times: 1,
    isOf: (request) => isGroup(request, /\\"planned\\":/, /"RowKey":"claim:|\\"firstScored\\"/),
  },
  claimed: { times: 3, isOf: (request) => isGroup(request, /^POST .*[^]*"RowKey":"claim:/m) },
  paged: { times: 1, isOf: ({ method, url }) => method === 'GET' && url.includes('/manifest/') },
  staged: {
    times: 3,
    isOf: ({ method, url }) => method === 'PUT' && /\/parts\/[^/]*\.rows(\?|$)/.test(decodeURIComponent(url)),
  },
  settled: { times: 3, isOf: (request) => isGroup(request, /\\"outcome\\":/) },
  decided: { times: 1, isOf: (request) => isGroup(request, /\\"state\\":\\"Committing\\"/) },
  copied: { times: 1, isOf: ({ url }) => url.includes('comp=block&') && url.includes('/score/') },
  committed: { times: 1, isOf: ({ url }) => url.includes('comp=blocklist') && url.includes('/score/') },
  logged: { times: 1, isOf: ({ url }) => url.includes('comp=blocklist') && url.includes('/files/') },
  told: {
    times: 1,
    isOf: ({ method, url }) => method === 'PUT' && url.includes('/files/logs/job_result.txt'),
  },
  ended: { times: 1, isOf: (request) => isGroup(request, /\\"state\\":\\"(Completed|Failed|Canceled)\\"/) },
  released: { times: 2, isOf: (request) => isGroup(request, /^DELETE /m) },
} as const satisfies Record<string, StepRequests>;

export type Step = keyof typeof steps;

export const allSteps = Object.keys(steps) as [Step, ...Step[]];

/** Whether a request changes a group of rows that has this, and nothing of the other. */
function isGroup({ url, body }: SeenRequest, has: RegExp, hasNot = /$^/): boolean {
  if (!url.includes('$batch') || body === undefined) return false;
  const text = body.toString();
  return has.test(text) && !hasNot.test(text);
}
