import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Row } from '../report';
import type { ProductHost } from '../product/productHost';
import { spread, timedJob } from './measure';
import { noopScript } from './scorers';

/** What the engine itself costs: jobs whose script does nothing, of 1,000 mini-batches and more. */
export async function engineCost(
  host: ProductHost,
  sizes: readonly number[],
  rounds: number,
): Promise<Row[]> {
  await host.endpoint('nothing', noopScript, { miniBatchSize: 1, resources: { instanceCount: 2 } });
  await timedJob(host, 'nothing', files(host, 10));
  const rows: Row[] = [];
  const medians: { size: number; time: number }[] = [];
  for (const size of sizes) {
    const input = files(host, size);
    const times: number[] = [];
    for (let round = 0; round < (size >= 1_000_000 ? 1 : rounds); round++)
      times.push((await timedJob(host, 'nothing', input)).time);
    const { least, median } = spread(times);
    medians.push({ size, time: median });
    rows.push({
      what: `engine cost of a mini-batch, of ${size.toLocaleString('en')}`,
      goal: size === 10_000 ? 'at most 0.4 ms' : '',
      least: `${(least / size).toFixed(3)} ms`,
      median: `${(median / size).toFixed(3)} ms`,
      beside: `${(median / 1000).toFixed(2)} s in all; memory of the host ${memoryOf(host)} MB`,
    });
  }
  return [...rows, growth(medians), memory(host, sizes.at(-1) ?? 0)];
}

/** How time grows with the number of mini-batches: the slope of the line through both logarithms. */
function growth(medians: readonly { size: number; time: number }[]): Row {
  const [first, last] = [medians[0], medians.at(-1)];
  const exponent =
    first === undefined || last === undefined || first === last
      ? Number.NaN
      : Math.log(last.time / first.time) / Math.log(last.size / first.size);
  return {
    what: `growth of time from ${first?.size.toLocaleString('en') ?? ''} to ${last?.size.toLocaleString('en') ?? ''}`,
    goal: 'exponent at most 1.05',
    least: '',
    median: exponent.toFixed(2),
    beside: 'medians',
  };
}

function files(host: ProductHost, count: number): string {
  const folder = join(host.folder, `files-${count}`);
  mkdirSync(folder);
  for (let i = 0; i < count; i++) writeFileSync(join(folder, `file-${String(i).padStart(8, '0')}`), '');
  return folder;
}

function memory(host: ProductHost, size: number): Row {
  return {
    what: `memory of the host at its highest, up to ${size.toLocaleString('en')} files`,
    goal: 'at most 300 MB',
    least: '',
    median: `${memoryOf(host)} MB`,
    beside: 'resident, over all of these jobs',
  };
}

/** Resident memory of the host at its highest, in megabytes. */
function memoryOf(host: ProductHost): number {
  const status = readFileSync(`/proc/${host.pid}/status`, 'utf8');
  return Math.round(Number(/VmHWM:\s+(\d+)/.exec(status)?.[1] ?? 0) / 1024);
}
