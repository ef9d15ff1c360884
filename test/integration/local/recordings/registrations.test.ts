import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';

import { makeApp, removeFolders } from '../../../support/hostApp';
import { describeWithRecordings, read, recordingsFolder } from './recordings';

interface Registered {
  readonly name: string;
  readonly bindings: Readonly<Record<string, object>>;
}

interface Message {
  readonly type: string;
  readonly msg: { readonly functionMetadataResults?: readonly { name: string; rawBindings: string[] }[] };
}

const projectRoot = join(__dirname, '../../../..');

/** The app got this function after the start that was recorded. */
const addedLater = 'slowFan';

/** Loads an app as the host does and prints what it has registered. */
const script = `
  const { loadApp } = require(${JSON.stringify(join(projectRoot, 'dist/local/app/loadApp.js'))});
  loadApp(process.argv[1], 'src/functions.js', { write() {} }).then((app) =>
    process.stdout.write(JSON.stringify(app.all().map(({ metadata }) => metadata))));
`;

describeWithRecordings('The functions of an app', () => {
  afterAll(removeFolders);

  test('are registered with the bindings that the real worker tells its host', () => {
    const app = makeApp(readFileSync(join(recordingsFolder, 'app.js'), 'utf8'));
    const printed = execFileSync(process.execPath, ['-e', script, app.root], { encoding: 'utf8' });
    const messages = read<Message[]>('_startup', 'grpc.json', []);
    const answer = messages.find(({ type }) => type === 'functionMetadataResponse');
    const theirs = answer?.msg.functionMetadataResults?.map(({ name, rawBindings }) => ({
      name,
      bindings: rawBindings.map(parsed),
    }));
    const loaded = (JSON.parse(printed) as Registered[]).filter(({ name }) => name !== addedLater);
    const ours = loaded.map(({ name, bindings }) => ({
      name,
      // The worker writes the name of an output as its key, not as its binding has it.
      bindings: Object.entries(bindings).map(([key, binding]) => ({ ...binding, name: key })),
    }));
    expect(ours).toEqual(theirs);
  });
});

function parsed(text: string): unknown {
  return JSON.parse(text);
}
