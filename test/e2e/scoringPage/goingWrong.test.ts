import { CommandLine } from '../../support/commandLine';
import { follow, guideSteps } from '../../support/guidePage';

const cli = new CommandLine();
afterAll(() => cli.close());

test('the section about what goes wrong shows what is told then', async () => {
  await follow(cli, guideSteps('docs/scoring.md', 'When things go wrong'));
}, 60_000);
