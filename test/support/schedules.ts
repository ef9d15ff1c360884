import type { ErrorEnvelope } from './api';

/** A schedule as the API shows it. */
export interface ShownSchedule extends ErrorEnvelope {
  readonly name: string;
  readonly properties: {
    readonly isEnabled: boolean;
    readonly description?: string;
    readonly tags: Readonly<Record<string, string>>;
    readonly trigger: Readonly<Record<string, unknown>>;
    readonly action: { readonly endpointInvocationDefinition: Readonly<Record<string, unknown>> };
    readonly notifications?: readonly object[];
    readonly status: { readonly state: string; readonly nextRun?: string; readonly lastRun?: object };
  } & Readonly<Record<string, unknown>>;
}

/** The body of a schedule of the endpoint `sums` that is due on New Year's Day, with other values in it. */
export function scheduleOf(
  properties: object = {},
  definition: object = {},
  trigger: object = {},
): { readonly properties: object } {
  return {
    properties: {
      trigger: { triggerType: 'Cron', expression: '0 2 1 1 *', timeZone: 'Asia/Seoul', ...trigger },
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
