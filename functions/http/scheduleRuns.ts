import { admitToFound } from './admission';
import type { Operation } from './operation';
import { requestIdOf, requestIds } from './requestId';
import { invocationRefusals } from './invoke';
import { route } from './route';
import { orchestrationsOf } from '../orchestrationsOf';
import { timeOf } from '../../shared/schedules/checkTimes';
import { restBodies } from '../../shared/schemas/restBodies';

const triggerSchedule: Operation = {
  audience: 'management',
  role: 'Jobs.Invoke',
  ofEndpoints: true,
  methods: ['POST'],
  path: 'schedules/{schedule}/trigger',
  summary: 'Starts a job of a schedule now, enabled or not. The run that is due next stays as it is.',
  body: 'scheduleTrigger',
  headers: requestIds,
  answers: { 200: 'ScheduleRun' },
  refusals: [...invocationRefusals, 'NewestOutputMissing', 'ScheduleTimeInvalid'],
};
route('triggerSchedule', triggerSchedule, async (call) => {
  const { registry, scheduleRuns } = call.services;
  const { scheduleTime } = restBodies.scheduleTrigger(await call.json({}));
  const name = call.parameter('schedule');
  const found = await registry.schedules.find(name);
  call.require(found?.value.endpoint);
  const schedule = found ?? (await registry.schedules.get(name));
  const { input } = schedule.value;
  if (input.type === 'newestOutput') admitToFound({ role: 'Jobs.Read' }, call.caller, input.endpoint);
  const requestId = requestIdOf(call.request.headers);
  const job = await scheduleRuns.once(orchestrationsOf(call.client()), schedule, {
    ...(requestId === undefined ? {} : { requestId }),
    ...(scheduleTime === undefined || scheduleTime === null
      ? {}
      : { time: new Date(timeOf('time of a run', scheduleTime, schedule.value.when.timeZone)) }),
  });
  return {
    status: 200,
    jsonBody: { scheduleActionType: 'InvokeBatchEndpoint', submissionId: job.spec.name },
  };
});
