import { CommandLine } from '../../support/commandLine';
import { follow, guideSteps } from '../../support/guidePage';

const cli = new CommandLine();
afterAll(() => cli.close());

test('the section about trying before a run shows what a trial prints', async () => {
  await follow(cli, guideSteps('docs/scoring.md', 'Try before you run'));
}, 60_000);
