import { randomUUID } from 'node:crypto';
import { useWorkspace } from '../../support/useWorkspace';
import { echoScript } from '../../support/workspace';

const workspace = useWorkspace();
let input: string;

beforeAll(async () => {
  await workspace().endpoint('asked', echoScript);
  input = workspace().inputs(1);
});

test('the id of one caller does not lead another one to the job', async () => {
  const requestId = randomUUID();
  const as = async (callerId: string, properties: object = {}): Promise<string> =>
    (await workspace().invoke('asked', input, properties, { requestId, callerId })).spec.name;
  const mine = await as('issuer#one');
  expect(await as('issuer#other')).not.toBe(mine);
  expect(await as('issuer#one')).toBe(mine);
  await expect(as('issuer#other', { name: mine })).rejects.toMatchObject({ code: 'JobExists' });
});
