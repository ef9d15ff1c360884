import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, relative } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import type { Bench, BenchContext, Figure } from '../figure';
import { spread } from '../job/measure';

const hostMain = join(__dirname, '../../local/main.js');
const activities = 10_000;
const perExecution = 20;

/** What the app of this benchmark tells of its activities. */
interface Result {
  readonly isOver: boolean;
  readonly begins: readonly number[];
}

/** An activity that does nothing, on the embedded host: scheduled, run, and the orchestrator's next turn. */
export const roundTrip: Bench = {
  name: 'round-trip',
  what: 'the embedded host alone: an activity that does nothing, to the next turn of its orchestrator',
  minutes: 0.5,
  measure: async (context) => {
    context.say('Measuring: the round trip of an activity ...');
    const folder = mkdtempSync(join(tmpdir(), 'batchpoint-bench-'));
    const main = relative(folder, join(__dirname, 'roundTripApp.js'));
    writeFileSync(join(folder, 'package.json'), JSON.stringify({ name: 'bench', version: '0.0.0', main }));
    writeFileSync(join(folder, 'host.json'), JSON.stringify({ version: '2.0' }));
    const host = spawn(process.execPath, [hostMain, '--app', folder, '--state', join(folder, 'state')], {
      stdio: ['ignore', 'ignore', 'inherit'],
    });
    try {
      return await measure(context, await urlOf(join(folder, 'state', 'host-info.json'), host));
    } finally {
      await end(host);
      rmSync(folder, { recursive: true, force: true });
    }
  },
};

async function measure({ rounds = 3, disk }: BenchContext, url: string): Promise<Figure[]> {
  await finished(url, await start(url, 1));
  const medians: number[] = [];
  const longest: number[] = [];
  for (let round = 0; round < rounds; round++) {
    const { begins } = await finished(url, await start(url, activities));
    const gaps = begins.slice(1).map((time, at) => time - (begins[at] ?? 0));
    medians.push(spread(gaps).median);
    longest.push(gaps.reduce((most, gap) => Math.max(most, gap), 0));
  }
  const { least, median } = spread(medians);
  // The end of one is written down with the turn that schedules the next.
  const bound = disk.syncMilliseconds;
  return [
    {
      id: 'round-trip',
      what: 'round trip of an activity on the embedded host',
      unit: 'ms',
      least,
      median,
      bound: { value: bound, unit: 'ms', ratio: median / bound, from: 'a small write on disk' },
      from: `medians of ${activities.toLocaleString('en')}; the longest ${Math.max(...longest).toFixed(0)} ms`,
      raw: { medianMilliseconds: medians, longestMilliseconds: longest },
    },
  ];
}

async function finished(url: string, id: string): Promise<Result> {
  for (;;) {
    const response = await fetch(`${url}/api/result?id=${id}`);
    const seen = (await response.json()) as Result;
    if (seen.isOver) return seen;
    await delay(500);
  }
}

async function start(url: string, left: number): Promise<string> {
  const body = JSON.stringify({ left, perExecution });
  const response = await fetch(`${url}/api/start`, { method: 'POST', body });
  return ((await response.json()) as { id: string }).id;
}

async function urlOf(infoFile: string, host: ChildProcess): Promise<string> {
  while (!existsSync(infoFile)) {
    if (host.exitCode !== null)
      throw new Error('The host has ended: is the project built, and Node new enough?');
    await delay(2);
  }
  return (JSON.parse(readFileSync(infoFile, 'utf8')) as { url: string }).url;
}

async function end(host: ChildProcess): Promise<void> {
  if (host.exitCode !== null) return;
  host.kill('SIGTERM');
  await once(host, 'exit');
}
