import { pathToFileURL } from 'node:url';
import { useApi, type ApiRequest } from '../../support/api';
import { scheduleOf, type ShownSchedule } from '../../support/schedules';
import { echoScript } from '../../support/workspace';

const api = useApi();
const { host } = api;

beforeAll(async () => {
  await host.endpoint('sums', echoScript);
  await host.endpoint('others', echoScript);
});

async function put(name: string, body: object = scheduleOf()): Promise<ShownSchedule> {
  const { status, body: made } = await api.send<ShownSchedule>('PUT', `/schedules/${name}`, { body });
  if (status >= 300) throw new Error(JSON.stringify(made));
  return made;
}

test('a schedule is made, shown, replaced, and deleted', async () => {
  const body = scheduleOf({ displayName: 'Nights', tags: { team: 'sums' } });
  const made = await api.send<ShownSchedule>('PUT', '/schedules/night_ly', { body });
  expect([made.status, typeof made.headers['azure-asyncoperation']]).toEqual([201, 'string']);
  expect(made.body).toMatchObject({
    name: 'night_ly',
    properties: {
      displayName: 'Nights',
      tags: { team: 'sums' },
      isEnabled: true,
      provisioningState: 'Succeeded',
      trigger: { triggerType: 'Cron', expression: '0 2 1 1 *', timeZone: 'Asia/Seoul' },
      misfire: 'Once',
      misfireLimit: 10,
      concurrency: 'Allow',
      jitterSeconds: 0,
      status: { state: 'Active', nextRun: expect.stringMatching(/^\d{4}-12-31T17:00:00\.000Z$/) },
    },
  });
  const shown = await api.send<ShownSchedule>('GET', '/schedules/NIGHT_LY');
  expect([shown.status, shown.body, shown.headers['etag']]).toEqual([200, made.body, made.headers['etag']]);
  const again = await api.send<ShownSchedule>('PUT', '/schedules/night_ly', { body: scheduleOf() });
  expect([again.status, again.body.properties.tags]).toEqual([200, {}]);
  expect((await api.send('DELETE', '/schedules/night_ly')).status).toBe(202);
  expect(await api.refusal('GET', '/schedules/night_ly')).toEqual([404, 'ResourceNotFound']);
  expect((await api.send('DELETE', '/schedules/night_ly')).status).toBe(204);
});

test('keys and words are taken in any case, and times in the words of Windows and of cron', async () => {
  const body = {
    Properties: {
      ISENABLED: false,
      Trigger: { TriggerType: 'cron', Expression: '@daily', TimeZone: 'korea standard time' },
      Action: {
        ActionType: 'invokebatchendpoint',
        EndpointInvocationDefinition: {
          EndpointName: 'azureml:sums',
          Input: { JobInputType: 'uri_folder', Uri: 'azureml://datastores/workspaceblobstore/paths/in/' },
        },
      },
      Concurrency: 'FORBID',
    },
  };
  expect((await put('anycase', body)).properties).toMatchObject({
    isEnabled: false,
    trigger: { triggerType: 'Cron', expression: '0 0 * * *', timeZone: 'Asia/Seoul' },
    action: { endpointInvocationDefinition: { endpointName: 'sums', input: { jobInputType: 'UriFolder' } } },
    concurrency: 'Forbid',
    status: { state: 'Disabled' },
  });
});

test('a recurrence may have empty lists, as clients send them', async () => {
  const trigger = {
    triggerType: 'Recurrence',
    expression: undefined,
    frequency: 'Week',
    interval: 2,
    schedule: { hours: [8], minutes: [30], weekDays: ['Monday', 'Friday'], monthDays: [] },
  };
  expect((await put('weeks', scheduleOf({}, {}, trigger))).properties.trigger).toEqual({
    triggerType: 'Recurrence',
    frequency: 'Week',
    interval: 2,
    schedule: { hours: [8], minutes: [30], weekDays: ['Monday', 'Friday'] },
    timeZone: 'Asia/Seoul',
  });
});

test('a part changes, as it was read where If-Match asks for that, and a schedule can be disabled', async () => {
  await put('patched', scheduleOf({ description: 'nights' }));
  const { headers } = await api.send<ShownSchedule>('GET', '/schedules/patched');
  const change: ApiRequest = {
    body: { properties: { isEnabled: false, trigger: { expression: '30 4 * * *' } } },
    headers: { 'If-Match': String(headers['etag']) },
  };
  const changed = await api.send<ShownSchedule>('PATCH', '/schedules/patched', change);
  expect([changed.status, changed.body.properties]).toMatchObject([
    200,
    {
      isEnabled: false,
      description: 'nights',
      trigger: { expression: '30 4 * * *', timeZone: 'Asia/Seoul' },
      status: { state: 'Disabled' },
    },
  ]);
  expect(changed.body.properties.status).not.toHaveProperty('nextRun');
  expect(await api.refusal('PATCH', '/schedules/patched', change)).toEqual([412, 'ResourceChanged']);
  const body = { properties: { isEnabled: true } };
  expect(await api.refusal('PATCH', '/schedules/nobody', { body })).toEqual([404, 'ResourceNotFound']);
  const enabled = await api.send<ShownSchedule>('PATCH', '/schedules/patched', { body });
  expect(enabled.body.properties.status).toMatchObject({ state: 'Active', nextRun: expect.any(String) });
});

test('the secrets of notifications are never shown, and are kept where they are left out', async () => {
  const secret = `whsec_${Buffer.alloc(24, 7).toString('base64')}`;
  const target = { notificationType: 'Webhook', url: 'https://example.com/hook', on: ['Failed'] };
  const made = await put('told', scheduleOf({ notifications: [{ ...target, secret }] }));
  const kept = await put('told', scheduleOf({ notifications: [target] }));
  const patched = await api.send<ShownSchedule>('PATCH', '/schedules/told', {
    body: { properties: { description: 'x' } },
  });
  for (const { properties } of [made, kept, patched.body])
    expect(properties.notifications).toEqual([{ ...target, hasSecret: true }]);
  expect(JSON.stringify([made, kept, patched.body])).not.toContain('whsec_');
});

test.each([
  ['an endpoint that is not there', scheduleOf({}, { endpointName: 'nobody' }), [404, 'ResourceNotFound']],
  ['a deployment that is not there', scheduleOf({}, { deploymentName: 'blue' }), [404, 'ResourceNotFound']],
  ['no input', scheduleOf({}, { input: {} }), [400, 'BodyInvalid']],
  [
    'two inputs',
    scheduleOf({}, { input: { uri: 'https://x/y', endpointName: 'others' } }),
    [400, 'BodyInvalid'],
  ],
  ['an input that is no place', scheduleOf({}, { input: { uri: 'somewhere' } }), [400, 'UriInvalid']],
  [
    'an upstream that is not there',
    scheduleOf({}, { input: { endpointName: 'no1' } }),
    [404, 'ResourceNotFound'],
  ],
  [
    'a datastore that is not there',
    scheduleOf({}, { input: { uri: 'azureml://datastores/nowhere/paths/x/' } }),
    [404, 'ResourceNotFound'],
  ],
  [
    'another word in braces',
    scheduleOf({}, { input: { uri: 'azureml://datastores/workspaceblobstore/paths/{date}/' } }),
    [400, 'SchedulePlaceInvalid'],
  ],
  [
    'an output that two runs would write',
    scheduleOf({}, { output: { uri: 'azureml://datastores/workspaceblobstore/paths/{schedule:MMdd}.csv' } }),
    [400, 'ScheduleOutputRepeats'],
  ],
  [
    'an output that is a folder',
    scheduleOf({}, { output: { uri: 'azureml://datastores/x/paths/y/' } }),
    [400, 'OutputInvalid'],
  ],
  ['six fields', scheduleOf({}, {}, { expression: '0 0 2 * * *' }), [400, 'CronInvalid']],
  ['a day that never is', scheduleOf({}, {}, { expression: '0 0 30 2 *' }), [400, 'ScheduleNeverDue']],
  ['no such time zone', scheduleOf({}, {}, { timeZone: 'Asia/Seol' }), [400, 'TimeZoneUnknown']],
  [
    'an end before the start',
    scheduleOf({}, {}, { startTime: '2099-02-01T00:00:00', endTime: '2099-01-01T00:00:00' }),
    [400, 'ScheduleTimeInvalid'],
  ],
  ['a frequency with cron', scheduleOf({}, {}, { frequency: 'Day' }), [400, 'BodyInvalid']],
  ['no expression', scheduleOf({}, {}, { expression: undefined }), [400, 'BodyInvalid']],
  [
    'jobs of another kind',
    scheduleOf({ action: { actionType: 'CreateJob' } }),
    [400, 'ScheduleActionUnsupported'],
  ],
  ['a monitor', scheduleOf({ action: { actionType: 'CreateMonitor' } }), [400, 'ScheduleActionUnsupported']],
  [
    'a setting that deployments have not',
    scheduleOf({}, { overrides: { miniBatchSise: 3 } }),
    [400, 'BodyInvalid'],
  ],
])('%s: refused, and nothing is made', async (_what, body, refusal) => {
  expect(await api.refusal('PUT', '/schedules/refused', { body })).toEqual(refusal);
  expect(await api.refusal('GET', '/schedules/refused')).toEqual([404, 'ResourceNotFound']);
});

test.each(['x'.repeat(201), '-x', 'a b'])("'%s' is no name of a schedule", async (name) => {
  const path = `/schedules/${encodeURIComponent(name)}`;
  expect(await api.refusal('PUT', path, { body: scheduleOf() })).toEqual([400, 'NameInvalid']);
});

test('lists have those that are enabled, disabled, or both, and pages miss none', async () => {
  const names = Array.from({ length: 7 }, (_, i) => `list${i}`);
  for (const [i, name] of names.entries()) await put(name, scheduleOf({ isEnabled: i % 3 !== 0 }));
  const listed = async (view: string, size: number): Promise<string[]> => {
    const pages = await api.pages<ShownSchedule>(`/schedules?$top=${size}${view}`, size);
    return pages.map(({ name }) => name).filter((name) => name.startsWith('list'));
  };
  for (const size of [1, 2, 3, 7, 100]) {
    expect(await listed('', size)).toEqual(['list1', 'list2', 'list4', 'list5']);
    expect(await listed('&listViewType=EnabledOnly', size)).toEqual(['list1', 'list2', 'list4', 'list5']);
    expect(await listed('&listViewType=DisabledOnly', size)).toEqual(['list0', 'list3', 'list6']);
    expect(await listed('&listViewType=All', size)).toEqual(names);
  }
  expect(await api.refusal('GET', '/schedules?listViewType=Some')).toEqual([400, 'ParameterInvalid']);
});

describe('Roles', () => {
  const withRoles = async (...roles: string[]): Promise<string> => host.token('management', { roles });

  test('who makes a schedule has to be allowed to change its endpoint, and to invoke it', async () => {
    const body = scheduleOf();
    const send = async (...roles: string[]): Promise<unknown> =>
      api.refusal('PUT', '/schedules/guarded', { body, token: await withRoles(...roles) });
    expect(await send('Endpoints.Write:sums')).toEqual([403, 'RoleMissing']);
    expect(await send('Jobs.Invoke:sums')).toEqual([403, 'RoleMissing']);
    expect(await send('Endpoints.Write:others', 'Jobs.Invoke:sums')).toEqual([403, 'RoleMissing']);
    const token = await withRoles('Endpoints.Write:sums', 'Jobs.Invoke:sums');
    expect((await api.send('PUT', '/schedules/guarded', { body, token })).status).toBe(201);
  });

  test('who has it score the newest output of another endpoint has to be allowed to read the jobs of that', async () => {
    const body = scheduleOf({}, { input: { endpointName: 'others' } });
    const own = ['Endpoints.Write:sums', 'Jobs.Invoke:sums'];
    const token = await withRoles(...own);
    expect(await api.refusal('PUT', '/schedules/chained', { body, token })).toEqual([403, 'RoleMissing']);
    const reader = await withRoles(...own, 'Jobs.Read:others');
    expect((await api.send('PUT', '/schedules/chained', { body, token: reader })).status).toBe(201);
  });

  test('schedules of other endpoints are neither listed, shown, changed, run nor deleted', async () => {
    await put('ours');
    await put('theirs', scheduleOf({}, { endpointName: 'others' }));
    const token = await withRoles('Endpoints.Read:sums', 'Endpoints.Write:sums', 'Jobs.Invoke:sums');
    const { body } = await api.send<{ value: ShownSchedule[] }>('GET', '/schedules?$top=1000', { token });
    const names = body.value.map(({ name }) => name);
    expect([names.includes('ours'), names.includes('theirs')]).toEqual([true, false]);
    const change = { properties: { isEnabled: false } };
    for (const name of ['theirs', 'nobody']) {
      const path = `/schedules/${name}`;
      expect(await api.refusal('GET', path, { token })).toEqual([403, 'RoleMissing']);
      expect(await api.refusal('PATCH', path, { token, body: change })).toEqual([403, 'RoleMissing']);
      expect(await api.refusal('DELETE', path, { token })).toEqual([403, 'RoleMissing']);
      expect(await api.refusal('POST', `${path}/trigger`, { token, body: {} })).toEqual([403, 'RoleMissing']);
    }
    expect(await api.refusal('PUT', '/schedules/theirs', { token, body: scheduleOf() })).toEqual([
      403,
      'RoleMissing',
    ]);
  });
});

test('a schedule of an endpoint that is gone can still be disabled', async () => {
  await host.endpoint('goes', echoScript);
  await put('orphan', scheduleOf({}, { endpointName: 'goes' }));
  await api.send('DELETE', '/batchEndpoints/goes');
  const body = { properties: { isEnabled: false } };
  const { status } = await api.send<ShownSchedule>('PATCH', '/schedules/orphan', { body });
  expect(status).toBe(200);
});

test('a job is started now by trigger, once for each id of a request, and the next due time stays', async () => {
  const input = {
    uri: `${pathToFileURL(host.inputs(1, 'in/2026')).href.replace('2026', '{schedule:yyyy}')}/`,
  };
  const made = await put('now', scheduleOf({ isEnabled: false }, { input }));
  const scheduleTime = '2026-06-30T12:00:00.123456+00:00';
  const send = async (headers: Record<string, string>): Promise<string> => {
    const request = { body: { scheduleTime }, headers };
    const { status, body } = await api.send<{ submissionId: string }>(
      'POST',
      '/schedules/now/trigger',
      request,
    );
    expect(status).toBe(200);
    return body.submissionId;
  };
  const first = await send({ 'Repeatability-Request-ID': 'one' });
  expect(await send({ 'Repeatability-Request-ID': 'one' })).toBe(first);
  expect(await send({ 'repeatability_request-id': 'two' })).not.toBe(first);
  expect(first).toMatch(/^now-once-[0-9a-f]{20}$/);
  expect((await host.finished(first)).properties).toMatchObject({
    status: 'Completed',
    caller: { type: 'schedule', name: 'now', id: 'once one' },
  });
  expect((await api.send<ShownSchedule>('GET', '/schedules/now')).body.properties.status).toEqual(
    made.properties.status,
  );
});

test('the time of a run by hand is one of the time zone of the schedule, unless it says another', async () => {
  const folder = pathToFileURL(host.inputs(1, 'zoned/2026')).href;
  await put('zoned', scheduleOf({}, { input: { uri: `${folder.replace('2026', '{schedule:yyyy}')}/` } }));
  const run = (scheduleTime: string): Parameters<typeof api.refusal> => [
    'POST',
    '/schedules/zoned/trigger',
    { body: { scheduleTime } },
  ];
  expect(await api.refusal(...run('2025-12-31T20:00:00'))).toEqual([400, 'InputNotFound']);
  expect((await api.send(...run('2025-12-31T20:00:00Z'))).status).toBe(200);
  for (const odd of ['yesterday', '2026-02-30', ''])
    expect(await api.refusal(...run(odd))).toEqual([400, 'ScheduleTimeInvalid']);
});

test('a trigger whose input is not there says so', async () => {
  await put('empty');
  expect(await api.refusal('POST', '/schedules/empty/trigger')).toEqual([400, 'InputNotFound']);
});
