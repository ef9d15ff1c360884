import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { readDefinition, type Definition } from '../../../cli/files/definition';
import type { Definitions } from '../../../cli/files/fileSchemas';
import { optionOverlay, pathOverlay, setOverlays, withOverlays } from '../../../cli/files/overlays';
import { trafficOverlays } from '../../../cli/files/trafficOption';
import { isRemote, localPath } from '../../../cli/files/localPaths';
import { readYamlFile } from '../../../cli/files/yamlFile';
import { positionOf } from '../../../cli/files/yamlPlaces';

const folder = mkdtempSync(join(tmpdir(), 'definition-'));
afterAll(() => rmSync(folder, { recursive: true }));

function aFile(text: string): string {
  const path = join(folder, 'x.yml');
  writeFileSync(path, text);
  return path;
}

function aDeployment(text: string, ...set: string[]): Definition<Definitions['batchDeployment']> {
  const overlays = setOverlays(set);
  return readDefinition('batchDeployment', { file: aFile(text), currentFolder: '/here', overlays });
}

const least = 'name: one\nmodel: azureml:m:1\ncompute: {target: azureml:c}\n';

describe('a YAML file', () => {
  test('keeps versions, tags, properties and variables as they are written', () => {
    const { value } = readYamlFile(
      aFile(
        'model: {version: 1.10}\ntags: {a: 0x1F, b: true, c: "q"}\nenvironment_variables: {A: 1e3}\nproperties: {p: 010}\nn: 1.10\n',
      ),
    );
    expect(value).toEqual({
      model: { version: '1.10' },
      tags: { a: '0x1F', b: 'true', c: 'q' },
      environment_variables: { A: '1e3' },
      properties: { p: '010' },
      n: 1.1,
    });
  });

  test('may have anchors, aliases and merges, but not grow without bound', () => {
    const { value } = readYamlFile(aFile('a: &a {x: 1, y: 2}\nb: *a\nc: {<<: *a, y: 3}\n'));
    expect(value).toMatchObject({ b: { x: 1, y: 2 }, c: { x: 1, y: 3 } });
    const rows = [...'abcdefgh'].map((name, i, all) => `${name}: &${name} [${`*${all[i - 1]},`.repeat(9)}]`);
    const bomb = ['z: &z [1]', ...rows].join('\n').replaceAll('*undefined', '*z');
    expect(() => readYamlFile(aFile(bomb))).toThrow(/Excessive alias count/);
  });

  test('knows where everything stands', () => {
    const file = readYamlFile(aFile('a: 1\nb:\n  - c: &c {d: x}\n    e: *c\n'));
    expect(positionOf(file, [], false)).toEqual({ line: 1, column: 1 });
    expect(positionOf(file, ['a'], false)).toEqual({ line: 1, column: 4 });
    expect(positionOf(file, ['a'], true)).toEqual({ line: 1, column: 1 });
    expect(positionOf(file, ['b', 0, 'c', 'd'], false)).toEqual({ line: 3, column: 15 });
    expect(positionOf(file, ['b', 0, 'e', 'd'], false)).toEqual({ line: 3, column: 15 });
    expect(positionOf(file, ['b', 0, 'nope', 'd'], false)).toEqual({ line: 3, column: 5 });
  });
});

describe('values over a file', () => {
  test('are typed as they look', () => {
    const pairs = ['a=1', 'b=-1.5', 'c=true', 'd=x=y', 'e={"f":[1]}', 'g=', 'h="1"', 'i=[1', 'j[1].k.0=2'];
    expect(setOverlays(pairs).map(({ path, value }) => [path, value])).toEqual([
      [['a'], 1],
      [['b'], -1.5],
      [['c'], true],
      [['d'], 'x=y'],
      [['e'], { f: [1] }],
      [['g'], ''],
      [['h'], '1'],
      [['i'], '[1'],
      [['j', 1, 'k', 0], 2],
    ]);
  });

  test.each(['nothing', '=1', ' =1'])('need a key and a value: %s', (pair) => {
    expect(() => setOverlays([pair])).toThrow('--set takes key=value');
  });

  test('leave the original as it is, and make what is on their way', () => {
    const original = { a: { b: 1 } };
    expect(withOverlays(original, setOverlays(['a.c=2', 'd.e.f=3']))).toEqual({
      a: { b: 1, c: 2 },
      d: { e: { f: 3 } },
    });
    expect(original).toEqual({ a: { b: 1 } });
    expect(() => withOverlays({ a: 1 }, setOverlays(['a.b=1']))).toThrow("--set a.b: 'a' is not a mapping");
    withOverlays({}, setOverlays(['__proto__.polluted=1']));
    expect(({} as { polluted?: number }).polluted).toBeUndefined();
  });

  test('of options are there only where the option is', () => {
    expect(optionOverlay('a.b', undefined, '--b')).toEqual([]);
    expect(optionOverlay('a.b', 0, '--b')).toEqual([{ path: ['a', 'b'], value: 0, origin: '--b' }]);
    const values = ['x', 'https://x', 'azureml://datastores/d/paths/x', 'file:./x'].map(
      (path) => pathOverlay('path', path, '--path', '/here')[0]?.value,
    );
    expect(values).toEqual(['/here/x', 'https://x', 'azureml://datastores/d/paths/x', '/here/x']);
  });

  test('of traffic are shares of deployments', () => {
    const shares = trafficOverlays(['a:100', 'b=0,c:0%']).map(({ path, value }) => [path[1], value]);
    expect(shares).toEqual([
      ['a', 100],
      ['b', 0],
      ['c', 0],
    ]);
    expect(() => trafficOverlays(['a'])).toThrow('--traffic takes <deployment>:<0 or 100>');
    expect(() => trafficOverlays(['a:-1'])).toThrow('--traffic takes');
  });
});

describe('a definition', () => {
  test('has its folder and its values, without defaults: those are the host’s', () => {
    const { value, folder: own } = aDeployment(
      least,
      'mini_batch_size=3',
      'description=5',
      'environment_variables.A=1.10',
    );
    expect(own).toBe(folder);
    expect(value).toEqual({
      name: 'one',
      model: 'azureml:m:1',
      compute: 'azureml:c',
      mini_batch_size: 3,
      description: '5',
      environment_variables: { A: '1.10' },
    });
  });

  test('tells faults at the line of the file, or by the option that they come from', () => {
    const file = join(folder, 'x.yml');
    expect(() => aDeployment(`${least}mini_batch_size: 0\n`)).toThrow(
      `${file}:4:18: mini_batch_size: expected a number of at least 1, but came 0`,
    );
    expect(() => aDeployment(least, 'mini_batch_size=0')).toThrow(
      /^--set mini_batch_size: expected a number/,
    );
    expect(() => aDeployment(least, 'retry_setting.timeout=1')).toThrow(
      /^--set retry_setting\.timeout: the key/,
    );
    expect(() => aDeployment(`${least}retry_setting: {}\n`, 'retry_setting.timeout=1')).toThrow(
      `${file}:4:1: retry_setting: the key 'retry_setting' is not known. Did you mean 'retry_settings'?`,
    );
  });

  test('accepts the level of logging in any case, and no other', () => {
    expect(aDeployment(`${least}logging_level: WARNING\n`).value.logging_level).toBe('WARNING');
    expect(() => aDeployment(`${least}logging_level: verbose\n`)).toThrow(
      'expected warning, info or debug, but came "verbose"',
    );
  });

  test('gathers further faults, and one alone keeps its code', async () => {
    const definition = aDeployment(least);
    expect(() => definition.refuseFaults()).not.toThrow();
    const isGood = await definition
      .check(['model'], () => {
        throw Object.assign(new Error('not ours'), { code: 'ENOENT' });
      })
      .catch(() => 'thrown');
    expect(isGood).toBe('thrown');
    definition.fault(['compute'], 'no such thing');
    expect(() => definition.refuseFaults()).toThrow('x.yml:3:19: compute.target: no such thing');
    definition.fault(['name'], 'nor this');
    expect(() => definition.refuseFaults()).toThrow('x.yml has 2 faults:');
  });
});

describe('a path', () => {
  test.each([
    ['https://x.y/z', true],
    ['azureml://datastores/d/paths/p', true],
    ['azureml:data:1', true],
    ['abfss://c@a/p', true],
    ['file:///x', false],
    ['./x', false],
    ['x:y', false],
    ['C:\\x', false],
  ])('%s is elsewhere: %s', (path, expected) => {
    expect(isRemote(path)).toBe(expected);
  });

  test.each([
    ['x', '/base/x'],
    ['./x y/', '/base/x y'],
    ['/x', '/x'],
    ['file:./x', '/base/x'],
    ['file:x', '/base/x'],
    ['file:///x%20y', '/x y'],
  ])('%s means %s', (path, expected) => {
    expect(localPath('/base', path)).toBe(expected);
  });

  test('of another machine is refused', () => {
    expect(() => localPath('/base', 'file://server/x')).toThrow('it is not a file: URI of this machine');
  });
});
