import type { HttpRequest } from '@azure/functions';
import { failure } from '../../shared/errors/batchpointError';
import {
  sentStatuses,
  type SentNotification,
  type SentStatus,
} from '../../shared/notifications/sentNotification';
import type { Row } from '../../shared/stores/tableStore';
import { listAnswer, pageOf } from './answers';
import { pageParameters, type Operation } from './operation';
import { notificationResource } from './resources/notificationResource';
import { route, type Call } from './route';

const listPath = 'notifications';
const path = `${listPath}/{notification}`;

/** A notification belongs to the endpoint of its job. */
const reading = { audience: 'management', role: 'Jobs.Read', ofEndpoints: true } as const;
const sending = { audience: 'management', role: 'Jobs.Invoke', ofEndpoints: true } as const;

/** Characters that the name of a job may have. */
const longestJobName = 255;

const listNotifications: Operation = {
  ...reading,
  methods: ['GET'],
  path: listPath,
  summary: 'Lists what was told, and is to be told, of jobs that have ended, the newest first.',
  query: [
    ...pageParameters,
    {
      name: 'status',
      description: 'Only those of this status.',
      schema: { type: 'string', enum: sentStatuses },
    },
    {
      name: 'jobName',
      description: 'Only those of this job.',
      schema: { type: 'string', maxLength: longestJobName },
    },
  ],
  answers: { 200: 'NotificationList' },
};
route('listNotifications', listNotifications, async ({ services, request, workspace, allows }) => {
  const { size, token } = pageOf(request);
  const filter = { status: statusOf(request), job: jobOf(request), mayShow: allows };
  const { found, next } = await services.outbox.page(filter, size, token);
  return listAnswer(
    request,
    found.map((one) => notificationResource(one, workspace, false)),
    next,
  );
});

const getNotification: Operation = {
  ...reading,
  methods: ['GET'],
  path,
  summary: 'Shows a notification: what became of it, and what it tells.',
  answers: { 200: 'Notification' },
};
route('getNotification', getNotification, async (call) => {
  const { value } = await found(call);
  return { status: 200, jsonBody: notificationResource(value, call.workspace, true) };
});

const deleteNotification: Operation = {
  ...sending,
  methods: ['DELETE'],
  path,
  summary: 'Deletes a notification; one that waits is not told any more.',
  answers: { 200: 'Nothing', 204: 'Nothing' },
};
route('deleteNotification', deleteNotification, async (call) => {
  const { outbox } = call.services;
  const row = await outbox.find(call.parameter('notification'));
  call.require(row?.value.endpoint);
  const removed = row !== undefined && (await outbox.remove(row.row));
  return { status: removed ? 200 : 204 };
});

const resendNotification: Operation = {
  ...sending,
  methods: ['POST'],
  path: `${path}/resend`,
  summary: 'Tells it again, at once, and for a day as if it were new.',
  answers: { 200: 'Notification' },
  refusals: ['NotificationSecretMissing'],
};
route('resendNotification', resendNotification, async (call) => {
  const { outbox, deliveries } = call.services;
  for (;;) {
    const read = await found(call);
    if ((await outbox.notificationOf(read.value)) === undefined)
      throw failure('NotificationSecretMissing', {});
    const next = outbox.renewed(read.value);
    if (!(await outbox.replace(read, next))) continue;
    const { id, host, due } = next;
    // What goes wrong here the timer does again, and tells of.
    if (due !== undefined) deliveries.begin({ row: due, id, host }, () => undefined);
    return { status: 200, jsonBody: notificationResource(next, call.workspace, true) };
  }
});

/** The notification that a request names, where the caller may have it. */
async function found(call: Call): Promise<Row<SentNotification>> {
  const id = call.parameter('notification');
  const { outbox } = call.services;
  call.require((await outbox.find(id))?.value.endpoint);
  return outbox.get(id);
}

function jobOf({ query }: HttpRequest): string | undefined {
  const value = query.get('jobName') ?? undefined;
  if (value === undefined || value.length <= longestJobName) return value;
  const expected = `the name of a job, ${longestJobName} characters long at most`;
  throw failure('ParameterInvalid', { name: 'jobName', value, expected });
}

function statusOf({ query }: HttpRequest): SentStatus | undefined {
  const asked = query.get('status') ?? undefined;
  const status = sentStatuses.find((one) => one.toLowerCase() === asked?.toLowerCase());
  if (asked === undefined || status !== undefined) return status;
  throw failure('ParameterInvalid', {
    name: 'status',
    value: asked,
    expected: `one of ${sentStatuses.join(', ')}`,
  });
}
