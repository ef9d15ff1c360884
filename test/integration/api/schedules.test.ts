import { useApi, type ErrorEnvelope } from '../../support/api';
import { echoScript } from '../../support/workspace';

interface Shown extends ErrorEnvelope {
  readonly name: string;
  readonly properties: Readonly<Record<string, unknown>>;
}

const api = useApi();
beforeAll(() => api.host.endpoint('sums', echoScript));

/** The body of a schedule of the endpoint, with other properties in it. */
function body(properties: object = {}, definition: object = {}): { readonly properties: object } {
  return {
    properties: {
      // Nothing is due while the tests run.
      trigger: { triggerType: 'Cron', expression: '0 2 1 1 *', timeZone: 'Asia/Seoul' },
      action: {
        actionType: 'InvokeBatchEndpoint',
        endpointInvocationDefinition: {
          endpointName: 'sums',
          input: { uri: 'azureml://datastores/workspaceblobstore/paths/{schedule-1d:yyyy/MM/dd}/' },
          ...definition,
        },
      },
      ...properties,
    },
  };
}

test('a schedule is made, shown, listed, replaced, and deleted', async () => {
  const made = await api.send<Shown>('PUT', '/schedules/night_ly', { body: body() });
  expect(made.status).toBe(201);
  expect(made.body).toMatchObject({
    name: 'night_ly',
    properties: {
      isEnabled: true,
      provisioningState: 'Succeeded',
      trigger: { triggerType: 'Cron', expression: '0 2 1 1 *', timeZone: 'Asia/Seoul' },
      misfire: 'Once',
      misfireLimit: 10,
      concurrency: 'Allow',
      jitterSeconds: 0,
      status: { state: 'Active' },
    },
  });
  const shown = await api.send<Shown>('GET', '/schedules/NIGHT_LY');
  expect([shown.status, shown.body]).toEqual([200, made.body]);
  const list = await api.send<{ value: Shown[] }>('GET', '/schedules');
  expect(list.body.value).toEqual([made.body]);
  expect((await api.send('PUT', '/schedules/night_ly', { body: body({ jitterSeconds: 5 }) })).status).toBe(
    200,
  );
  expect((await api.send('DELETE', '/schedules/night_ly')).status).toBe(202);
  expect(await api.refusal('GET', '/schedules/night_ly')).toEqual([404, 'ResourceNotFound']);
  expect((await api.send('DELETE', '/schedules/night_ly')).status).toBe(204);
});
