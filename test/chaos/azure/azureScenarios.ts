import type { Result, Scenario } from '../scenario';
import { AppFleet } from './appFleet';
import { AzureHost } from './azureHost';
import { onBadStore } from './badStore';
import { deliverTwice } from './doubled';
import { invokeFortyTimes } from './fortyInvocations';
import { resultOf, type HostRun } from './hostRun';
import { throughLongOutage, throughOutages } from './outages';
import { Shared } from './shared';
import { sweep } from './sweep';
import { killAtStep, stopAtStep } from './struckProcesses';

/** Processes of the app that share the jobs of a fleet. */
const processes = 2;

/** All faults of jobs on Azure Storage. They share one host, and one fleet of processes of the app. */
export function azureScenarios(): Scenario[] {
  const hosts = new Shared(() => AzureHost.start());
  const fleets = new Shared(() => AppFleet.start(processes));
  const onHost = (
    name: string,
    fault: string,
    run: (azure: AzureHost, seed: number) => Promise<HostRun>,
  ): Scenario => ({
    name,
    fault,
    run: async (seed) => resultOf(await run(await hosts.get(), seed)),
    close: () => hosts.close(),
  });
  const onFleet = (
    name: string,
    fault: string,
    run: (fleet: AppFleet, seed: number) => Promise<Result>,
  ): Scenario => ({
    name,
    fault,
    run: async (seed) => run(await fleets.get(), seed),
    close: () => fleets.close(),
  });
  return [
    onHost(
      'bad-store',
      'the storage account answers 5 to 20 % of the requests with 500 or 503, with a reset before or after they were done, with a body that breaks off, late, or never',
      onBadStore,
    ),
    onHost('outages', 'the storage account is away for two seconds every five to ten', throughOutages),
    onHost('long-outage', 'the storage account is away for two minutes', throughLongOutage),
    onHost(
      'sweep',
      'the 1st call to the storage account fails, of the next job the 2nd, then the 3rd, ... until one passes untouched: refused, done with its answer lost, done with all answers lost',
      sweep,
    ),
    onHost(
      'forty-invocations',
      'the same invocation comes 40 times at once, every other time to a storage account that answers badly',
      invokeFortyTimes,
    ),
    onFleet(
      'doubled',
      'every activity is delivered twice at once, to two processes of the app or to one; so are the commits',
      deliverTwice,
    ),
    onFleet(
      'zombie',
      'a process of the app is stopped at a step until another one has brought the job to its end, and goes on then; what it had sent arrives then too',
      stopAtStep,
    ),
    onFleet(
      'app-killed',
      'a process of the app is killed at a step, and another one goes on; what it had sent arrives after the end of the job',
      killAtStep,
    ),
  ];
}
