import { CommandLine } from '../../support/commandLine';
import { follow, guideSteps } from '../../support/guidePage';

const cli = new CommandLine();
afterAll(() => cli.close());

test('the section about outputs shows what is in the files', async () => {
  await follow(cli, guideSteps('docs/scoring.md', 'Outputs'));
}, 120_000);
