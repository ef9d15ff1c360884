import { CommandLine } from '../../support/commandLine';
import { follow, guideSteps } from '../../support/guidePage';

const cli = new CommandLine();
afterAll(() => cli.close());

test('the section about inputs leads to its predictions', async () => {
  await follow(cli, guideSteps('docs/scoring.md', 'Inputs'));
}, 90_000);
