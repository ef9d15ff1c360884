import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { JobRun } from '../../../shared/jobs/jobRun';
import type { JobSpec } from '../../../shared/jobs/jobSpec';
import { LocalBlobStore } from '../../../shared/stores/local/localBlobStore';
import { LocalTableStore } from '../../../shared/stores/local/localTableStore';
import type { RowChange } from '../../../shared/stores/tableStore';

/** A write of the run row that was made, and where the output of its job goes. */
interface Moved {
  readonly state: JobRun['state'];
  readonly output: string;
}

/** Ways in which a store can be broken, so that it is seen that the checker finds each of them. */
const damages: Readonly<Record<string, () => void>> = {
  'loses-rows': () =>
    changeParts('.rows', (text) => text.slice(0, text.lastIndexOf('\n', text.length - 2) + 1)),
  'doubles-rows': () => changeParts('.rows', (text) => text + text),
  'loses-failures': () => changeParts('.failures', () => ''),
  'writes-output-early': () =>
    onMove(({ state, output }) => state === 'Running' && writeFileSync(output, 'early\n')),
  'changes-output': () =>
    onMove(({ state, output }) => {
      if (state === 'Completed') writeFileSync(output, readFileSync(output, 'utf8'));
    }),
  'writes-output-after-failure': () =>
    onMove(({ state, output }) => state === 'Failed' && writeFileSync(output, 'late\n')),
  'changes-logs-late': changeLogsLate,
};

/** Breaks the stores of this process in one of these ways. */
export function damage(kind: string): void {
  const apply = damages[kind];
  if (apply === undefined)
    throw new Error(`There is no damage '${kind}': ${Object.keys(damages).join(', ')}`);
  apply();
}

/** Changes parts of a kind on their way into the store. */
function changeParts(ending: string, changed: (text: string) => string): void {
  const { stage } = LocalBlobStore.prototype;
  LocalBlobStore.prototype.stage = function (name, path) {
    if (name.endsWith(ending)) writeFileSync(path, changed(readFileSync(path, 'utf8')));
    return stage.call(this, name, path);
  };
}

/** Does something after each write of a run row. */
function onMove(then: (moved: Moved) => unknown): void {
  const { commit } = LocalTableStore.prototype;
  const outputs = new Map<string, string>();
  LocalTableStore.prototype.commit = async function (partition, changes) {
    const etags = await commit.call(this, partition, changes);
    const spec = valueOf<JobSpec>(changes, 'job');
    if (spec?.output.kind === 'local') outputs.set(partition, join(spec.output.folder, spec.output.fileName));
    const run = valueOf<JobRun>(changes, 'run');
    const output = outputs.get(partition);
    if (run !== undefined && output !== undefined) then({ state: run.state, output });
    return etags;
  };
}

function valueOf<T>(changes: readonly RowChange[], row: string): T | undefined {
  const change = changes.find((each) => each.row === row && each.kind !== 'remove');
  return change === undefined || change.kind === 'remove' ? undefined : (change.value as T);
}

/** Writes a text of the job once more, and otherwise, when the job has ended. */
function changeLogsLate(): void {
  const { write } = LocalBlobStore.prototype;
  const again: (() => Promise<unknown>)[] = [];
  LocalBlobStore.prototype.write = function (name, content, options) {
    // By the journal, as any other write.
    if (name.endsWith('job_result.txt') && content !== 'changed\n')
      again.push(() => this.write(name, 'changed\n'));
    return write.call(this, name, content, options);
  };
  const late = (): unknown => again.splice(0).map((once) => once());
  onMove(({ state }) => state === 'Completed' && setTimeout(late, 30));
}
