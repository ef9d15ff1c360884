import { readFileSync } from 'node:fs';
import { pathToFileURL } from 'node:url';
import { noopScript } from '../job/scorers';
import { spread } from '../job/measure';
import { workspace, type ProductHost, type ShownJob } from '../product/productHost';
import { until } from '../product/until';
import type { Row } from '../report';
import { copiesOfJob } from './finishedJobs';
import type { LoadRequest } from './loadMessages';
import { LoadProcess } from './loadProcess';

/** How much is measured. */
export interface HttpSizes {
  readonly jobs: number;
  readonly connections: number;
  readonly rounds: number;
}

/** One kind of request under load, and what each round of it took. */
interface Measured {
  readonly what: string;
  readonly goal: string;
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

const pageGoal = 'a page in under 100 ms';

/** What the API takes under many connections, beside the least that a function of the same host takes. */
export async function httpFigures(host: ProductHost, sizes: HttpSizes): Promise<Row[]> {
  const name = await listOfJobs(host, sizes.jobs);
  const kinds = await kindsOf(host, sizes, name);
  const clients = new LoadProcess();
  const memory: number[] = [];
  try {
    for (let round = 0; round < sizes.rounds; round++) {
      for (const kind of kinds) kind.rounds.push(await roundOf(host, clients, kind));
      await allEnded(host);
      memory.push(residentMegabytes(host));
    }
  } finally {
    clients.close();
  }
  const [bare] = kinds;
  return [...kinds.map((kind) => rowOf(kind, bare)), memoryRow(memory)];
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

async function kindsOf(
  host: ProductHost,
  { jobs, connections }: HttpSizes,
  job: string,
): Promise<Measured[]> {
  const kind = (
    what: string,
    audience: Measured['audience'],
    request: LoadRequest,
    count: number,
    more: Partial<Measured> = {},
  ): Measured => ({ what, goal: '', audience, request, count, connections, rounds: [], ...more });
  const get = (path: string): LoadRequest => ({ method: 'GET', path, status: 200 });
  const kinds = [
    kind('`/health`, without a token', 'data', get('/health'), 4_000),
    kind('a job, of its endpoint', 'data', get(`${workspace}/batchEndpoints/listed/jobs/${job}`), 4_000),
    kind('a job, of the workspace', 'management', get(`${workspace}/jobs/${job}`), 4_000),
  ];
  for (const [list, path, audience] of [
    ['jobs of an endpoint', '/batchEndpoints/listed/jobs', 'data'],
    ['jobs of the workspace', '/jobs', 'management'],
  ] as const) {
    const pages = await pagesOf(host, path, jobs);
    for (const [place, page] of [
      ['first', pages[0]],
      ['middle', pages[Math.floor(pages.length / 2)]],
      ['last', pages.at(-1)],
    ] as const) {
      const what = `${list}, ${place} page of ${pages.length}`;
      kinds.push(kind(what, audience, get(page ?? ''), 400, { goal: pageGoal }));
      if (place === 'middle')
        kinds.push(
          kind(`${what}, one client`, audience, get(page ?? ''), 100, { connections: 1, goal: pageGoal }),
        );
    }
  }
  return [...kinds, kind('invoke', 'data', invocation(host), 300)];
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
  const { request, audience, connections, count } = kind;
  const tokens = await Promise.all(Array.from({ length: connections }, () => host.token(audience)));
  const before = processorTime(host);
  const { time, times } = await clients.run({ url: host.url, request, tokens, count });
  const processor = (processorTime(host) - before) / count;
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

function rowOf(kind: Measured, bare: Measured | undefined): Row {
  const figure = (of: keyof Round): number[] => kind.rounds.map((round) => round[of]);
  const p99 = spread(figure('p99'));
  const rate = spread(figure('rate')).median;
  const ratios = kind.rounds.map((round, i) => round.rate / (bare?.rounds[i]?.rate ?? Number.NaN));
  const best = Math.max(...figure('rate'));
  return {
    what: kind.what,
    goal: kind.goal,
    least: `p99 ${p99.least.toFixed(1)} ms`,
    median: `p99 ${p99.median.toFixed(1)} ms`,
    beside:
      `${rate.toFixed(0)} requests/s (best ${best.toFixed(0)}), half within ${spread(figure('median')).median.toFixed(1)} ms, ` +
      `longest ${Math.max(...figure('longest')).toFixed(0)} ms, ${spread(figure('processor')).median.toFixed(2)} ms of processor time; ` +
      `${spread(ratios).median.toFixed(2)} x \`/health\`; ` +
      `${kind.connections} connections`,
  };
}

function memoryRow(memory: readonly number[]): Row {
  return {
    what: 'memory of the host after each round',
    goal: '',
    least: `${Math.min(...memory)} MB`,
    median: `${spread(memory).median} MB`,
    beside: `resident: ${memory.join(', ')} MB`,
  };
}

function residentMegabytes(host: ProductHost): number {
  const status = readFileSync(`/proc/${host.pid}/status`, 'utf8');
  return Math.round(Number(/VmRSS:\s+(\d+)/.exec(status)?.[1] ?? 0) / 1024);
}

/** Milliseconds of processor time that the host has taken so far, in all of its threads; Linux counts in hundredths of a second. */
function processorTime(host: ProductHost): number {
  const fields = readFileSync(`/proc/${host.pid}/stat`, 'utf8').split(') ')[1]?.split(' ') ?? [];
  return (Number(fields[11]) + Number(fields[12])) * 10;
}
