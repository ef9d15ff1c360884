import { execFileSync } from 'node:child_process';
import { join } from 'node:path';
import { packagesPython } from '../support/pythonPackages';

test('the records of a CSV file, their fields and their lines are those that the csv module of Python finds', async () => {
  const script = join(__dirname, '../support/csvRecords.py');
  const scorers = join(__dirname, '../../shared/scoring/python');
  const told = execFileSync(await packagesPython(), [script, scorers, '10000'], { encoding: 'utf8' });
  expect(told).toBe('10000\n');
});
