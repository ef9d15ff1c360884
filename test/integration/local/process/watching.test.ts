import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

import { until } from '../../../../bench/product/until';
import { makeApp, removeFolders, type AppFolder } from '../../../support/hostApp';
import { HostProcess, killHosts } from '../../../support/hostProcess';

const source = `
const { app } = require('@azure/functions');
const { appendFileSync } = require('node:fs');
app.eventGrid('landed', { handler: (event) => {
  appendFileSync(process.env.JOURNAL, JSON.stringify(event) + '\\n');
  if (event.subject.endsWith(process.env.DEADLY)) process.kill(process.pid, 'SIGKILL');
} });
`;

describe('A host that watches a folder', () => {
  let app: AppFolder;
  let journal: string;
  let landing: string;

  beforeEach(() => {
    app = makeApp(source);
    journal = join(app.root, 'journal.txt');
    landing = join(app.root, 'landing');
    mkdirSync(landing);
    mkdirSync(app.state);
    const places = [{ id: 'landing', folder: landing, settleMilliseconds: 50 }];
    writeFileSync(join(app.state, 'watched.json'), JSON.stringify({ places }));
  });

  afterEach(async () => {
    await killHosts();
    removeFolders();
  });

  test('stops by itself, and tells at its next start of what landed meanwhile, also when it is killed at that', async () => {
    const env = { JOURNAL: journal, DEADLY: '/deadly.csv' };
    land('before.csv');
    const first = HostProcess.spawn(app, ['--idle-seconds', '0'], env);
    expect(await first.exited).toBe(0);
    expect(first.log).toContain('Stopping: nothing to do');
    expect(names()).toEqual(['before.csv']);

    land('deadly.csv');
    const second = HostProcess.spawn(app, [], env);
    await second.exited;
    expect(second.child.signalCode).toBe('SIGKILL');

    land('after.csv');
    await HostProcess.start(app, [], { ...env, DEADLY: 'none' });
    await until(() => names().length === 4, Boolean);
    expect(names().slice(0, 2)).toEqual(['before.csv', 'deadly.csv']);
    expect(names().slice(2).sort()).toEqual(['after.csv', 'deadly.csv']);
    const [once, again] = events().filter(({ subject }) => subject.endsWith('/deadly.csv'));
    expect(again?.id).toBe(once?.id);
  }, 60_000);

  function land(name: string): void {
    writeFileSync(join(landing, name), 'text');
  }

  function events(): { readonly id: string; readonly subject: string }[] {
    const lines = existsSync(journal) ? readFileSync(journal, 'utf8').split('\n').slice(0, -1) : [];
    return lines.map((line) => JSON.parse(line) as { id: string; subject: string });
  }

  function names(): string[] {
    return events().map(({ subject }) => subject.slice(subject.lastIndexOf('/') + 1));
  }
});
