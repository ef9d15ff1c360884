import { isIP } from 'node:net';
import { failure } from '../errors/batchpointError';
import { placeOfAddress } from '../inputs/safeAddress';
import type { Notifications } from '../schemas/rest/generated';
import { keptTargets } from './keptTargets';
import type { Notification } from './notification';
import { secretOf, shownTarget, targetKey, targetOf } from './target';
import { toNotifications } from './toNotifications';

/** What notifications are checked by. */
interface NotificationRules {
  /** Whether callers share this machine: then plain http to the machine itself is allowed. */
  readonly localFiles: boolean;
  /** What the resource has now: what leaves out a secret keeps that of the same target. */
  readonly present?: readonly Notification[] | undefined;
}

/**
 * The notifications of the body of a request, with the secrets that they keep. A target that is as it was shown is the
 * one that is there. Fails with `NotificationInvalid`.
 */
export function checkedNotifications(
  body: Notifications | null | undefined,
  { localFiles, present = [] }: NotificationRules,
): readonly Notification[] {
  const given = toNotifications(body ?? []);
  const kept = keptTargets(given, present);
  const seen = new Set<string>();
  return given.map((one, index) => {
    const invalid = (reason: string): Error =>
      failure('NotificationInvalid', {
        number: index + 1,
        type: body?.[index]?.notificationType ?? one.type,
        reason,
      });
    const found = kept[index] ?? {};
    if ('reason' in found) throw invalid(found.reason);
    const notification = withKept(one, found.present);
    const key = targetKey(notification);
    const reason = seen.has(key)
      ? 'it has the target of one before it, and each target is told once'
      : faultOf(notification, localFiles);
    if (reason !== undefined) throw invalid(reason);
    seen.add(key);
    return notification;
  });
}

/** A notification with the URL behind what was shown of it, and the secret that it had. */
function withKept(given: Notification, present: Notification | undefined): Notification {
  if (present === undefined || given.type !== present.type) return given;
  const isAsShown = targetOf(given) === shownTarget(present);
  const keepsSecret = secretOf(given) === undefined;
  switch (given.type) {
    case 'webhook': {
      const { url, secret } = present as typeof given;
      return {
        ...given,
        ...(isAsShown ? { url } : {}),
        ...(keepsSecret && secret !== undefined ? { secret } : {}),
      };
    }
    case 'eventGrid': {
      const { topic, key } = present as typeof given;
      return {
        ...given,
        ...(isAsShown ? { topic } : {}),
        ...(keepsSecret && key !== undefined ? { key } : {}),
      };
    }
    case 'storageQueue': {
      const { queue, sas } = present as typeof given;
      return {
        ...given,
        ...(isAsShown ? { queue } : {}),
        ...(keepsSecret && sas !== undefined ? { sas } : {}),
      };
    }
  }
}

/** What is wrong with a notification, as far as that can be known without asking anybody. */
function faultOf(notification: Notification, localFiles: boolean): string | undefined {
  const target = targetOf(notification);
  const url = URL.parse(target);
  if (url === null) return `'${shownTarget(notification)}' is not a URL`;
  return faultOfUrl(url, localFiles) ?? faultOfKind(notification, url);
}

function faultOfUrl(url: URL, localFiles: boolean): string | undefined {
  const host = url.hostname.replace(/^\[|\]$/g, '');
  const place = isIP(host) === 0 ? undefined : placeOfAddress(host);
  const isLoopback = place === 'loopback' || /(?:^|\.)localhost$/i.test(host);
  const isPlain = url.protocol === 'http:' && isLoopback && localFiles;
  if (url.protocol !== 'https:' && !isPlain) return 'its URL has to start with https://';
  if (url.username !== '' || url.password !== '') return 'its URL holds a user name or a password';
  if (url.hash !== '') return "its URL holds a fragment, which is never sent: leave out what begins with '#'";
  if (place === 'private') return 'its URL leads into a private network';
  if (isLoopback && !localFiles) return 'its URL leads to the host itself';
  return undefined;
}

/** Event Grid, and the queue service, in the clouds of Azure: a token of the host opens more than one of them. */
const azureTopics = /^[a-z0-9-]+(?:\.[a-z0-9-]+)*\.eventgrid\.azure\.(?:net|us|cn)$/;
const azureQueues =
  /^[a-z0-9-]+(?:\.[a-z0-9-]+)*\.queue\.(?:core\.windows\.net|core\.usgovcloudapi\.net|core\.chinacloudapi\.cn|storage\.azure\.net)$/;

/** The query of a URL, with a signature in it. */
const signature = /^(?=(?:.*&)?sig=[^&])[^\s?#]+$/;

function faultOfKind(notification: Notification, { hostname, pathname, search }: URL): string | undefined {
  switch (notification.type) {
    case 'webhook':
      return faultOfSecret(notification.secret);
    case 'eventGrid':
      if (notification.key === undefined && !azureTopics.test(hostname))
        return 'the identity of the host is for topics of Azure alone; any other needs a key';
      if (search !== '') return "the endpoint of a topic has no query; a key belongs into 'key'";
      if (notification.key !== undefined && !/^[\x21-\x7e]+$/.test(notification.key))
        return 'its key holds a blank or a sign that no key of a topic has';
      return pathname === '/api/events'
        ? undefined
        : 'the endpoint of a topic is such as https://jobs.koreacentral-1.eventgrid.azure.net/api/events';
    case 'storageQueue': {
      if (notification.sas === undefined && !azureQueues.test(hostname))
        return 'the identity of the host is for queues of Azure alone; any other needs a sas';
      if (search !== '') return "the URL of a queue has no query; a signature belongs into 'sas'";
      if (notification.sas !== undefined && !signature.test(notification.sas))
        return 'its sas has to be a shared access signature as the portal shows it, such as sv=...&sig=...';
      // In front of an emulator, or of an address, the account is the first part of the path.
      const [queue = '', ...account] = pathname.slice(1).split('/').reverse();
      const isQueue = /^[a-z0-9](?:[a-z0-9]|-(?=[a-z0-9])){2,62}$/.test(queue);
      const isDeep =
        account.length > (isIP(hostname.replace(/^\[|\]$/g, '')) !== 0 || hostname === 'localhost' ? 1 : 0);
      return isQueue && !isDeep
        ? undefined
        : 'the URL of a queue is such as https://account.queue.core.windows.net/jobs, with 3 to 63 lower case letters, digits and hyphens';
    }
  }
}

/** Bytes that the key of a signature may have. */
const leastBytes = 24;
const mostBytes = 64;

function faultOfSecret(secret: string | undefined): string | undefined {
  if (secret === undefined) return "'secret' is missing: 'batchpoint notification secret' makes one";
  const [, key] = /^whsec_([A-Za-z0-9+/]+={0,2})$/.exec(secret) ?? [];
  const bytes = key === undefined ? undefined : Buffer.from(key, 'base64');
  const isCanonical = bytes?.toString('base64').replace(/=+$/, '') === key?.replace(/=+$/, '');
  const length = isCanonical ? (bytes?.length ?? 0) : 0;
  return length >= leastBytes && length <= mostBytes
    ? undefined
    : `its secret has to be whsec_ and ${leastBytes} to ${mostBytes} bytes in base64: 'batchpoint notification secret' makes one`;
}
