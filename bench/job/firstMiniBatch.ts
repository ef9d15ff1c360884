import type { ProductHost } from '../product/productHost';
import type { Row } from '../report';
import { spread, timedJob } from './measure';
import { noopScript } from './scorers';

/** What is there when the invocation comes: each kind with what has to be started first. */
const kinds = {
  warm: 'host and processes run',
  cold: 'the host runs, the process of the script is started',
  'cold host': 'the host is started, and the process of the script',
} as const;

/** The time from an invocation until its first mini-batch is scored, by the clock of this machine. */
export async function firstMiniBatch(host: ProductHost, rounds: number): Promise<Row[]> {
  await host.endpoint('first', noopScript, { miniBatchSize: 1, resources: { instanceCount: 2 } });
  const input = host.inputs(20, 'first');
  const times: Record<keyof typeof kinds, number[]> = { warm: [], cold: [], 'cold host': [] };
  for (let round = 0; round < rounds; round++) {
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
    return {
      what: `invoke to first scored mini-batch, ${kind}`,
      goal: kind === 'warm' ? 'at most 100 ms' : '',
      least: `${least} ms`,
      median: `${median} ms`,
      beside: kinds[kind],
    };
  });
}
