import { execFile } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { promisify } from 'node:util';
import type { Row } from '../report';
import type { ProductHost } from '../product/productHost';
import { spread, timed, timedJob } from './measure';
import { bareLoop, busyScript } from './scorers';

const run = promisify(execFile);

const processes = 2;
const miniBatchSize = 10;

/**
 * A whole job against the bare loop: the same script, the same files, as many processes, one after the other in
 * turn. A job is timed from its invocation to its end, on a host that runs. Cold, its processes have still to be
 * started, as those of the loop always have.
 */
export async function wholeJob(
  host: ProductHost,
  milliseconds: number,
  files: number,
  rounds: number,
): Promise<Row[]> {
  const name = `busy-${milliseconds}ms`;
  await host.endpoint(name, busyScript(milliseconds), {
    miniBatchSize,
    resources: { instanceCount: processes },
  });
  const input = host.inputs(files, name);
  const loop = host.write('bare-loop.py', bareLoop);
  const script = join(host.folder, `code-${name}`, 'score.py');
  const times = { bare: [] as number[], cold: [] as number[], warm: [] as number[] };
  for (let round = 0; round < rounds; round++) {
    const output = join(host.folder, `${name}-${round}.txt`);
    const loopArguments = [loop, script, input, String(miniBatchSize), String(processes), output];
    times.bare.push(await timed(() => run('python3', loopArguments)));
    // Variables of its own make the processes of this round new ones.
    const variables = { environmentVariables: { ROUND: String(round) } };
    for (const kind of ['cold', 'warm'] as const) {
      const { job, time } = await timedJob(host, name, input, variables);
      times[kind].push(time);
      const rows = await host.file(job.name, 'named-outputs/score/predictions.csv');
      if (rows !== readFileSync(output, 'utf8'))
        throw new Error('The rows of the job are not those of the loop.');
    }
  }
  const bare = spread(times.bare);
  return (['cold', 'warm'] as const).map((kind) => {
    const ours = spread(times[kind]);
    const ratios = spread(times[kind].map((time, round) => time / (times.bare[round] ?? Number.NaN)));
    return {
      what: `whole job, ${milliseconds} ms a file, ${kind} processes`,
      goal: 'at most 1.05 x',
      least: `${(ours.least / bare.least).toFixed(3)} x`,
      median: `${ratios.median.toFixed(3)} x`,
      beside: `${seconds(ours.median)} s against ${seconds(bare.median)} s`,
    };
  });
}

function seconds(milliseconds: number): string {
  return (milliseconds / 1000).toFixed(2);
}
