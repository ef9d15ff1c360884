import { availableParallelism, cpus, totalmem } from 'node:os';
import { parseArgs } from 'node:util';
import { httpFigures } from './http/httpFigures';
import { engineCost } from './job/engineCost';
import { firstMiniBatch } from './job/firstMiniBatch';
import { wholeJob } from './job/wholeJob';
import { ProductHost } from './product/productHost';
import { tableOf, type Row } from './report';
import { scoringFigures } from './scoring/scoringFigures';

const parts: readonly string[] = ['jobs', 'http', 'scoring'];

const scoringSizes = { tables: 4, rowsEach: 250_000, images: 2_000, largeBytes: 1e9, rounds: 3 };

/**
 * Measures the figures of the product, all in one run, and prints them as a table. `--million` adds a large job;
 * `--only jobs`, `--only http` and `--only scoring` measure that part alone.
 */
async function main(): Promise<void> {
  const { values } = parseArgs({ options: { million: { type: 'boolean' }, only: { type: 'string' } } });
  const { million = false, only } = values;
  if (only !== undefined && !parts.includes(only))
    throw new Error(`--only takes ${parts.join(', ')}, and not ${only}.`);
  const isWanted = (part: string): boolean => only === undefined || only === part;
  const rows: Row[] = [];
  const say = (text: string): void => void process.stderr.write(`${text}\n`);
  const measure = async (what: string, work: (host: ProductHost) => Promise<Row[]>): Promise<void> => {
    say(`Measuring: ${what} ...`);
    const host = new ProductHost();
    try {
      await host.start();
      rows.push(...(await work(host)));
    } finally {
      await host.close();
    }
  };
  if (isWanted('jobs')) {
    await measure('a whole job against a bare loop, 5 ms a file', (host) => wholeJob(host, 5, 2_000, 5));
    await measure('a whole job against a bare loop, 20 ms a file', (host) => wholeJob(host, 20, 600, 5));
    await measure('the time to the first mini-batch', (host) => firstMiniBatch(host, 7));
    const sizes = [1_000, 10_000, 100_000, ...(million ? [1_000_000] : [])];
    await measure('the cost of the engine', (host) => engineCost(host, sizes, 5));
  }
  if (isWanted('http')) {
    const sizes = { jobs: 10_000, connections: 50, rounds: 5 };
    await measure('the API under 50 connections', (host) => httpFigures(host, sizes));
  }
  if (isWanted('scoring')) rows.push(...(await scoringFigures(scoringSizes, say)));
  const machine = `${availableParallelism()} x ${cpus()[0]?.model ?? 'processor'}, ${Math.round(totalmem() / 2 ** 30)} GiB, Node ${process.versions.node}`;
  process.stdout.write(`\nMachine: ${machine}\n\n${tableOf(rows)}`);
}

void main().then(
  () => process.exit(0),
  (error: unknown) => {
    process.stderr.write(`${error instanceof Error ? (error.stack ?? error.message) : String(error)}\n`);
    process.exit(1);
  },
);
