import type { Bench, BenchContext, Figure } from '../figure';
import { ProductHost } from '../product/productHost';
import { until } from '../product/until';
import { completed, onHost, spread, timedJob } from './measure';

const places = 2;
const milliseconds = 50;
const [smallFiles, largeFiles] = [40, 600];

/** A script that waits, as one that calls a service: what is measured is who gets a place, and not a processor. */
const waitingScript = `
import time

def run(mini_batch):
    time.sleep(${milliseconds / 1000} * len(mini_batch))
    return mini_batch
`;

/** A small job beside a large one that has all places of a compute, against the same job alone. */
export const sharedCompute: Bench = {
  name: 'shared-compute',
  what: 'a small job beside a large one on the same compute, against alone',
  minutes: 1.5,
  measure: (context) => {
    context.say('Measuring: a small job beside a large one ...');
    return onHost(new ProductHost(), (host) => measure(context, host));
  },
};

async function measure({ rounds = 3 }: BenchContext, host: ProductHost): Promise<Figure[]> {
  await host.ask('PUT', '/computes/shared', {
    properties: { properties: { scaleSettings: { maxNodeCount: places } } },
  });
  const settings = {
    miniBatchSize: 1,
    compute: 'azureml:shared',
    resources: { instanceCount: places },
  };
  await host.endpoint('small', waitingScript, settings);
  await host.endpoint('large', waitingScript, settings);
  const [small, large] = [host.inputs(smallFiles, 'small'), host.inputs(largeFiles, 'large')];
  await timedJob(host, 'small', small);
  await timedJob(host, 'large', small);
  const [alone, beside, largeTimes]: [number[], number[], number[]] = [[], [], []];
  for (let round = 0; round < rounds; round++) {
    alone.push((await timedJob(host, 'small', small)).time);
    const began = Date.now();
    const { name } = await host.invoke('large', large);
    // It has all places by then.
    await until(
      () => host.job(name),
      ({ properties }) => (properties.progress['miniBatchesDone'] ?? 0) > 0,
      50,
    );
    beside.push((await timedJob(host, 'small', small)).time);
    const { times } = (await completed(host, name)).properties;
    largeTimes.push(Date.parse(times['ended'] ?? '') - began);
  }
  const ratios = beside.map((time, round) => time / (alone[round] ?? Number.NaN));
  // One of two places is all that it can get: the large job keeps the other.
  const least = smallFiles * milliseconds;
  const { median } = spread(beside);
  return [
    {
      id: 'shared-compute-small',
      what: `a job of ${smallFiles} files beside one of ${largeFiles} on ${places} places, against alone`,
      unit: 'x',
      ...spread(ratios),
      bound: { value: least, unit: 's', ratio: median / least, from: `its run() on one of ${places} places` },
      from: `${(median / 1000).toFixed(2)} s, alone ${(spread(alone).median / 1000).toFixed(2)} s, the large one ${(spread(largeTimes).median / 1000).toFixed(2)} s`,
      raw: { besideMilliseconds: beside, aloneMilliseconds: alone, largeMilliseconds: largeTimes },
    },
  ];
}
