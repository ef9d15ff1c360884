import { CommandLine } from '../../support/commandLine';
import { follow, guideSteps } from '../../support/guidePage';

const cli = new CommandLine();
afterAll(() => cli.close());

test('the section about environments installs, scores and prints what it says', async () => {
  await follow(cli, guideSteps('docs/scoring.md', 'Environments'));
}, 120_000);
