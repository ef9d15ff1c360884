import type { InvocationContext } from '@azure/functions';
import * as df from 'durable-functions';
import { errorReport } from '../../shared/errors/errorReport';
import type { Advancing } from '../../shared/triggers/triggerPass';
import { orchestrationsOf } from '../orchestrationsOf';

/** Takes triggers further for so many milliseconds, with the durable client of a function. */
export function advancing(context: InvocationContext, milliseconds: number): Advancing {
  return {
    orchestrations: orchestrationsOf(df.getClient(context)),
    milliseconds,
    report: (trigger, error) =>
      context.error(
        `Trigger ${trigger} could not be taken further, and is tried again: ${errorReport(error)}`,
      ),
  };
}
