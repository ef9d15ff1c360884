import { fileChecks } from '../../../cli/files/fileSchemas';
import { checkedNotifications } from '../../../shared/notifications/checkedNotifications';
import { notificationBodies } from '../../../shared/notifications/notificationBodies';
import { notificationFiles } from '../../../shared/notifications/notificationFiles';
import { shownNotifications } from '../../../shared/notifications/shownNotifications';
import type { NotificationFiles } from '../../../shared/schemas/files/generated';
import { restBodies } from '../../../shared/schemas/restBodies';

const secret = `whsec_${Buffer.alloc(32, 1).toString('base64')}`;
const topic = 'https://jobs.koreacentral-1.eventgrid.azure.net/api/events';
const queue = 'https://account.queue.core.windows.net/jobs';

test('the notifications of a file become those of a body, and are shown in the words of the file', () => {
  const file: NotificationFiles = [
    { type: 'webhook', url: 'https://example.com/', secret, on: ['completed', 'canceled'] },
    { type: 'event_grid', topic, key: 'k' },
    { type: 'storage_queue', queue },
  ];
  expect(fileChecks.invocation({ notifications: file })).toEqual({ value: { notifications: file } });
  const body = restBodies.job({ properties: { notifications: notificationBodies(file) } });
  const stored = checkedNotifications(body.properties.notifications, { localFiles: false });
  expect(notificationFiles(shownNotifications(stored))).toEqual([
    { type: 'webhook', url: 'https://example.com/', has_secret: true, on: ['completed', 'canceled'] },
    { type: 'event_grid', topic, has_secret: true },
    { type: 'storage_queue', queue, has_secret: false },
  ]);
});

test.each<[string, object, string]>([
  ['a webhook without URL', { type: 'webhook', secret }, "'url' is missing"],
  ['keys of another kind', { type: 'event_grid', topic, sas: 's' }, 'this is not allowed here'],
  [
    'an end that there is not',
    { type: 'webhook', url: 'x', on: ['done'] },
    '"completed", "failed", "canceled"',
  ],
  ['a secret that is no text', { type: 'webhook', url: 'x', secret: { a: 'very' } }, 'came something else'],
])('a file has no %s', (_what, notification, reason) => {
  const checked = fileChecks.batchDeployment({ name: 'd', notifications: [notification] });
  const faults = 'faults' in checked ? checked.faults.map(({ message }) => message) : [];
  expect(faults.join('; ')).toContain(reason);
});
