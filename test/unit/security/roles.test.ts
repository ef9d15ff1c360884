import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { Grants, parseGrant, roles } from '../../../shared/security/roles';

describe('The roles of a caller', () => {
  test('hold for every endpoint, or for the ones that they name in any case', () => {
    const grants = new Grants([
      'Jobs.Read',
      'Jobs.Cancel:Heart',
      'Jobs.Cancel:lungs',
      'unknown',
      'Jobs.Everything:x',
    ]);
    expect(grants.has('Jobs.Read')).toBe(true);
    expect(grants.hasFor('Jobs.Read', 'anything')).toBe(true);
    expect(grants.extentOf('Jobs.Read')).toBe('all');
    expect(grants.has('Jobs.Cancel')).toBe(false);
    expect(['HEART', 'lungs', 'heart2', ''].map((one) => grants.hasFor('Jobs.Cancel', one))).toEqual([
      true,
      true,
      false,
      false,
    ]);
    expect(grants.extentOf('Jobs.Cancel')).toEqual(new Set(['heart', 'lungs']));
    expect(grants.extentOf('Endpoints.Write')).toEqual(new Set());
  });

  test.each([
    '',
    'jobs.read',
    'Jobs.Read ',
    ' Jobs.Read',
    'Jobs.Read:',
    'Jobs.Read:*',
    'Jobs.Read:a:b',
    'Jobs.Read:a/b',
    'Jobs.Read\n',
  ])('are not given by %j', (word) => {
    expect(parseGrant(word)).toBeUndefined();
  });
});

test('docs/security.md has a row for every role, in their order, with what Azure calls it', () => {
  const page = readFileSync(join(__dirname, '../../../docs/security.md'), 'utf8');
  const rows = [...page.matchAll(/^\| `([A-Z]\w+\.\w+)` +\| (.+?) +\| (.+?) +\|$/gm)];
  expect(rows.map(([, role]) => role)).toEqual([...roles]);
  for (const [, , allows = '', action = ''] of rows) {
    expect(allows.length).toBeGreaterThan(10);
    expect(action).toMatch(/`.*(read|write|action)`/);
  }
});
