import * as df from 'durable-functions';
import { orchestrationNames } from '../shared/domain/functionNames';
import type { PurgeCreated } from '../shared/upkeep/purgeInstances';
import type { InstanceState, Orchestrations } from '../shared/jobs/recoverJobs';

/** Starts and looks at orchestrations through the durable client of a function. */
export function orchestrationsOf(client: df.DurableClient): Orchestrations {
  const state = (instanceId: string): Promise<InstanceState> => stateOf(client, instanceId);
  return {
    state,
    async start(instanceId, input) {
      try {
        await client.startNew(orchestrationNames.scoreJob, { instanceId, input });
      } catch (error) {
        // Somebody else was faster: then it runs, which is all that is wanted.
        if ((await state(instanceId)) !== 'running') throw error;
      }
    },
  };
}

/** Forgets the instances that are over of a time, through the durable client of a function. */
export function purgeOf(client: df.DurableClient): PurgeCreated {
  return async (createdTimeFrom, createdTimeTo) => {
    const { instancesDeleted } = await client.purgeInstanceHistoryBy({
      createdTimeFrom,
      createdTimeTo,
      runtimeStatus: [...over],
    });
    return instancesDeleted;
  };
}

const over: readonly df.OrchestrationRuntimeStatus[] = [
  df.OrchestrationRuntimeStatus.Completed,
  df.OrchestrationRuntimeStatus.Failed,
  df.OrchestrationRuntimeStatus.Terminated,
  df.OrchestrationRuntimeStatus.Canceled,
];

async function stateOf(client: df.DurableClient, instanceId: string): Promise<InstanceState> {
  try {
    const { runtimeStatus } = await client.getStatus(instanceId);
    return over.includes(runtimeStatus) ? 'over' : 'running';
  } catch (error) {
    // The client has no type for an instance that is not there, only the text of its error.
    if (error instanceof Error && error.message.includes('HTTP 404')) return 'missing';
    throw error;
  }
}
