import { pathToFileURL } from 'node:url';
import { join } from 'node:path';
import { randomUUID } from 'node:crypto';
import { rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { ProductHost, type ShownJob } from '../../../bench/product/productHost';
import { until } from '../../../bench/product/until';
import { scheduleOf, type ShownSchedule } from '../../support/schedules';

const shiftFile = join(tmpdir(), `batchpoint-shift-${randomUUID()}`);
const host = new ProductHost({
  NODE_OPTIONS: `--require ${join(__dirname, '../../support/shiftedClock.js')}`,
  BATCHPOINT_TEST_SHIFT: shiftFile,
});
const script = 'exports.run = (batch) => batch.map(() => 1);\n';

beforeAll(async () => {
  await host.start();
  await host.endpoint('sums', script, {}, 'score.js');
}, 60_000);
afterAll(async () => {
  await host.close();
  rmSync(shiftFile, { force: true });
});

/** A time as names of jobs have it. */
function compact(time: Date): string {
  return time.toISOString().replace(/[-:]|\.\d+/g, '');
}

async function jobsOf(schedule: string): Promise<readonly ShownJob[]> {
  return ((await host.ask('GET', `/jobs?schedule=${schedule}`)) as { value: ShownJob[] }).value;
}

/** Makes a schedule that is due in some two seconds for the first time; once more where making it takes longer. */
async function dueSoon(name: string, uri: string): Promise<Date> {
  for (;;) {
    const due = new Date(Math.ceil(Date.now() / 1_000) * 1_000 + 2_000);
    const trigger = {
      triggerType: 'Recurrence',
      expression: undefined,
      frequency: 'Month',
      interval: 1,
      timeZone: 'UTC',
      startTime: due.toISOString(),
    };
    const body = scheduleOf({}, { input: { uri } }, trigger);
    const { properties } = (await host.ask('PUT', `/schedules/${name}`, body)) as ShownSchedule;
    if (properties.status.nextRun === due.toISOString()) return due;
  }
}

test('a schedule that is due in a few seconds starts its job by itself, once, and tells of it', async () => {
  const year = String(new Date().getUTCFullYear());
  const uri = pathToFileURL(host.inputs(3, `of/${year}`)).href.replace(`of/${year}`, 'of/{schedule:yyyy}');
  const due = await dueSoon('soon', uri);
  const started = await until(
    async () => (await host.ask('GET', '/schedules/soon')) as ShownSchedule,
    ({ properties }) => properties.status.lastRun !== undefined,
  );
  const name = `soon-${compact(due)}`;
  expect(started.properties.status).toMatchObject({
    state: 'Active',
    lastRun: { due: due.toISOString(), outcome: 'Started', job: name },
  });
  expect((await host.finished(name)).properties).toMatchObject({
    status: 'Completed',
    progress: { files: 3 },
    caller: { type: 'schedule', name: 'soon', id: due.toISOString() },
  });
  expect((await jobsOf('soon')).map((job) => job.name)).toEqual([name]);
}, 60_000);

test('of the runs that were missed while no host ran, misfire: once starts the last one when one runs again', async () => {
  const uri = pathToFileURL(host.inputs(1)).href;
  // Half an hour from now, and from whatever the test takes.
  const minute = (new Date().getUTCMinutes() + 30) % 60;
  const trigger = { triggerType: 'Cron', expression: `${minute} * * * *`, timeZone: 'UTC' };
  const body = scheduleOf({}, { input: { uri } }, trigger);
  const made = (await host.ask('PUT', '/schedules/missed', body)) as ShownSchedule;
  await host.kill();
  const hour = 3_600_000;
  const last = Date.parse(made.properties.status.nextRun ?? '') + hour;
  const shift = last + hour / 2 - Date.now();
  writeFileSync(shiftFile, String(shift));
  host.now = () => new Date(Date.now() + shift);
  await host.start();
  const { properties } = await until(
    async () => (await host.ask('GET', '/schedules/missed')) as ShownSchedule,
    (shown) => shown.properties.status.lastRun !== undefined,
  );
  const name = `missed-${compact(new Date(last))}`;
  expect(properties.status).toMatchObject({
    state: 'Active',
    nextRun: new Date(last + hour).toISOString(),
    lastRun: { due: new Date(last).toISOString(), outcome: 'Started', job: name },
  });
  expect((await host.finished(name)).properties.status).toBe('Completed');
  expect((await jobsOf('missed')).map((job) => job.name)).toEqual([name]);
}, 60_000);
