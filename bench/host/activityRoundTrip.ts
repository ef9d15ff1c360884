// Measures one no-op activity round trip of the embedded host: scheduled, run, orchestrator resumed.
//   node dist/bench/host/activityRoundTrip.js [activities] [activities per execution]
import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, relative } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';

const hostMain = join(__dirname, '../../local/main.js');

async function measure(activities: number, perExecution: number): Promise<void> {
  const folder = mkdtempSync(join(tmpdir(), 'batchpoint-bench-'));
  const main = relative(folder, join(__dirname, 'roundTripApp.js'));
  writeFileSync(join(folder, 'package.json'), JSON.stringify({ name: 'bench', version: '0.0.0', main }));
  writeFileSync(join(folder, 'host.json'), JSON.stringify({ version: '2.0' }));
  const began = performance.now();
  const host = spawn(process.execPath, [hostMain, '--app', folder, '--state', join(folder, 'state')], {
    stdio: ['ignore', 'ignore', 'inherit'],
  });
  try {
    const url = await urlOf(join(folder, 'state', 'host-info.json'), host);
    print('start of the host', `${(performance.now() - began).toFixed(0)} ms`);
    const first = await finished(url, await start(url, 1, 1));
    print('memory at the start', megabytes(first.rss));
    report(await finished(url, await start(url, activities, perExecution)), activities);
  } finally {
    await end(host);
    rmSync(folder, { recursive: true, force: true });
  }
}

interface Result {
  readonly isOver: boolean;
  readonly begins: readonly number[];
  readonly rss: number;
}

function report({ begins, rss }: Result, activities: number): void {
  const gaps = begins.slice(1).map((time, at) => time - (begins[at] ?? 0));
  gaps.sort((one, other) => one - other);
  const at = (share: number): string => `${(gaps[Math.floor(share * (gaps.length - 1))] ?? 0).toFixed(3)} ms`;
  print('activities', String(activities));
  print('round trip, min', at(0));
  print('round trip, median', at(0.5));
  print('round trip, 99 %', at(0.99));
  print('round trip, max', at(1));
  print('memory at the end', megabytes(rss));
}

async function finished(url: string, id: string): Promise<Result> {
  for (;;) {
    const seen = await result(url, id);
    if (seen.isOver) return seen;
    await delay(500);
  }
}

async function result(url: string, id: string): Promise<Result> {
  const response = await fetch(`${url}/api/result?id=${id}`);
  return (await response.json()) as Result;
}

async function start(url: string, left: number, perExecution: number): Promise<string> {
  const { id } = (await post(`${url}/api/start`, { left, perExecution })) as { id: string };
  return id;
}

async function post(url: string, body: object): Promise<unknown> {
  const response = await fetch(url, { method: 'POST', body: JSON.stringify(body) });
  return response.json();
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

function megabytes(bytes: number): string {
  return `${(bytes / 1e6).toFixed(0)} MB`;
}

function print(what: string, value: string): void {
  process.stdout.write(`${what.padEnd(24)}${value}\n`);
}

void measure(Number(process.argv[2] ?? 20_000), Number(process.argv[3] ?? 20));
