import { crossesThreshold } from '../domain/errorThreshold';
import { failure, isFailure, type ErrorBody } from '../errors/batchpointError';
import type { JobPlan } from '../jobs/jobRun';
import type { JobSpec } from '../jobs/jobSpec';
import type { JobStore } from '../jobs/jobStore';
import type { Outcomes } from './outcomes';
import { outputParts, type FormContext } from './outputParts';

/** What the end of a job is decided with. */
export interface DecisionContext extends FormContext {
  readonly jobs: JobStore;
  readonly now: () => Date;
}

/**
 * The outcomes are complete: they are summed up once more, and either they are committed or the job stops. Answers
 * their digest.
 */
export async function decideEnd(
  context: DecisionContext,
  spec: JobSpec,
  plan: JobPlan,
  outcomes: Outcomes,
): Promise<string> {
  const { digest, fault } = await outcomes.order(plan.miniBatches);
  const error =
    fault === undefined
      ? (refusal(spec, plan, outcomes) ?? (await formRefusal(context, spec, outcomes)))
      : failure('ClaimsNotTiled', { fault }).toBody();
  if (error !== undefined) {
    await context.jobs.stop(spec.key, { cancelled: false, error });
    return digest;
  }
  const finishing = context.now().toISOString();
  await context.jobs.move(spec.key, 'Committing', (run) => ({
    commitDigest: digest,
    progress: outcomes.progress,
    times: { ...run.times, finishing },
  }));
  return digest;
}

function refusal(spec: JobSpec, plan: JobPlan, outcomes: Outcomes): ErrorBody | undefined {
  const { failedFiles } = outcomes.progress;
  const { errorThreshold, outputAction } = spec.settings;
  if (crossesThreshold(failedFiles, errorThreshold)) {
    return failure('ErrorThresholdExceeded', { failed: failedFiles, threshold: errorThreshold }).toBody();
  }
  if (outputAction === 'AppendRow' && failedFiles === plan.files) {
    return failure('NoSucceededItem', { files: plan.files, first: '' }).toBody();
  }
  return undefined;
}

/** Why the rows of all claims do not make one file. Looked at before the commit, so that what there is can be kept. */
async function formRefusal(
  context: FormContext,
  spec: JobSpec,
  outcomes: Outcomes,
): Promise<ErrorBody | undefined> {
  try {
    await outputParts(context, spec, outcomes);
    return undefined;
  } catch (error) {
    if (!isFailure(error, 'OutputSchemaDiffers')) throw error;
    return error.toBody();
  }
}
