import { randomUUID } from 'node:crypto';
import type { JobSpec } from '../../../shared/jobs/jobSpec';
import { webhookSecret } from '../../support/endedJobs';
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

test('what is secret in a request is no part of what is kept of it', async () => {
  const requestId = randomUUID();
  const as = async (webhook: object): Promise<JobSpec> => {
    const told = { notificationType: 'Webhook', url: 'https://example.com/hook', ...webhook };
    return (await workspace().invoke('asked', input, { notifications: [told] }, { requestId })).spec;
  };
  const made = await as({ secret: webhookSecret });
  const again = await as({ secret: `whsec_${Buffer.alloc(32, 6).toString('base64')}` });
  expect(again).toEqual(made);
  await expect(as({ secret: webhookSecret, on: ['Failed'] })).rejects.toMatchObject({
    code: 'RequestConflict',
  });
});
