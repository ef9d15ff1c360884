import type { ProductHost } from '../product/productHost';

/** Instances of a small compute. */
const instances = 4;

/** Leaves the compute of a host so few instances that of many jobs most have to wait in its line. */
export async function makeComputeSmall(host: ProductHost): Promise<void> {
  await host.ask('PUT', '/computes/cpu', {
    properties: { properties: { scaleSettings: { maxNodeCount: instances } } },
  });
}
