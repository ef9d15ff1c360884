import { CommandLine } from '../../support/commandLine';
import { follow, guideSteps } from '../../support/guidePage';

const cli = new CommandLine();
afterAll(() => cli.close());

test('the section about JavaScript and TypeScript leads to its predictions, without Python', async () => {
  const steps = guideSteps('docs/scoring.md', 'JavaScript and TypeScript');
  await follow(cli, steps, { BATCHPOINT_PYTHON: '/nowhere/python3' });
}, 60_000);
