import type { Evidence } from './evidence';
import { endTime, outputWrites, stateWrites } from './jobWrites';
import type { Violation } from './violation';

const puts = ['write', 'stage', 'commit'];

/** I3: nothing at the output path before the commit is decided, and nothing ever after a failure or a cancel. */
export function untimelyOutput(evidence: Evidence): Violation[] {
  return [...beforeTheCommit(evidence), ...afterAFailure(evidence)].map((seen) => ({
    invariant: 'I3',
    seen,
  }));
}

function beforeTheCommit(evidence: Evidence): string[] {
  const decisions = stateWrites(evidence).filter(({ state }) => state === 'Committing');
  const decided = Math.min(Infinity, ...decisions.map(({ write }) => write.begun));
  const written = outputWrites(evidence).filter(({ op, begun }) => puts.includes(op) && begun < decided);
  const seen = (evidence.sightings ?? []).filter(({ at }) => at < decided);
  const when = decided === Infinity ? 'and no commit was ever decided' : 'before the commit was decided';
  return [
    ...written.map(({ op, name }) => `A ${op} of ${name}, ${when}.`),
    ...seen.map(({ name }) => `${name} was seen, ${when}.`),
  ];
}

function afterAFailure(evidence: Evidence): string[] {
  const { answered, sightings = [], outputFiles } = evidence;
  if (answered.status === 'Completed') return [];
  const ended = endTime(evidence);
  return [
    ...sightings
      .filter(({ from }) => from > ended)
      .map(({ name }) => `${name} was seen after the job was ${answered.status}.`),
    ...[...outputFiles.keys()].map((name) => `${name} is there although the job is ${answered.status}.`),
  ];
}
