import { checkedNotifications } from '../../../shared/notifications/checkedNotifications';
import type { Notification } from '../../../shared/notifications/notification';
import { shownNotifications } from '../../../shared/notifications/shownNotifications';
import { restBodies } from '../../../shared/schemas/restBodies';

const secret = `whsec_${Buffer.alloc(32, 7).toString('base64')}`;
const webhook = { notificationType: 'Webhook', url: 'https://example.com/hook', secret };
const topic = 'https://jobs.koreacentral-1.eventgrid.azure.net/api/events';
const queue = 'https://account.queue.core.windows.net/jobs';

function checked(
  notifications: readonly object[],
  present: readonly Notification[] = [],
  localFiles = false,
): readonly Notification[] {
  const body = restBodies.job({ properties: { notifications } });
  return checkedNotifications(body.properties.notifications, { localFiles, present });
}

describe('the notifications of a body', () => {
  test('are of three kinds, with the ends that they are for', () => {
    const given = [
      { ...webhook, on: ['completed', 'Failed'] },
      { notificationType: 'event_grid', topic, key: 'k' },
      { notificationType: 'StorageQueue', queue, sas: '?sv=1&sig=2' },
      { notificationType: 'StorageQueue', queue: 'https://x.example/other-jobs', sas: 'sig=s' },
    ];
    expect(checked(given)).toEqual([
      { type: 'webhook', url: 'https://example.com/hook', secret, on: ['Completed', 'Failed'] },
      { type: 'eventGrid', topic, key: 'k' },
      { type: 'storageQueue', queue, sas: 'sv=1&sig=2' },
      { type: 'storageQueue', queue: 'https://x.example/other-jobs', sas: 'sig=s' },
    ]);
  });

  test.each<[string, object, string]>([
    ['plain http', { ...webhook, url: 'http://example.com/' }, 'its URL has to start with https://'],
    ['a user name', { ...webhook, url: 'https://a:b@example.com/' }, 'a user name or a password'],
    ['a fragment', { ...webhook, url: 'https://example.com/#a' }, 'a fragment'],
    ['no URL', { ...webhook, url: 'example' }, "'example' is not a URL"],
    ['a private address', { ...webhook, url: 'https://10.0.0.4/' }, 'a private network'],
    ['the service of metadata', { ...webhook, url: 'https://169.254.169.254/' }, 'a private network'],
    ['a mapped address', { ...webhook, url: 'https://[::ffff:169.254.169.254]/' }, 'a private network'],
    ['an address as a number', { ...webhook, url: 'https://2852039166/' }, 'a private network'],
    ['an old form of address', { ...webhook, url: 'https://[::169.254.169.254]/' }, 'a private network'],
    ['this machine', { ...webhook, url: 'https://localhost/' }, 'the host itself'],
    ['this machine by address', { ...webhook, url: 'https://127.1/' }, 'the host itself'],
    ['no secret', { ...webhook, secret: undefined }, "'secret' is missing"],
    ['a short secret', { ...webhook, secret: 'whsec_c2hvcnQ=' }, '24 to 64 bytes'],
    [
      'a long secret',
      { ...webhook, secret: `whsec_${Buffer.alloc(65).toString('base64')}` },
      '24 to 64 bytes',
    ],
    ['another form of secret', { ...webhook, secret: Buffer.alloc(32).toString('base64') }, 'whsec_'],
    ['keys of another kind', { ...webhook, topic }, "'topic' is not for it"],
    ['no target', { notificationType: 'EventGrid', key: 'k' }, "'topic' is missing"],
    [
      'another path of a topic',
      { notificationType: 'EventGrid', topic: 'https://t.eventgrid.azure.net/' },
      '/api/events',
    ],
    ['a query of a topic', { notificationType: 'EventGrid', topic: `${topic}?a=1` }, "into 'key'"],
    ['a signature in a queue', { notificationType: 'StorageQueue', queue: `${queue}?sig=1` }, "into 'sas'"],
    [
      'an identity for others',
      { notificationType: 'EventGrid', topic: 'https://t.example/api/events' },
      'needs a key',
    ],
    [
      'an identity for other queues',
      { notificationType: 'StorageQueue', queue: 'https://q.example/jobs' },
      'needs a sas',
    ],
    ['a key over two lines', { notificationType: 'EventGrid', topic, key: 'a\nb' }, 'its key holds a blank'],
    [
      'a signature that is none',
      { notificationType: 'StorageQueue', queue: `${queue}-2`, sas: 'sv=1' },
      'a shared access signature',
    ],
    [
      'a signature with a fragment',
      { notificationType: 'StorageQueue', queue: `${queue}-2`, sas: 'sv=1&sig=a#b' },
      'a shared access signature',
    ],
    [
      'no name of a queue',
      { notificationType: 'StorageQueue', queue: 'https://a.queue.core.windows.net/' },
      'the URL of a queue',
    ],
    [
      'a name that is none',
      { notificationType: 'StorageQueue', queue: 'https://a.queue.core.windows.net/A' },
      'the URL of a queue',
    ],
  ])('have no %s', (_what, notification, reason) => {
    expect(() => checked([{ notificationType: 'StorageQueue', queue }, notification])).toThrow(reason);
  });

  test('name a target once', () => {
    expect(() => checked([webhook, { ...webhook, on: ['Failed'] }])).toThrow(
      'Notification 2 (Webhook) cannot be used: it has the target of one before it',
    );
  });

  test('name a target once, however it is written, and two that differ in their query', () => {
    const written = { ...webhook, url: 'HTTPS://Example.com:443/hook' };
    expect(() => checked([webhook, written])).toThrow('it has the target of one before it');
    const teams = ['a', 'b'].map((team) => ({ ...webhook, url: `https://example.com/hook?token=${team}` }));
    expect(checked(teams)).toHaveLength(2);
  });

  test('may be of this machine where callers share it, by plain http too', () => {
    const local = { ...webhook, url: 'http://127.0.0.1:8080/hook' };
    const emulated = {
      notificationType: 'StorageQueue',
      queue: 'http://127.0.0.1:10001/devstoreaccount1/jobs',
      sas: 'sig=s',
    };
    expect(checked([local, emulated], [], true)).toHaveLength(2);
    expect(() => checked([{ ...webhook, url: 'http://example.com/' }], [], true)).toThrow('https://');
    expect(() => checked([{ ...webhook, url: 'https://192.168.0.1/' }], [], true)).toThrow('private');
  });

  test('are never repeated with what is secret in them', () => {
    const told = (notification: object): string => {
      try {
        checked([notification]);
      } catch (error) {
        return JSON.stringify(error) + String(error);
      }
      throw new Error('It was taken.');
    };
    for (const notification of [
      { ...webhook, secret: { a: 'whsec_very' } },
      { ...webhook, secret: 'very' },
      { ...webhook, url: 'https://', secret },
      { notificationType: 'StorageQueue', queue, sas: ['very'] },
      { notificationType: 'EventGrid', topic, key: { a: 'very' } },
      { notificationType: 'StorageQueue', queue: `${queue}?sig=very` },
    ]) {
      expect(told(notification)).not.toContain('very');
      expect(told(notification)).not.toContain(secret);
    }
  });
});

describe('what is shown of notifications', () => {
  const stored = checked([
    { ...webhook, url: 'https://example.com/hook?token=abc&key=very&sure' },
    { notificationType: 'EventGrid', topic, key: 'k' },
    { notificationType: 'StorageQueue', queue, sas: 'sv=1&sig=2', on: ['Failed'] },
  ]);

  test('is not secret', () => {
    expect(shownNotifications(stored)).toEqual([
      { notificationType: 'Webhook', url: 'https://example.com/hook?token=***&key=***&***', hasSecret: true },
      { notificationType: 'EventGrid', topic, hasSecret: true },
      { notificationType: 'StorageQueue', queue, hasSecret: true, on: ['Failed'] },
    ]);
  });

  test('can be sent back, and keeps what was not shown', () => {
    expect(checked(shownNotifications(stored), stored)).toEqual(stored);
  });

  test('can be sent back with other ends and a new secret', () => {
    const [shown] = shownNotifications(stored);
    const other = `whsec_${Buffer.alloc(24, 9).toString('base64')}`;
    expect(checked([{ ...shown, secret: other, on: ['Failed'] }], stored)).toEqual([
      { ...stored[0], secret: other, on: ['Failed'] },
    ]);
  });

  const teams = checked(
    ['a', 'b'].map((team) => ({ ...webhook, url: `https://example.com/?token=${team}` })),
  );

  test('is told apart by its order, where several look alike', () => {
    const [first, second] = shownNotifications(teams);
    expect(checked([{ ...first, on: ['Failed'] }, { ...second }], teams)).toEqual([
      { ...teams[0], on: ['Failed'] },
      teams[1],
    ]);
    const { secret: _left, ...named } = { ...webhook, url: 'https://example.com/?token=b' };
    expect(checked([{ ...first }, named], teams)).toEqual(teams);
  });

  test('is not guessed: which of several, or what is behind one that is not there', () => {
    const [first] = shownNotifications(teams);
    for (const present of [teams, []])
      expect(() => checked([{ ...first, secret }], present)).toThrow(
        'it has to be given with what is shown as *** in its URL',
      );
  });

  test('keeps its secret where only what is not shown has changed', () => {
    const changed = { notificationType: 'Webhook', url: 'https://example.com/hook?token=new&key=k&x' };
    expect(checked([changed], stored)).toEqual([{ ...stored[0], url: changed.url }]);
  });

  test('gives its secret to no other target', () => {
    const moved = { notificationType: 'Webhook', url: 'https://example.org/hook' };
    expect(() => checked([moved], stored)).toThrow("'secret' is missing");
  });
});
