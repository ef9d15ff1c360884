import { dirname } from 'node:path';
import { CommandLine } from '../../support/commandLine';
import { follow, guideSteps } from '../../support/guidePage';
import { packagesPython } from '../../support/pythonPackages';

const cli = new CommandLine();
afterAll(() => cli.close());

test('the section about MLflow models leads to its predictions', async () => {
  // The reader's Python has MLflow.
  const path = `${dirname(await packagesPython())}:${process.env['PATH']}`;
  await follow(cli, guideSteps('docs/scoring.md', 'MLflow models'), { PATH: path });
}, 120_000);
