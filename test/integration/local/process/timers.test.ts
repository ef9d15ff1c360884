import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';

import { until } from '../../../../bench/product/until';
import { makeApp, removeFolders, type AppFolder } from '../../../support/hostApp';
import { HostProcess, killHosts } from '../../../support/hostProcess';

const source = `
const { app } = require('@azure/functions');
const { appendFileSync } = require('node:fs');
const note = (line) => appendFileSync(process.env.JOURNAL, line + '\\n');
note('loaded');
app.timer('overlapping', { schedule: '* * * * * *', handler: async () => {
  note('begin'); await new Promise((resolve) => setTimeout(resolve, 1500)); note('end'); } });
app.timer('atStart', { schedule: '0 0 0 1 1 *', runOnStartup: true, handler: (timer) => note('atStart ' + JSON.stringify(timer)) });
app.timer('hourly', { schedule: '0 0 * * * *', handler: (timer) => note('hourly ' + timer.isPastDue) });
app.timer('failing', { schedule: '* * * * * *', handler: () => { note('fails'); throw new Error('it broke'); } });
`;

describe('Timer functions', () => {
  let app: AppFolder;
  let journal: string;

  beforeEach(() => {
    app = makeApp(source);
    journal = join(app.root, 'journal.txt');
  });

  afterEach(async () => {
    await killHosts();
    removeFolders();
  });

  test('never run twice at a time, and go on after a failure', async () => {
    const host = await HostProcess.start(app, [], { JOURNAL: journal });
    await until(() => noted('end').length >= 2 && noted('fails').length >= 2, Boolean);
    await host.kill();
    const runs = lines().filter((line) => line === 'begin' || line === 'end');
    runs.forEach((line, at) => expect(line).toBe(at % 2 === 0 ? 'begin' : 'end'));
    expect(host.log).toContain('error Function.failing: Error: it broke');
  }, 30_000);

  test('run on startup where they say so', async () => {
    await HostProcess.start(app, [], { JOURNAL: journal });
    await until(() => noted('atStart').length === 1, Boolean);
    const timer = JSON.parse(noted('atStart')[0]?.slice('atStart '.length) ?? '') as { isPastDue: boolean };
    expect(timer.isPastDue).toBe(false);
    expect(noted('hourly')).toEqual([]);
  }, 30_000);

  test('run at once, past due, where a run was missed while no host was there', async () => {
    await (await HostProcess.start(app, [], { JOURNAL: journal })).kill('SIGTERM');
    const database = new DatabaseSync(join(app.state, 'durable.db'));
    database.exec("UPDATE schedules SET next = '2020-01-01T00:00:00.000Z' WHERE name = 'hourly'");
    database.close();
    await HostProcess.start(app, [], { JOURNAL: journal });
    await until(() => noted('hourly').length === 1, Boolean);
    expect(noted('hourly')).toEqual(['hourly true']);
  }, 30_000);

  function lines(): string[] {
    return readFileSync(journal, 'utf8').trim().split('\n');
  }

  function noted(word: string): string[] {
    return lines().filter((line) => line.startsWith(word));
  }
});
