import { execFileSync } from 'node:child_process';
import { join } from 'node:path';
import type { Completion } from '../../../cli/completing/completions';
import { splitLine } from '../../../cli/completing/splitLine';
import { packageRoot } from '../../support/commandLine';

/** What the compiled program says may come at the end of lines, asked of one process. */
function completions(lines: readonly string[]): Completion[] {
  const script = `
    const { completionOf } = require(${JSON.stringify(join(packageRoot, 'dist/cli/completing/completions.js'))});
    const lines = JSON.parse(process.argv[1]).map((line) => completionOf(line.split(' ')));
    Promise.all(lines).then((found) => console.log(JSON.stringify(found)));`;
  return JSON.parse(ask(script, JSON.stringify(lines))) as Completion[];
}

/** The flags of every command, and of the options that all have, by the path of the command. */
function definedFlags(): Readonly<Record<string, readonly string[]>> {
  const script = `
    const of = (file) => require(${JSON.stringify(join(packageRoot, 'dist/cli/commands/'))} + file);
    const { groups, loadCommand } = of('index.js');
    const flags = (options) => Object.values(options).flatMap((one) => one.flags.match(/--[a-z-]+/g));
    const every = flags(of('globalOptions.js').globalOptions);
    const loads = Object.values(groups).flatMap((group) => Object.values(group.commands));
    Promise.all(loads.map(loadCommand)).then((commands) => console.log(JSON.stringify(
      Object.fromEntries(commands.map((one) => [one.path, [...flags(one.options), ...every, '--help']])))));`;
  return JSON.parse(ask(script)) as Record<string, string[]>;
}

function ask(script: string, ...args: string[]): string {
  return execFileSync(process.execPath, ['-e', script, ...args], { encoding: 'utf8' });
}

const complete = (line: string): string[] => {
  const [found] = completions([line]);
  if (found === undefined) throw new Error('nothing came back');
  return found.kind === 'words' ? found.words.map(({ word }) => word) : [`:${found.kind}`];
};

test('a line begins with a group or a command', () => {
  expect(complete('')).toEqual(expect.arrayContaining(['endpoint', 'batch-deployment', 'job', 'up', 'help']));
  expect(complete('e')).toEqual(['endpoint', 'environment']);
  expect(complete('ml co')).toEqual(['compute', 'completion', 'configure']);
  expect(complete('m')).toEqual(['model', 'ml']);
  expect(complete('--')).toEqual(['--help', '--version']);
  expect(complete('help j')).toEqual(['job']);
  expect(complete('nothing ')).toEqual([]);
});

test('every command is offered in its group, and every option of it', () => {
  const flags = definedFlags();
  const paths = Object.keys(flags);
  const found = completions(paths.map((path) => `${path} `));
  for (const [i, path] of paths.entries()) {
    const offered = found[i];
    const words = offered?.kind === 'words' ? offered.words.map(({ word }) => word) : [];
    expect([path, words.sort()]).toEqual([path, [...(flags[path] ?? [])].sort()]);
  }
  for (const group of new Set(paths.map((path) => path.split(' ')[0] ?? ''))) {
    const own = paths.filter((path) => path.startsWith(`${group} `)).map((path) => path.split(' ')[1]);
    expect(complete(`${group} `)).toEqual(own);
  }
});

test.each([
  ['job show --na', ['--name']],
  ['job show -n x --na', []],
  ['job show --name x --web --', ['--output', '--query', '--resource-group', '--workspace-name']],
  ['job show -', ['--name', '--web', '--output']],
  ['job show -o', ['-o']],
  ['job show --output ', ['json', 'jsonc', 'yaml', 'table', 'tsv', 'none']],
  ['job show -o t', ['table', 'tsv']],
  ['job show --output=y', ['--output=yaml']],
  ['job show --web o', []],
  ['endpoint show --type ', ['batch']],
  ['compute create --file ', [':file']],
  ['model create --path ./m', [':file']],
  ['job download --download-path ', [':folder']],
  ['up --state ', [':folder']],
  ['up --port ', []],
  ['job list -r ', []],
  ['nothing show --', []],
])("'%s'", (line, expected) => {
  const found = complete(line);
  if (expected.length === 0) expect(found).toEqual([]);
  else expect(found).toEqual(expect.arrayContaining(expected));
});

test('an option that is given is not offered again, unless it may be repeated', () => {
  expect(complete('job show --name x --')).not.toContain('--name');
  expect(complete('compute update -n x --set a=b --')).toContain('--set');
  expect(complete('compute update -n x --set a=b -')).toContain('--max-instances');
});

test.each([
  ['job show -n ', 'job', {}],
  ['job list --parent-job-name ', 'job', {}],
  ['batch-endpoint show --name x', 'endpoint', {}],
  ['batch-deployment list --endpoint-name ', 'endpoint', {}],
  ['batch-deployment show -e mine -n ', 'deployment', { 'endpoint-name': 'mine' }],
  ['batch-deployment show --endpoint-name=mine --name ', 'deployment', { 'endpoint-name': 'mine' }],
  ['model show -n mnist --version ', 'version', { name: 'mnist' }],
  ['data archive --name=', 'data', {}],
  ['datastore delete --yes --name ', 'datastore', {}],
  ['environment show -n ', 'environment', {}],
  ['compute update -n ', 'compute', {}],
])("'%s' asks for the names of a %s", (line, of, given) => {
  expect(completions([line])[0]).toEqual({
    kind: 'name',
    of,
    given: expect.objectContaining(given) as object,
  });
});

test('what is to be made has no name that is known', () => {
  for (const line of ['model create --name ', 'model create --version ', 'compute create -n '])
    expect(complete(line)).toEqual([]);
});

test.each([
  ['batchpoint job show', ['batchpoint', 'job', 'show']],
  ['batchpoint  job ', ['batchpoint', 'job', '']],
  [`batchpoint "a b" 'c "d' e\\ f\\"`, ['batchpoint', 'a b', 'c "d', 'e f"']],
  ['cd x && batchpoint jo', ['', 'batchpoint', 'jo'].slice(1)],
  ['x=$(batchpoint job ', ['batchpoint', 'job', '']],
  ['', ['']],
])('a shell sees the words of %j', (line, words) => {
  expect(splitLine(line)).toEqual(words);
});
