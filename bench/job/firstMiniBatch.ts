import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import type { Bench, BenchContext, Figure } from '../figure';
import { ProductHost } from '../product/productHost';
import { onHost, spread, timed, timedJob } from './measure';
import { noopScript } from './scorers';

const run = promisify(execFile);

/** What is there when the invocation comes: each kind with what has to be started first. */
const kinds = {
  warm: 'host and processes run',
  cold: 'the host runs, the process of the script is started',
  'cold host': 'the host is started, and the process of the script',
} as const;

/** Without the record of the job and that of the claim on disk, nothing may be scored. */
const records = 2;

/** What each kind cannot do without, beside the records. */
const needs = {
  warm: ['a request that does nothing'],
  cold: ['a request that does nothing', 'the start of python3'],
  'cold host': ['a request that does nothing', 'the start of python3', 'the start of Node'],
} as const;

/** The time from an invocation until its first mini-batch is scored, by the clock of this machine. */
export const firstMiniBatch: Bench = {
  name: 'first-mini-batch',
  what: 'invoke to the first scored mini-batch: warm, cold, and with the host to be started',
  minutes: 1,
  measure: (context) => {
    context.say('Measuring: the time to the first mini-batch ...');
    return onHost(new ProductHost(), (host) => measure(context, host));
  },
};

async function measure({ rounds = 7, disk }: BenchContext, host: ProductHost): Promise<Figure[]> {
  await host.endpoint('first', noopScript, { miniBatchSize: 1, resources: { instanceCount: 2 } });
  const input = host.inputs(20, 'first');
  const times: Record<keyof typeof kinds, number[]> = { warm: [], cold: [], 'cold host': [] };
  const bare = {
    'a request that does nothing': [],
    'the start of python3': [],
    'the start of Node': [],
  } as Record<(typeof needs)['cold host'][number], number[]>;
  for (let round = 0; round < rounds; round++) {
    bare['a request that does nothing'].push(
      await timed(async () => (await fetch(`${host.url}/health`)).text()),
    );
    bare['the start of python3'].push(await timed(() => run('python3', ['-c', 'pass'])));
    bare['the start of Node'].push(await timed(() => run(process.execPath, ['-e', '0'])));
    // Variables of its own make the processes of this round new ones.
    const variables = { environmentVariables: { ROUND: String(round) } };
    for (const kind of ['cold', 'warm', 'cold host'] as const) {
      if (kind === 'cold host') await host.kill();
      const began = Date.now();
      if (kind === 'cold host') await host.start();
      const { job } = await timedJob(host, 'first', input, variables);
      times[kind].push(Date.parse(job.properties.times['firstScored'] ?? '') - began);
    }
  }
  return (['warm', 'cold', 'cold host'] as const).map((kind) => {
    const { least, median } = spread(times[kind]);
    const bound = needs[kind].reduce(
      (sum, need) => sum + spread(bare[need]).least,
      records * disk.syncMilliseconds,
    );
    return {
      id: `first-mini-batch-${kind.replace(' ', '-')}`,
      what: `invoke to first scored mini-batch, ${kind}`,
      unit: 'ms',
      ...(kind === 'warm' ? { atMost: 100 } : {}),
      least,
      median,
      bound: {
        value: bound,
        unit: 'ms',
        ratio: median / bound,
        from: [`${records} records on disk`, ...needs[kind]].join(', '),
      },
      from: kinds[kind],
      raw: { milliseconds: times[kind], ...bare },
    };
  });
}
