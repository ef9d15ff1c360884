import { availableParallelism, cpus, release, totalmem, type } from 'node:os';
import type { BenchResult } from './resultFile';

/** What figures depend on, beside the product. */
export interface Machine {
  readonly processor: string;
  readonly cores: number;
  readonly memoryGigabytes: number;
  readonly system: string;
  readonly node: string;
}

export function thisMachine(): Machine {
  return {
    processor: cpus()[0]?.model.trim() ?? 'unknown',
    cores: availableParallelism(),
    memoryGigabytes: Math.round(totalmem() / 2 ** 30),
    system: `${type()} ${release()}`,
    node: process.versions.node,
  };
}

/** The machine of a result in one line. */
export function machineText({ machine, disk }: Pick<BenchResult, 'machine' | 'disk'>): string {
  const { processor, cores, memoryGigabytes, system, node } = machine;
  const speed = `disk ${Math.round(disk.megabytesPerSecond)} MB/s and ${disk.syncMilliseconds.toFixed(2)} ms for a small write, with fsync`;
  return `${cores} x ${processor}, ${memoryGigabytes} GiB, ${system}, Node ${node}; ${speed}`;
}

/** What differs between two machines, in words; nothing where they are alike. */
export function differences(one: Machine, other: Machine): string[] {
  return (Object.keys(one) as (keyof Machine)[])
    .filter((key) => one[key] !== other[key])
    .map((key) => `${key}: ${one[key]}, now ${other[key]}`);
}
