import type { Evidence } from './evidence';
import { miniBatchesOf, toldAsFailed, triesBegun } from './failedFiles';
import { outputWrites } from './jobWrites';
import type { Violation } from './violation';

/**
 * What there has to be evidence of where a job has completed, so that no check holds for want of it: a commit of each file
 * of the output, a look that has met it, and a note of each `run()` that its rows are from.
 */
export function missingEvidence(evidence: Evidence): Violation[] {
  if (evidence.answered.status !== 'Completed') return [];
  return [...filesFromNowhere(evidence), ...rowsFromNowhere(evidence)];
}

function filesFromNowhere(evidence: Evidence): Violation[] {
  const { outputFiles, output, sightings } = evidence;
  const committed = new Set(
    outputWrites(evidence).flatMap(({ op, name }) => (op === 'commit' ? [name] : [])),
  );
  const seen = sightings && new Set(sightings.map(({ name }) => name));
  return [...outputFiles.keys()].flatMap((file) => [
    ...(committed.has(`${output.prefix}${file}`) ? [] : [nowhere(file, 'the journal has no commit of it')]),
    ...(seen?.has(file) === false ? [nowhere(file, 'nobody has seen it come')] : []),
  ]);
}

function nowhere(file: string, why: string): Violation {
  return { invariant: 'I4', seen: `${file} is there, and ${why}.` };
}

function rowsFromNowhere(evidence: Evidence): Violation[] {
  const { earlierTries = [] } = evidence;
  const begun = triesBegun({ tries: [...evidence.tries, ...earlierTries] });
  const failed = new Set(toldAsFailed(evidence));
  return miniBatchesOf(evidence)
    .filter((files) => files.some(({ name }) => !failed.has(name)) && !begun.has(files[0]?.name ?? ''))
    .map((files) => ({
      invariant: 'I7',
      seen: `The mini-batch of ${files[0]?.name ?? ''} was scored, and no try of it is noted.`,
    }));
}
