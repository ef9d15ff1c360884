import type { Evidence } from './evidence';
import { toldAsFailed } from './failedFiles';
import type { Violation } from './violation';

/** I2: the folder of the output holds what a plain loop writes, byte by byte, and nothing beside it. */
export function otherBytes(evidence: Evidence): Violation[] {
  const { answered, bareLoop, outputFiles } = evidence;
  if (answered.status !== 'Completed') return [];
  const wanted = bareLoop(new Set(toldAsFailed(evidence)));
  const surplus = [...outputFiles.keys()].filter((name) => !wanted.has(name));
  const different = [...wanted].flatMap(([name, bytes]) => {
    const found = outputFiles.get(name);
    if (found === undefined) return [`${name} is not there.`];
    return found.equals(bytes) ? [] : [differenceOf(name, bytes, found)];
  });
  return [
    ...surplus.map((name) => `${name} is there, and a plain loop does not write it.`),
    ...different,
  ].map((seen) => ({ invariant: 'I2', seen }));
}

function differenceOf(name: string, wanted: Buffer, found: Buffer): string {
  const at = wanted.findIndex((byte, i) => byte !== found[i]);
  const place = at < 0 ? wanted.length : at;
  const shown = JSON.stringify(found.toString('utf8', place, place + 40));
  return `${name} has ${found.length} bytes, not ${wanted.length}, and differs from byte ${place} on: ${shown}.`;
}
