import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { CommandLine } from '../support/commandLine';
import { follow, guideSteps } from '../support/guidePage';
import { until } from '../../bench/product/until';

const cli = new CommandLine();
afterAll(() => cli.close());

interface Landed {
  readonly name: string;
  readonly state: string;
  readonly job?: string;
}
interface Job {
  readonly name: string;
  readonly status: string;
  readonly caller: { readonly type: string; readonly name: string; readonly id: string };
}

const landed = (): Promise<Landed[]> => cli.json(['trigger', 'list-files', '-n', 'score-words']);
const jobs = (): Promise<Job[]> => cli.json(['job', 'list']);

describe('the guide to triggers', () => {
  test('scores every file that lands, and one that is replaced again, by the commands as they stand there', async () => {
    await follow(cli, guideSteps('docs/triggers.md', 'From an empty folder'));
  });

  test('each job says for which version of which file it was started', async () => {
    const callers = (await jobs()).map(({ caller }) => caller);
    const ids = callers.map(({ id }) => id.replace(/@.*$/, '')).sort();
    expect(ids).toEqual(['incoming/august.txt', 'incoming/july.txt', 'incoming/july.txt']);
    expect(new Set(callers.map(({ id }) => id)).size).toBe(3);
  });

  test('a host that was killed and is started again scores nothing twice, and what landed meanwhile once', async () => {
    const before = await jobs();
    await cli.killHost();
    cli.file('landing/incoming/september.txt', 'six seven eight\n');
    const isTaken = (files: readonly Landed[]): boolean =>
      files.filter(({ state }) => state === 'taken').length === 4;
    const [newest] = await until(landed, isTaken);
    expect(newest).toMatchObject({ name: 'incoming/september.txt', state: 'taken' });
    const stream = await cli.run(['job', 'stream', '-n', newest?.job ?? '']);
    expect(stream.code).toBe(0);
    expect(stream.stdout).toMatch(/^Started by trigger score-words, for incoming\/september\.txt@/m);
    const output = join(cli.folder, 'scored/september', `${newest?.job ?? ''}.csv`);
    expect(readFileSync(output, 'utf8')).toBe('september.txt: 3 words\n');
    const after = await jobs();
    expect(after.map(({ name }) => name).sort()).toEqual(
      [...before.map(({ name }) => name), newest?.job ?? ''].sort(),
    );
    expect(after.map(({ status }) => status)).toEqual(after.map(() => 'Completed'));
  });
});
