import type { Evidence } from './evidence';
import { outputWrites } from './jobWrites';
import type { Violation } from './violation';

/** I4: what is committed is created once, and is the same file from then on. */
export function changedOutput(evidence: Evidence): Violation[] {
  if (evidence.answered.status !== 'Completed') return [];
  return [...seenChanging(evidence), ...writtenAgain(evidence)].map((seen) => ({ invariant: 'I4', seen }));
}

function seenChanging({ sightings = [] }: Evidence): string[] {
  const identities = new Map<string, Set<string>>();
  for (const { name, identity, size } of sightings)
    identities.set(name, (identities.get(name) ?? new Set()).add(`${identity}, ${size} bytes`));
  return [...identities]
    .filter(([, found]) => found.size > 1)
    .map(([name, found]) => `${name} was seen as different files: ${[...found].join('; ')}.`);
}

function writtenAgain(evidence: Evidence): string[] {
  const writes = outputWrites(evidence);
  const others = writes.filter(({ op }) => op !== 'commit').map(({ op, name }) => `A ${op} of ${name}.`);
  const etags = new Map<string, Set<string>>();
  for (const { op, name, etag } of writes)
    if (op === 'commit' && etag !== undefined) etags.set(name, (etags.get(name) ?? new Set()).add(etag));
  const twice = [...etags]
    .filter(([, found]) => found.size > 1)
    .map(([name, found]) => `${name} was created ${found.size} times.`);
  return [...others, ...twice];
}
