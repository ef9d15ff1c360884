import { pathToFileURL } from 'node:url';
import type { Bench, BenchContext, Figure } from '../figure';
import { onHost, spread } from '../job/measure';
import { noopScript } from '../job/scorers';
import { residentMegabytes } from '../measuring/hostMemory';
import { processorTime } from '../measuring/processorTime';
import { ProductHost, workspace, type ShownJob } from '../product/productHost';
import { until } from '../product/until';
import { copiesOfJob } from './finishedJobs';
import type { LoadRequest } from './loadMessages';
import { LoadProcess } from './loadProcess';

/** Jobs in the lists, and connections that ask at once. */
const [listed, connections] = [10_000, 50];

/** One kind of request under load, and what each round of it took. */
interface Measured {
  readonly id: string;
  readonly what: string;
  /** Milliseconds that 99 of 100 requests may take. */
  readonly atMost?: number;
  readonly request: LoadRequest;
  readonly audience: 'data' | 'management';
  readonly connections: number;
  /** Requests of a round. */
  readonly count: number;
  readonly rounds: Round[];
}

interface Round {
  /** Requests in a second. */
  readonly rate: number;
  readonly median: number;
  readonly p99: number;
  readonly longest: number;
  /** Milliseconds of processor time that the host took for a request. */
  readonly processor: number;
}

interface Page {
  readonly value: readonly ShownJob[];
  readonly nextLink?: string;
}

/** Milliseconds of a page of a list. */
const pageGoal = 100;

/** What the API takes under many connections, beside the least that a function of the same host takes. */
export const api: Bench = {
  name: 'http',
  what: `the API under ${connections} connections, with ${listed.toLocaleString('en')} jobs in the lists`,
  minutes: 3,
  measure: (context) => {
    context.say(`Measuring: the API under ${connections} connections ...`);
    return onHost(new ProductHost(), (host) => measure(context, host));
  },
};

async function measure({ rounds = 5 }: BenchContext, host: ProductHost): Promise<Figure[]> {
  const name = await listOfJobs(host, listed);
  const kinds = await kindsOf(host, name);
  const rest = residentMegabytes(host.pid);
  const clients = new LoadProcess();
  const memory: number[] = [];
  try {
    for (let round = 0; round < rounds; round++) {
      for (const kind of kinds) kind.rounds.push(await roundOf(host, clients, kind));
      await allEnded(host);
      memory.push(residentMegabytes(host.pid));
    }
  } finally {
    clients.close();
  }
  const bareOf = (kind: Measured): Measured | undefined =>
    kinds.find((one) => one.request.path === '/health' && one.connections === kind.connections);
  return [...kinds.map((kind) => figureOf(kind, bareOf(kind))), memoryFigure(memory, rest)];
}

/** An endpoint with a job that was run, and as many copies of that. */
async function listOfJobs(host: ProductHost, count: number): Promise<string> {
  const settings = { miniBatchSize: 1 };
  await host.endpoint('listed', noopScript, settings);
  await host.endpoint('invoked', noopScript, settings);
  const { name } = await host.invoke('listed', host.inputs(1));
  await host.finished(name);
  const [first = ''] = await copiesOfJob(host.state, name, count - 1);
  return first;
}

async function kindsOf(host: ProductHost, job: string): Promise<Measured[]> {
  const kind = (
    id: string,
    what: string,
    audience: Measured['audience'],
    request: LoadRequest,
    count: number,
    more: Partial<Measured> = {},
  ): Measured => ({ id, what, audience, request, count, connections, rounds: [], ...more });
  const get = (path: string): LoadRequest => ({ method: 'GET', path, status: 200 });
  const kinds = [
    kind('health', '`/health`, without a token', 'data', get('/health'), 4_000),
    kind('health-one', '`/health`, one client', 'data', get('/health'), 500, { connections: 1 }),
    kind(
      'job-data',
      'a job, of its endpoint',
      'data',
      get(`${workspace}/batchEndpoints/listed/jobs/${job}`),
      4_000,
    ),
    kind('job-management', 'a job, of the workspace', 'management', get(`${workspace}/jobs/${job}`), 4_000),
  ];
  for (const [id, list, path, audience] of [
    ['list-endpoint', 'jobs of an endpoint', '/batchEndpoints/listed/jobs', 'data'],
    ['list-workspace', 'jobs of the workspace', '/jobs', 'management'],
  ] as const) {
    const pages = await pagesOf(host, path, listed);
    for (const [place, page] of [
      ['first', pages[0]],
      ['middle', pages[Math.floor(pages.length / 2)]],
      ['last', pages.at(-1)],
    ] as const) {
      const what = `${list}, ${place} page of ${pages.length}`;
      kinds.push(kind(`${id}-${place}`, what, audience, get(page ?? ''), 400, { atMost: pageGoal }));
      if (place === 'middle')
        kinds.push(
          kind(`${id}-one`, `${what}, one client`, audience, get(page ?? ''), 100, {
            connections: 1,
            atMost: pageGoal,
          }),
        );
    }
  }
  return [...kinds, kind('invoke', 'invoke', 'data', invocation(host), 300)];
}

/** The paths of the pages of a list, which has to have so many jobs, none of them twice. */
async function pagesOf(host: ProductHost, list: string, jobs: number): Promise<string[]> {
  const paths: string[] = [];
  const names = new Set<string>();
  let shown = 0;
  for (let next: string | undefined = `${workspace}${list}`; next !== undefined;) {
    paths.push(next);
    const page = (await host.ask('GET', next.slice(workspace.length))) as Page;
    shown += page.value.length;
    for (const { name } of page.value) names.add(name);
    next = page.nextLink?.slice(host.url.length);
  }
  if (names.size !== jobs || shown !== jobs)
    throw new Error(`${list} has ${shown} jobs, ${names.size} of them different, and not ${jobs}.`);
  return paths;
}

/** A job of one small file; each request makes a new one. */
function invocation(host: ProductHost): LoadRequest {
  const dataset = { dataInputType: 'DataUrl', path: pathToFileURL(`${host.folder}/input`).href };
  return {
    method: 'POST',
    path: `${workspace}/batchEndpoints/invoked/jobs`,
    body: JSON.stringify({ properties: { dataset } }),
    newRequestId: true,
    status: 201,
  };
}

async function roundOf(host: ProductHost, clients: LoadProcess, kind: Measured): Promise<Round> {
  const { request, audience, count } = kind;
  const tokens = await Promise.all(Array.from({ length: kind.connections }, () => host.token(audience)));
  const before = processorTime(host.pid);
  const { time, times } = await clients.run({ url: host.url, request, tokens, count });
  const processor = (processorTime(host.pid) - before) / count;
  const sorted = [...times].sort((a, b) => a - b);
  const at = (part: number): number =>
    sorted[Math.min(Math.floor(part * sorted.length), sorted.length - 1)] ?? 0;
  return { rate: (count / time) * 1_000, median: at(0.5), p99: at(0.99), longest: at(1), processor };
}

/** Waits until the jobs of a round have been scored: the next round is to find the host at rest. */
async function allEnded(host: ProductHost): Promise<void> {
  const { value } = await until(
    async () => (await host.ask('GET', '/batchEndpoints/invoked/jobs?$top=1000')) as Page,
    (page) => page.value.every(({ properties }) => properties.endTime !== undefined),
    1_000,
  );
  const other = value.find(({ properties }) => properties.status !== 'Completed');
  if (other !== undefined) throw new Error(`The job '${other.name}' is ${other.properties.status}.`);
}

function figureOf(kind: Measured, bare: Measured | undefined): Figure {
  const figure = (of: keyof Round): number[] => kind.rounds.map((round) => round[of]);
  const p99 = spread(figure('p99'));
  const rates = figure('rate');
  const least = spread(bare?.rounds.map((round) => round.p99) ?? []).median;
  const isBare = bare === kind || bare === undefined;
  return {
    id: `http-${kind.id}`,
    what: `${kind.what}, p99 of ${kind.connections === 1 ? '1 connection' : `${kind.connections} connections`}`,
    unit: 'ms',
    ...(kind.atMost === undefined ? {} : { atMost: kind.atMost }),
    ...p99,
    ...(isBare
      ? {}
      : {
          bound: {
            value: least,
            unit: 'ms',
            ratio: p99.median / least,
            from: '`/health` in the same rounds',
          },
        }),
    from:
      `${spread(rates).median.toFixed(0)} requests/s (best ${Math.max(...rates).toFixed(0)}), ` +
      `half within ${spread(figure('median')).median.toFixed(1)} ms, longest ${Math.max(...figure('longest')).toFixed(0)} ms, ` +
      `${spread(figure('processor')).median.toFixed(2)} ms of processor time each`,
    raw: {
      p99Milliseconds: figure('p99'),
      medianMilliseconds: figure('median'),
      longestMilliseconds: figure('longest'),
      requestsPerSecond: rates,
      processorMilliseconds: figure('processor'),
    },
  };
}

function memoryFigure(memory: readonly number[], rest: number): Figure {
  const { least, median } = spread(memory);
  return {
    id: 'http-memory',
    what: 'memory of the host after each round of requests',
    unit: 'MB',
    least,
    median,
    bound: { value: rest, unit: 'MB', ratio: median / rest, from: 'the host before them' },
    from: `resident: ${memory.join(', ')} MB`,
    raw: { megabytes: memory },
  };
}
