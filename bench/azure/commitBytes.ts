import { connectionStringOf, startAzurite } from '../../test/support/azurite';
import type { Bench, BenchContext, Figure } from '../figure';
import { onHost, spread, timedJob } from '../job/measure';
import { ProductHost } from '../product/productHost';
import { startCountingProxy, type CountedRequest } from './countingProxy';

const files = 200;
const rowBytes = 50_000;

/** A script that gives a row of so many bytes for each file. */
const wideScript = `
def run(mini_batch):
    return ['x' * ${rowBytes - 1} for path in mini_batch]
`;

/** What passes through the process while rows in Azure Storage become one file, by a proxy before the emulator. */
export const commitBytes: Bench = {
  name: 'azure-commit',
  what: 'bytes of rows that pass through the process at a commit in Azure Storage (Azurite)',
  minutes: 0.5,
  measure: async (context) => {
    context.say('Measuring: bytes at a commit in Azure Storage ...');
    const azurite = await startAzurite();
    const proxy = await startCountingProxy(azurite.blobUrl);
    try {
      const host = new ProductHost({
        BATCHPOINT_STORAGE: 'azure',
        AzureWebJobsStorage: connectionStringOf(proxy.url, azurite.tableUrl),
        BATCHPOINT_CLAIM_SECONDS: '0.1',
      });
      return await onHost(host, () => measure(context, host, proxy.requests));
    } finally {
      await proxy.stop();
      await azurite.stop();
    }
  },
};

async function measure(
  { rounds = 3 }: BenchContext,
  host: ProductHost,
  requests: readonly CountedRequest[],
): Promise<Figure[]> {
  await host.endpoint('wide', wideScript, { miniBatchSize: 1, resources: { instanceCount: 2 } });
  const input = host.inputs(files);
  const [carried, copies, times, sizes]: [number[], number[], number[], number[]] = [[], [], [], []];
  for (let round = 0; round < rounds; round++) {
    const before = requests.length;
    const { job } = await timedJob(host, 'wide', input);
    const { finishing = '', ended = '' } = job.properties.times;
    const own = requests.slice(before);
    copies.push(own.filter((one) => isBlock(one, job.name) && one.isCopy).length);
    carried.push(own.reduce((sum, one) => sum + rowsCarried(one, job.name), 0));
    times.push(Date.parse(ended) - Date.parse(finishing));
    sizes.push(job.properties.outputBytes ?? 0);
  }
  if (spread(copies).least === 0 || spread(sizes).least !== files * rowBytes)
    throw new Error('The output is not there, or no block of it was copied: nothing was measured.');
  return [
    {
      id: 'azure-commit-bytes',
      what: 'bytes that pass through the process at the commit on Azure',
      unit: 'bytes',
      atMost: 0,
      ...spread(carried),
      bound: { value: 0, unit: 'bytes', ratio: Number.NaN, from: 'the service copies' },
      from: `${spread(sizes).median.toLocaleString('en')} bytes of rows in ${spread(copies).median} copied blocks, ${spread(times).median} ms to the end of the job; Azurite`,
      raw: { bytes: carried, copiedBlocks: copies, finishingMilliseconds: times },
    },
  ];
}

/** Bytes of rows in a request: what is uploaded to the output, and what is read of the staged rows. */
function rowsCarried(request: CountedRequest, job: string): number {
  if (isBlock(request, job) && !request.isCopy) return request.sent;
  const isWhole = request.method === 'PUT' && isOutput(request, job) && !request.url.includes('comp=');
  if (isWhole) return request.sent;
  return request.method === 'GET' && /\/parts\/[^?]*\.rows/.test(decodeURIComponent(request.url))
    ? request.received
    : 0;
}

function isBlock(request: CountedRequest, job: string): boolean {
  return request.method === 'PUT' && isOutput(request, job) && request.url.includes('comp=block&');
}

function isOutput({ url }: CountedRequest, job: string): boolean {
  return url.includes(`/azureml/${job}/score/predictions.csv`);
}
