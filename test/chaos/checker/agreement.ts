import type { Evidence } from './evidence';
import { miniBatchesOf, toldAsFailed } from './failedFiles';
import { endOf } from './jobWrites';
import type { Violation } from './violation';

/** I6: the API, the record, the texts of the job and its output tell the same. */
export function disagreements(evidence: Evidence): Violation[] {
  const { answered, cancelAsked } = evidence;
  const told = [...statuses(evidence), ...numbers(evidence)];
  if (answered.status === 'Completed') told.push(...ofCompleted(evidence));
  else if (answered.outputUri !== undefined)
    told.push(`The job is ${answered.status} and names an output: ${answered.outputUri}.`);
  if (answered.status === 'Canceled' && !cancelAsked)
    told.push('The job is Canceled, and nobody asked for it.');
  if ((answered.status === 'Failed') !== (answered.error !== undefined))
    told.push(`The job is ${answered.status}, and its error is ${answered.error?.code ?? 'missing'}.`);
  return told.map((seen) => ({ invariant: 'I6', seen }));
}

/** The status in all places that tell it. */
function statuses(evidence: Evidence): string[] {
  const { answered, jobFiles } = evidence;
  const result = jobFiles.get('logs/job_result.txt')?.toString('utf8') ?? '';
  const places = {
    'the record': endOf(evidence)?.state,
    'logs/job_result.txt': /^\w+/.exec(result)?.[0],
    'logs/job_progress_overview.txt': summary(evidence).get('Status'),
  };
  return Object.entries(places)
    .filter(([, status]) => status !== answered.status)
    .map(([place, status]) => `The API says ${answered.status}, and ${place} ${status ?? 'nothing'}.`);
}

/** The numbers of the API, of the summary and of the list of failed files. */
function numbers(evidence: Evidence): string[] {
  const { progress } = evidence.answered;
  const lines = summary(evidence);
  const first = (label: string): number => Number(/^\d+/.exec(lines.get(label) ?? '')?.[0]);
  return differences({
    'rows in the summary': [progress['rows'], first('Rows')],
    'tries in the summary': [progress['tries'], first('Tries')],
    'files in the summary': [progress['filesDone'], first('Files')],
    'mini-batches in the summary': [progress['miniBatchesDone'], first('Mini-batches')],
    'failed files in their list': [progress['filesFailed'], toldAsFailed(evidence).length],
  });
}

function ofCompleted(evidence: Evidence): string[] {
  const { answered, input, output, outputFiles, keysOf } = evidence;
  const { progress } = answered;
  const rows = outputFiles.get(output.file);
  const scriptFiles = [...outputFiles.keys()].filter((name) => name !== output.file).sort();
  const told = differences({
    'files of the input': [progress['filesDone'], input.length],
    'mini-batches of the input': [progress['miniBatchesDone'], miniBatchesOf(evidence).length],
    'bytes of the output': [answered.outputBytes, rows?.length],
    'rows of the output': [progress['rows'], rows === undefined ? 0 : keysOf(output.file, rows).length],
  });
  const isNamed = answered.outputUri?.endsWith(`/${output.file}`) ?? false;
  if (isNamed !== (rows !== undefined))
    told.push(
      `The API names ${answered.outputUri ?? 'no output'}, and ${output.file} is ${isNamed ? 'not ' : ''}there.`,
    );
  if ([...(answered.scriptFiles ?? [])].sort().join() !== scriptFiles.join())
    told.push(
      `The API names ${(answered.scriptFiles ?? []).join() || 'no files of the script'}, and there are ${scriptFiles.join() || 'none'}.`,
    );
  return told;
}

function differences(
  pairs: Readonly<Record<string, readonly [number | undefined, number | undefined]>>,
): string[] {
  return Object.entries(pairs)
    .filter(([, [told, found]]) => told !== found)
    .map(
      ([what, [told, found]]) =>
        `The API tells ${told ?? 'nothing'} for the ${what}, which are ${found ?? 'missing'}.`,
    );
}

/** The lines of the summary, by their labels. */
function summary({ jobFiles }: Evidence): ReadonlyMap<string, string> {
  const text = jobFiles.get('logs/job_progress_overview.txt')?.toString('utf8') ?? '';
  return new Map(
    text.split('\n').flatMap((line) => {
      const [, label, value] = /^(\S.*?)\s{2,}(.*)$/.exec(line) ?? [];
      return label === undefined || value === undefined ? [] : [[label, value] as const];
    }),
  );
}
