/** Lanes, or groups of lanes, that hang directly under one orchestration: each is some events of its history. */
export const lanesPerGroup = 40;

/** What bounds the number of lanes of a job. */
interface LaneBounds {
  readonly miniBatches: number;
  readonly instanceCount: number;
  readonly maxConcurrencyPerInstance: number;
  /** `max_instances` of the compute. */
  readonly maxInstances: number;
  /** Scorers that this machine can run at once; `undefined` where a service scales out. */
  readonly machineLimit: number | undefined;
}

export interface LaneCount {
  readonly lanes: number;
  /** What was asked for and not given, for the warnings of the job. */
  readonly cutBy: readonly ('compute' | 'machine')[];
  readonly asked: number;
}

/** How many lanes a job gets, and which bound cut what was asked for. */
export function countLanes(bounds: LaneBounds): LaneCount {
  const asked = bounds.instanceCount * bounds.maxConcurrencyPerInstance;
  const byCompute = Math.min(bounds.instanceCount, bounds.maxInstances) * bounds.maxConcurrencyPerInstance;
  const byMachine = Math.min(byCompute, bounds.machineLimit ?? byCompute);
  const cutBy = [
    ...(byCompute < asked ? (['compute'] as const) : []),
    ...(byMachine < byCompute ? (['machine'] as const) : []),
  ];
  return { lanes: Math.max(1, Math.min(byMachine, bounds.miniBatches)), cutBy, asked };
}

/** Lanes `[from, to)` cut into the stretches of groups: at most `lanesPerGroup`, as small as that allows. */
export function groupsOfLanes(from: number, to: number): { from: number; to: number }[] {
  let size = lanesPerGroup;
  while (to - from > size * lanesPerGroup) size *= lanesPerGroup;
  return splitLanes(from, to, size);
}

/** Lanes `[from, to)` cut into stretches of at most `size`. */
function splitLanes(from: number, to: number, size: number): { from: number; to: number }[] {
  const count = Math.ceil((to - from) / size);
  return Array.from({ length: count }, (_, i) => ({
    from: from + i * size,
    to: Math.min(to, from + (i + 1) * size),
  }));
}
