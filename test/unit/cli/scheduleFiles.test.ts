import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { scheduleBody } from '../../../cli/files/scheduleBody';
import { checkedScheduleFile } from '../../../cli/registering/createSchedule';

const folder = mkdtempSync(join(tmpdir(), 'schedule files '));
afterAll(() => rmSync(folder, { recursive: true }));

const keys = {
  name: 'nightly',
  trigger: '{type: cron, expression: "0 2 1 1 *"}',
  create_job: '{endpoint: azureml:sums, input: {path: "in/{schedule-1d:yyyy/MM/dd}/"}}',
};

function checked(changes: Readonly<Record<string, string>>): ReturnType<typeof checkedScheduleFile> {
  const file = join(folder, 'schedule.yml');
  const lines = Object.entries({ ...keys, ...changes }).map(([key, value]) => `${key}: ${value}\n`);
  writeFileSync(file, lines.join(''));
  const source = { file, currentFolder: '/elsewhere', overlays: [] };
  return checkedScheduleFile(source, { warn: () => undefined });
}

async function bodyOf(changes: Readonly<Record<string, string>>): Promise<unknown> {
  const { value, folder: base } = await checked(changes);
  return JSON.parse(JSON.stringify(scheduleBody(value, base)));
}

test.each([
  [{ trigger: '{type: cron, expression: "0 0 2 * * *"}' }, 2, 'trigger.expression', "Write '0 2 * * *'"],
  [{ trigger: '{type: cron, expression: "0 0 30 2 *"}' }, 2, 'trigger', 'would never be due'],
  [
    { trigger: '{type: cron, expression: "0 2 * * *", time_zone: Asia/Seol}' },
    2,
    'trigger.time_zone',
    "'Asia/Seoul'",
  ],
  [
    {
      trigger:
        '{type: cron, expression: "0 2 * * *", start_time: 2099-02-01T00:00:00, end_time: 2099-01-01T00:00:00}',
    },
    2,
    'trigger.end_time',
    'is after it',
  ],
  [{ trigger: '{type: cron}' }, 2, 'trigger', "'expression' is missing"],
  [{ trigger: '{type: recurrence, frequency: day}' }, 2, 'trigger', "'interval' is missing"],
  [
    { trigger: '{type: cron, expression: "0 2 * * *", interval: 2}' },
    2,
    'trigger.interval',
    "a trigger of type cron has no 'interval'",
  ],
  [
    { trigger: '{type: recurrence, frequency: hour, interval: 2, schedule: {hours: 3}}' },
    2,
    'trigger.schedule',
    "'hours'",
  ],
  [{ trigger: '{type: cron, expresion: "0 2 * * *"}' }, 2, 'trigger.expresion', "Did you mean 'expression'?"],
  [{ create_job: './pipeline.yml' }, 3, 'create_job', 'expected a mapping with the endpoint'],
  [{ create_job: '{type: command, command: ls, inputs: {}}' }, 3, 'create_job.type', 'none of type command'],
  [{ create_job: '{endpoint: sums, input: {}}' }, 3, 'create_job.input', "'path' is missing, or 'endpoint'"],
  [
    { create_job: '{endpoint: sums, input: {path: a, endpoint: b}}' },
    3,
    'create_job.input.endpoint',
    'there is one input',
  ],
  [
    { create_job: '{endpoint: sums, input: {type: uri_file, endpoint: b}}' },
    3,
    'create_job.input.type',
    "of a 'path'",
  ],
  [{ create_job: '{endpoint: sums, input: {path: "{date}/"}}' }, 3, 'create_job.input.path', "'{date}'"],
  [
    { create_job: '{endpoint: sums, input: {path: in}, output: {path: "{schedule:yy}.csv"}}' },
    3,
    'create_job.output.path',
    "'yy' is no format",
  ],
  [
    { create_job: '{endpoint: sums, input: {path: in}, overrides: {mini_batch_sise: 3}}' },
    3,
    'create_job.overrides.mini_batch_sise',
    "Did you mean 'mini_batch_size'?",
  ],
  [{ create_monitor: '{compute: {}}' }, 4, 'create_monitor', 'does nothing else'],
  [{ import_data: '{type: mltable}' }, 4, 'import_data', 'does nothing else'],
  [{ misfire: 'never' }, 4, 'misfire', 'expected one of "skip", "once", "all"'],
  [{ jitter: '4000' }, 4, 'jitter', 'a number of at most 3600'],
])('%j is refused with its line and key', async (changes, line, key, said) => {
  const refused = expect(checked(changes)).rejects;
  await refused.toThrow(new RegExp(`schedule\\.yml:${line}:\\d+: ${key.replaceAll('.', '\\.')}: `));
  await expect(checked(changes)).rejects.toThrow(said);
});

test('a relative path starts from the folder of the file, and its places stay as they are', async () => {
  expect(await bodyOf({})).toMatchObject({
    properties: {
      action: {
        endpointInvocationDefinition: {
          endpointName: 'azureml:sums',
          input: {
            jobInputType: 'UriFolder',
            uri: `file://${folder.replaceAll(' ', '%20')}/in/{schedule-1d:yyyy/MM/dd}`,
          },
        },
      },
    },
  });
});

test('a place with a blank in it stays one, and what is around it is escaped', async () => {
  const body = await bodyOf({ create_job: '{endpoint: sums, input: {path: "in a/{schedule:yyyy MM}/"}}' });
  expect(body).toMatchObject({
    properties: {
      action: {
        endpointInvocationDefinition: {
          input: { uri: expect.stringMatching(/\/in%20a\/\{schedule:yyyy%20MM\}$/) as string },
        },
      },
    },
  });
});

test('single numbers and days are lists of one, and days have two spellings', async () => {
  const trigger = (days: string): string =>
    `{type: recurrence, frequency: week, interval: 1, schedule: {hours: 8, minutes: [0, 30], ${days}}}`;
  for (const days of ['weekdays: monday', 'week_days: [monday]']) {
    expect(await bodyOf({ trigger: trigger(days) })).toMatchObject({
      properties: {
        trigger: {
          triggerType: 'Recurrence',
          frequency: 'Week',
          schedule: { hours: [8], minutes: [0, 30], weekDays: ['Monday'] },
        },
      },
    });
  }
  const both = checked({ trigger: trigger('weekdays: monday, week_days: monday') });
  await expect(both).rejects.toThrow('this says the same as');
});

test('all keys of a file come to their places in a request', async () => {
  const body = await bodyOf({
    display_name: 'Nights',
    properties: '{a: b}',
    create_job:
      '{endpoint: sums, deployment: blue, input: {endpoint: up, deployment: green}, output: {path: "azureml://datastores/d/paths/{schedule:yyyy}.csv"}, overrides: {instance_count: 2, retry_settings: {timeout: 9}, include: ["*.csv"], output: {format: jsonl}}}',
    misfire: 'all',
    misfire_limit: '3',
    concurrency: 'replace',
    jitter: '60',
    is_enabled: 'false',
    notifications: '[{type: webhook, url: "https://example.com/x", secret: whsec_x, on: [failed]}]',
  });
  expect(body).toEqual({
    properties: {
      displayName: 'Nights',
      properties: { a: 'b' },
      isEnabled: false,
      trigger: { triggerType: 'Cron', expression: '0 2 1 1 *' },
      action: {
        actionType: 'InvokeBatchEndpoint',
        endpointInvocationDefinition: {
          endpointName: 'sums',
          deploymentName: 'blue',
          input: { endpointName: 'up', deploymentName: 'green' },
          output: { jobOutputType: 'UriFile', uri: 'azureml://datastores/d/paths/{schedule:yyyy}.csv' },
          overrides: {
            compute: { instanceCount: 2 },
            retrySettings: { timeout: 'PT9S' },
            inputFilter: { include: ['*.csv'] },
            outputOptions: { format: 'jsonl' },
          },
        },
      },
      misfire: 'All',
      misfireLimit: 3,
      concurrency: 'Replace',
      jitterSeconds: 60,
      notifications: [
        { notificationType: 'Webhook', url: 'https://example.com/x', secret: 'whsec_x', on: ['Failed'] },
      ],
    },
  });
});
