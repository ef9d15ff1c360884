import type { Evidence } from './evidence';
import { miniBatchesOf, toldAsFailed, triesBegun } from './failedFiles';
import type { Violation } from './violation';

/** I1, by keys: whatever goes in comes out once, or belongs to a file that is told as failed for a reason. */
export function lostOrDoubledRows(evidence: Evidence): Violation[] {
  const { answered } = evidence;
  const found = answered.status === 'Completed' ? ofCompleted(evidence) : ofStopped(evidence);
  return [...found, ...failedForNoReason(evidence)].map((seen) => ({ invariant: 'I1', seen }));
}

function ofCompleted(evidence: Evidence): string[] {
  const { input, outputFiles, bareLoop, keysOf } = evidence;
  const failed = new Set(toldAsFailed(evidence));
  const wanted = counted(input.filter(({ name }) => !failed.has(name)).flatMap(({ keys }) => keys));
  const unknown = [...failed].filter((name) => input.every((file) => file.name !== name));
  const differences = [...bareLoop(failed).keys()].flatMap((name) => {
    const content = outputFiles.get(name);
    return content === undefined
      ? [`${name} is not there.`]
      : differencesOf(name, wanted, counted(keysOf(name, content)));
  });
  return [...unknown.map((name) => `${name} failed, and is no file of the input.`), ...differences];
}

/** What is kept of a stopped job has no row twice, and none that is not in the input. */
function ofStopped({ input, jobFiles, keysOf, output }: Evidence): string[] {
  const name = `partial/${output.file}`;
  const content = jobFiles.get(name);
  if (content === undefined) return [];
  const all = counted(input.flatMap(({ keys }) => keys));
  return [...counted(keysOf(output.file, content))]
    .filter(([key, times]) => times > (all.get(key) ?? 0))
    .map(
      ([key, times]) => `${key} is ${times} times in ${name}, and ${all.get(key) ?? 0} times in the input.`,
    );
}

/** A file fails because it has to, or because every try of its mini-batch was taken. */
function failedForNoReason(evidence: Evidence): string[] {
  const { mustFail, limits, excused } = evidence;
  const told = toldAsFailed(evidence);
  const begun = triesBegun(evidence);
  const twice = [...counted(told)].filter(([, times]) => times > 1);
  const failed = new Set(told);
  const early = miniBatchesOf(evidence)
    .filter((files) => (begun.get(files[0]?.name ?? '') ?? 0) < limits.tries)
    .flat()
    .filter(({ name }) => failed.has(name) && !mustFail.has(name))
    .filter(() => excused.length === 0);
  return [
    ...twice.map(([name, times]) => `${name} is told as failed ${times} times.`),
    ...early.map(({ name }) => `${name} is told as failed, and not all its tries were taken.`),
  ];
}

function differencesOf(
  file: string,
  wanted: ReadonlyMap<string, number>,
  found: ReadonlyMap<string, number>,
): string[] {
  const all = new Set([...wanted.keys(), ...found.keys()]);
  return [...all]
    .filter((key) => wanted.get(key) !== found.get(key))
    .map(
      (key) => `${key} is ${found.get(key) ?? 0} times in ${file}, and not ${wanted.get(key) ?? 0} times.`,
    );
}

/** How often each text is in a list. */
function counted(list: readonly string[]): Map<string, number> {
  const counts = new Map<string, number>();
  for (const each of list) counts.set(each, (counts.get(each) ?? 0) + 1);
  return counts;
}
