import { once } from 'node:events';
import { createServer } from 'node:net';
import type { AddressInfo } from 'node:net';
import { CommandLine } from '../support/commandLine';
import { follow, guideSteps, type GuideStep } from '../support/guidePage';

const page = 'docs/notifications.md';
const cli = new CommandLine();
afterAll(() => cli.close());

/** The steps of a section with another port than that of the page, which somebody else may have. */
async function stepsOf(title: string): Promise<GuideStep[]> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  server.close();
  return guideSteps(page, title).map((step) =>
    step.kind === 'file' ? { ...step, content: step.content.replaceAll('8787', String(port)) } : step,
  );
}

test.each(['A webhook in Node', 'A webhook in Python'])(
  '%s is told of a job that is done',
  async (title) => {
    await follow(cli, await stepsOf(title));
  },
  60_000,
);
