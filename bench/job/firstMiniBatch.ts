import type { Row } from '../report';
import type { ProductHost } from '../product/productHost';
import { spread, timedJob } from './measure';
import { noopScript } from './scorers';

/** The time from sending an invocation until its first mini-batch is scored, by the clock of this machine. */
export async function firstMiniBatch(host: ProductHost, rounds: number): Promise<Row[]> {
  await host.endpoint('first', noopScript, { miniBatchSize: 1, resources: { instanceCount: 2 } });
  const input = host.inputs(20, 'first');
  const times = { cold: [] as number[], warm: [] as number[] };
  for (let round = 0; round < rounds; round++) {
    const variables = { environmentVariables: { ROUND: String(round) } };
    for (const kind of ['cold', 'warm'] as const) {
      const began = Date.now();
      const { job } = await timedJob(host, 'first', input, variables);
      times[kind].push(Date.parse(job.properties.times['firstScored'] ?? '') - began);
    }
  }
  return (['warm', 'cold'] as const).map((kind) => {
    const { least, median } = spread(times[kind]);
    return {
      what: `invoke to first scored mini-batch, ${kind}`,
      goal: kind === 'warm' ? 'at most 100 ms' : '',
      least: `${least} ms`,
      median: `${median} ms`,
      beside:
        kind === 'warm' ? 'host and processes run' : 'the host runs, the process of the script is started',
    };
  });
}
