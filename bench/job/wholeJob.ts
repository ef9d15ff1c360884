import { execFile } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { promisify } from 'node:util';
import type { Bench, BenchContext, Figure } from '../figure';
import { timeBound } from '../measuring/lowerBound';
import { ProductHost } from '../product/productHost';
import { onHost, spread, timed, timedJob } from './measure';
import { bareLoop, busyScript } from './scorers';

const run = promisify(execFile);

const processes = 2;
const miniBatchSize = 10;

/** Milliseconds a file takes, and how many there are. */
const sizes = [
  [5, 2_000],
  [20, 600],
] as const;

/**
 * A whole job against the bare loop: the same script, the same files, as many processes, one after the other in
 * turn. A job is timed from its invocation to its end, on a host that runs. Cold, its processes have still to be
 * started, as those of the loop always have.
 */
export const wholeJob: Bench = {
  name: 'whole-job',
  what: 'a whole job against a bare loop, 5 and 20 ms a file',
  minutes: 3,
  measure: async (context) => {
    const figures: Figure[] = [];
    for (const [milliseconds, files] of sizes) {
      context.say(`Measuring: a whole job against a bare loop, ${milliseconds} ms a file ...`);
      figures.push(
        ...(await onHost(new ProductHost(), (host) => against(context, host, milliseconds, files))),
      );
    }
    return figures;
  },
};

async function against(
  { rounds = 5, disk }: BenchContext,
  host: ProductHost,
  milliseconds: number,
  files: number,
): Promise<Figure[]> {
  const name = `busy-${milliseconds}ms`;
  await host.endpoint(name, busyScript(milliseconds), {
    miniBatchSize,
    resources: { instanceCount: processes },
  });
  const input = host.inputs(files, name);
  const loop = host.write('bare-loop.py', bareLoop);
  const script = join(host.folder, `code-${name}`, 'score.py');
  const times = { bare: [] as number[], cold: [] as number[], warm: [] as number[] };
  const scorers = { cold: [] as number[], warm: [] as number[] };
  let bytes = 0;
  for (let round = 0; round < rounds; round++) {
    const output = join(host.folder, `${name}-${round}.txt`);
    const loopArguments = [loop, script, input, String(miniBatchSize), String(processes), output];
    times.bare.push(await timed(() => run('python3', loopArguments)));
    // Variables of its own make the processes of this round new ones.
    const variables = { environmentVariables: { ROUND: String(round) } };
    for (const kind of ['cold', 'warm'] as const) {
      const { job, time, scorers: used } = await timedJob(host, name, input, variables);
      times[kind].push(time);
      scorers[kind].push(used);
      const rows = await host.file(job.name, 'named-outputs/score/predictions.csv');
      if (rows !== readFileSync(output, 'utf8'))
        throw new Error('The rows of the job are not those of the loop.');
      bytes = Buffer.byteLength(rows);
    }
  }
  const bare = spread(times.bare);
  return (['cold', 'warm'] as const).map((kind) => {
    const ours = spread(times[kind]);
    const ratios = times[kind].map((time, round) => time / (times.bare[round] ?? Number.NaN));
    return {
      id: `whole-job-${milliseconds}ms-${kind}`,
      what: `whole job, ${milliseconds} ms a file, ${kind} processes`,
      unit: 'x',
      atMost: 1.05,
      least: ours.least / bare.least,
      median: spread(ratios).median,
      bound: timeBound(ours.median, { scorers: spread(scorers[kind]).median, processes, bytes }, disk),
      from: `${seconds(ours.median)} s against ${seconds(bare.median)} s of the loop`,
      raw: { jobMilliseconds: times[kind], loopMilliseconds: times.bare, scorerMilliseconds: scorers[kind] },
    };
  });
}

function seconds(milliseconds: number): string {
  return (milliseconds / 1000).toFixed(2);
}
