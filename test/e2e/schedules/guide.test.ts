import { CommandLine } from '../../support/commandLine';
import { follow, guideSteps } from '../../support/guidePage';

const cli = new CommandLine();
afterAll(() => cli.close());

test("the page about schedules scores yesterday's folder at 02:00 Seoul time", async () => {
  const steps = guideSteps('docs/schedules.md', "Score yesterday's folder at 02:00 Seoul time");
  await follow(cli, steps, { BATCHPOINT_PYTHON: '/nowhere/python3' });
}, 120_000);
