import type { HttpRequest } from '@azure/functions';
import { resourceNamePattern, scheduleNamePattern } from '../../shared/domain/names';
import { failure } from '../../shared/errors/batchpointError';
import type { JobFilter } from '../../shared/jobs/jobIndex';
import type { Parameter } from './operation';

const patterns = { trigger: resourceNamePattern, schedule: scheduleNamePattern } as const;
const starters = ['trigger', 'schedule'] as const;

/** The parameters of a list of jobs that ask for those which a trigger or schedule has started. */
export const starterParameters: readonly Parameter[] = starters.map((type) => ({
  name: type,
  description: `The ${type} that has started the jobs, by its name, also where it is gone.`,
  schema: { type: 'string', pattern: patterns[type] },
}));

/** The trigger or schedule whose jobs a request asks for. Fails with `ParameterInvalid`. */
export function starterOf({ query }: HttpRequest): JobFilter['startedBy'] {
  const [first, other] = starters.flatMap((type) => {
    const name = query.get(type);
    return name === null ? [] : [{ type, name }];
  });
  if (first === undefined) return undefined;
  const { type, name } = first;
  const refuse = (expected: string): Error =>
    failure('ParameterInvalid', { name: type, value: name, expected });
  if (other !== undefined) throw refuse(`alone: a job is started by a trigger or by a schedule`);
  if (!new RegExp(patterns[type]).test(name)) throw refuse(`the name of a ${type}`);
  return first;
}
