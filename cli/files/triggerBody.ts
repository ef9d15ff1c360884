import { notificationBodies } from '../../shared/notifications/notificationBodies';
import type { TriggerFile } from '../../shared/schemas/files/generated';
import { invocationBody, uriOf } from './bodies';

/** The body of a trigger; `folder` is where the path of a local output starts. */
export function triggerBody(trigger: TriggerFile, folder: string): object {
  const { tags, watch = {}, batching, output, overrides, notifications, ...rest } = trigger;
  const { settle_seconds: settleSeconds, ...watched } = watch;
  const { description, endpoint, deployment, paused } = rest;
  return {
    tags,
    properties: {
      description,
      endpoint,
      deployment,
      watch: { ...watched, settleSeconds },
      batching,
      output: output && outputUri(folder, output),
      overrides: overrides && invocationBody(overrides),
      notifications: notifications && notificationBodies(notifications),
      paused,
    },
  };
}

/** As `uriOf`; the braces around the places of a path are no part of it that is escaped. */
function outputUri(folder: string, output: string): string {
  return uriOf(folder, output).replace(/%7B(\w*)%7D/gi, '{$1}');
}
