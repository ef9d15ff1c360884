import { join } from 'node:path';
import { deploy, type Deploying } from './deploying';
import { linesOf } from './records';
import { score, type ScoredJob } from './scoring';
import { runScript, shortPath, type Stage } from './stage';
import { Stopwatch } from './stopwatch';

/** One part of the demo: an example from its data to the quality of its predictions. */
export interface Part {
  readonly title: string;
  readonly name: string;
  /** The folder of the example. */
  readonly example: string;
  readonly modelType: Deploying['modelType'];
  /** The folder of the input, below that of the part. */
  readonly input: string;
  /** What the columns of the predictions file are. */
  readonly columns: string;
  /** How good the rows of the predictions file are, against what is known in the folder of the part. */
  quality(folder: string, rows: readonly string[]): (readonly [label: string, value: string, note: string])[];
}

/** Rows of the predictions file that are shown. */
const rowsShown = 5;

/** Goes through a part, and shows it. */
export async function play(stage: Stage, part: Part): Promise<void> {
  const { screen, stateFolder } = stage;
  const { name, example, modelType } = part;
  const folder = join(stateFolder, 'demo', name);
  const watch = new Stopwatch();
  screen.title(part.title);
  screen.heading('Packages');
  const python = await watch.time('packages', () => stage.packages());
  screen.heading('Data and training');
  await watch.time('data', () => runScript(stage, python, `${example}/prepare.py`, folder));
  await watch.time('training', () => runScript(stage, python, `${example}/train.py`, folder));
  screen.heading('Host');
  await watch.time('start of the host', () => stage.host());
  screen.heading('Model and endpoint');
  const modelFolder = join(folder, 'model');
  await watch.time('model and endpoint', () => deploy(stage, { name, example, modelFolder, modelType }));
  screen.heading('Scoring');
  const job = await watch.time('job', () => score(stage, name, join(folder, part.input)));
  tell(stage, part, folder, job);
  tellTimes(stage, watch, job);
}

function tell({ screen }: Stage, part: Part, folder: string, { predictions }: ScoredJob): void {
  const rows = linesOf(predictions);
  screen.heading(`Predictions (${part.columns})`);
  for (const row of rows.slice(0, rowsShown)) screen.line(`  ${row}`);
  screen.line(`  ... ${rows.length.toLocaleString('en')} rows in all, in`);
  screen.line(`  ${shortPath(predictions)}`);
  screen.heading('How good they are');
  screen.table(part.quality(folder, rows));
}

function tellTimes({ screen }: Stage, watch: Stopwatch, { phases }: ScoredJob): void {
  screen.heading('Seconds');
  const row = (label: string, seconds: number): [string, string] => [label, seconds.toFixed(2)];
  const inJob: [string, string][] = [
    row('  planning, start of a scorer', phases.queued + phases.preparing),
    row('  scoring', phases.scoring),
    row('  commit', phases.finishing),
    row('  commands around it', (watch.times.at(-1)?.seconds ?? 0) - phases.total),
  ];
  const rows = watch.times.map(({ phase, seconds }) => row(phase, seconds));
  screen.table([...rows, ...inJob, row('all', watch.total)]);
}
