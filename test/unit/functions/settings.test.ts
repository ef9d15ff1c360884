import { readFileSync } from 'node:fs';
import { availableParallelism, tmpdir } from 'node:os';
import { join } from 'node:path';
import { readSettings } from '../../../functions/settings';
import { readStoreSettings } from '../../../shared/stores/settings';

describe('the settings of the app', () => {
  test('need nothing to be set', () => {
    expect(readSettings({})).toMatchObject({
      stateFolder: undefined,
      localFiles: false,
      python: 'python3',
      parallelism: availableParallelism(),
      oneMachine: false,
      activitySeconds: 300,
    });
  });

  test('keep unfinished work on this machine, as instances of the app share their state folder', () => {
    const { scratch, environments } = readSettings({ BATCHPOINT_STATE: '/mnt/shared' });
    expect(scratch.startsWith(join(tmpdir(), 'batchpoint-'))).toBe(true);
    expect(environments).toBe(join(scratch, 'environments'));
  });

  test.each([
    ['00:10:00', 600],
    ['1.00:00:30', 86_430],
    ['00:00:01.5000000', 1.5],
    ['-1', undefined],
    [' ', 300],
  ])('take %j for the time that a function has', (text, seconds) => {
    const { activitySeconds } = readSettings({ AzureFunctionsJobHost__functionTimeout: text });
    expect(activitySeconds).toBe(seconds);
  });

  test.each([
    ['BATCHPOINT_MAX_PARALLELISM', '2.5', 'a whole number from 1'],
    ['BATCHPOINT_MAX_PARALLELISM', '0', 'a whole number from 1'],
    ['BATCHPOINT_CLAIM_SECONDS', 'soon', 'a number above zero'],
    ['BATCHPOINT_WORKER_MEMORY', '0.5', 'a whole number from 1'],
    ['BATCHPOINT_INIT_TIMEOUT', '-1', 'a number above zero'],
    ['BATCHPOINT_LOCAL_FILES', 'yes', "'true' or 'false'"],
    ['AzureFunctionsJobHost__functionTimeout', '5m', "'00:10:00'"],
  ])('refuse %s=%s, and say what it has to be', (name, value, expected) => {
    const read = (): unknown => readSettings({ [name]: value });
    expect(read).toThrow(expect.objectContaining({ code: 'SettingInvalid', status: 500 }));
    expect(read).toThrow(name);
    expect(read).toThrow(expected);
  });

  test.each(['true', 'True', 'TRUE'])('take %s for yes', (text) => {
    expect(readSettings({ BATCHPOINT_LOCAL_FILES: text }).localFiles).toBe(true);
  });
});

describe('docs/functions-host.md', () => {
  const page = readFileSync(join(__dirname, '../../../docs/functions-host.md'), 'utf8');
  const section = (title: string): string => page.split(/^## /m).find((text) => text.startsWith(title)) ?? '';
  /** The rows of the first table of a section: the texts of their cells. */
  const rows = (title: string): string[][] =>
    section(title)
      .split('\n')
      .filter((line) => line.startsWith('| `'))
      .map((line) => line.split(/(?<!\\)\|/).map((cell) => cell.trim()))
      .map(([, ...cells]) => cells);
  const unquoted = (cell = ''): string => cell.replaceAll('`', '');

  test('names every setting that the app reads, and no other', () => {
    const documented = rows('Settings').map(([name]) => unquoted(name));
    expect([...documented].sort()).toEqual([...namesRead()].sort());
  });

  test('tells the defaults as they are', () => {
    const settings = readSettings({});
    const defaults = new Map(
      rows('Settings').map(([name, , standard]) => [unquoted(name), unquoted(standard)]),
    );
    expect(Number(defaults.get('BATCHPOINT_CLAIM_SECONDS'))).toBe(settings.claimSeconds);
    expect(Number(defaults.get('BATCHPOINT_INIT_TIMEOUT'))).toBe(settings.initSeconds);
    expect(Number(defaults.get('BATCHPOINT_WORKER_IDLE_SECONDS'))).toBe(settings.idleSeconds);
    expect(Number(defaults.get('BATCHPOINT_URL_TIMEOUT'))).toBe(settings.urlSeconds);
    expect(defaults.get('BATCHPOINT_PYTHON')).toBe(settings.python);
    expect(defaults.get('BATCHPOINT_LOCAL_FILES')).toBe(String(settings.localFiles));
    const limit = readSettings({
      AzureFunctionsJobHost__functionTimeout: defaults.get('AzureFunctionsJobHost__functionTimeout'),
    });
    expect(limit.activitySeconds).toBe(settings.activitySeconds);
  });

  test('gives a reason for every setting of host.json, with its value', () => {
    const file = JSON.parse(readFileSync(join(__dirname, '../../../host.json'), 'utf8')) as object;
    const documented = rows('host.json').map(([name, value, why]) => {
      expect(why?.length).toBeGreaterThan(20);
      return [unquoted(name), unquoted(value)];
    });
    expect(documented.sort()).toEqual(leaves(file).sort());
  });
});

/** The names that are looked up in an environment, whatever the storage is. */
function namesRead(): ReadonlySet<string> {
  const names = new Set<string>();
  const seen = (environment: Record<string, string>): NodeJS.ProcessEnv =>
    new Proxy(environment, {
      get: (target, name) => {
        names.add(String(name));
        return target[String(name)];
      },
    });
  readSettings(seen({}));
  readStoreSettings(seen({ BATCHPOINT_STORAGE: 'local', BATCHPOINT_STATE: '/state' }));
  readStoreSettings(seen({ AzureWebJobsStorage: 'UseDevelopmentStorage=true' }));
  readStoreSettings(seen({ AzureWebJobsStorage__accountName: 'account' }));
  return names;
}

/** The settings of host.json by their paths; log levels count as one. */
function leaves(value: object, path: readonly string[] = []): [path: string, value: string][] {
  return Object.entries(value).flatMap(([name, member]: [string, unknown]): [string, string][] => {
    const here = [...path, name];
    if (name === 'logLevel') return [[here.join('.'), Object.values(member as object).at(-1) as string]];
    if (typeof member === 'object' && member !== null) return leaves(member, here);
    return [[here.join('.'), typeof member === 'string' ? member : JSON.stringify(member)]];
  });
}
