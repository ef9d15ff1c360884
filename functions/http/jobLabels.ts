import { labelsOfJob } from '../../shared/jobs/jobLabels';
import type { Job } from '../../shared/jobs/jobStore';
import { restBodies, restPatch } from '../../shared/schemas/restBodies';
import { mergePatch } from './mergePatch';
import { jobAnswer, jobOf } from './jobs';
import { admitToFound } from './admission';
import type { Operation } from './operation';
import { route, type Call } from './route';

const patchJob: Operation = {
  audience: 'management',
  role: 'Jobs.Invoke',
  ofEndpoints: true,
  methods: ['PATCH'],
  path: 'jobs/{job}',
  summary: 'Changes what is said of a job, or archives it; what it does stays.',
  body: 'jobLabels',
  answers: { 200: 'Job' },
};
route('patchJob', patchJob, async (call) => {
  const job = await jobOf(call);
  // The answer is the whole job.
  admitToFound({ role: 'Jobs.Read' }, call.caller, job.spec.endpoint);
  return jobAnswer(call, await relabelJob(call, job, await call.json()));
});

/** A job with what a merge patch changes of its labels. */
export async function relabelJob({ services }: Call, job: Job, body: unknown): Promise<Job> {
  const patch = restPatch('jobLabels', body);
  const labels = (run: typeof job.run): typeof job.run => {
    const merged = mergePatch({ properties: labelsOfJob({ spec: job.spec, run }) }, patch);
    const { tags = {}, ...rest } = restBodies.jobLabels(merged).properties;
    return { ...run, labels: { ...rest, tags } };
  };
  return { spec: job.spec, run: await services.jobs.change(job.spec.key, labels) };
}
