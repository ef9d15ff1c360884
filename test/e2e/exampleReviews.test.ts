import { cpSync } from 'node:fs';
import { join } from 'node:path';
import { CommandLine, packageRoot } from '../support/commandLine';
import { follow, guideSteps } from '../support/guidePage';

const cli = new CommandLine();
afterAll(() => cli.close());

test('the example in TypeScript is scored as its README says, without Python', async () => {
  cpSync(join(packageRoot, 'examples'), join(cli.folder, 'examples'), { recursive: true });
  const steps = guideSteps('examples/reviews/README.md');
  await follow(cli, steps, { BATCHPOINT_PYTHON: '/nowhere/python3' });
}, 60_000);
