import { check } from '../checker/check';
import type { Evidence } from '../checker/evidence';
import type { Result, Scenario } from '../scenario';
import { AzureHost } from './azureHost';

/** What a run of a scenario on a host has done. */
export interface HostRun {
  readonly told: string;
  readonly faults: number;
  readonly evidence: readonly Evidence[];
}

/** A scenario whose runs share one host and one storage account, which are there from the first of them on. */
export function hostScenario(
  name: string,
  fault: string,
  run: (azure: AzureHost, seed: number) => Promise<HostRun>,
): Scenario {
  let opened: Promise<AzureHost> | undefined;
  return {
    name,
    fault,
    async run(seed: number): Promise<Result> {
      opened ??= AzureHost.start();
      const { told, faults, evidence } = await run(await opened, seed);
      return { told, faults, jobs: evidence.length, violations: evidence.flatMap(check) };
    },
    async close() {
      const azure = await opened?.catch(() => undefined);
      opened = undefined;
      await azure?.close();
    },
  };
}
