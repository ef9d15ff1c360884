import { labelsOfJob } from '../../shared/jobs/jobLabels';
import { restBodies } from '../../shared/schemas/restBodies';
import { mergePatch } from './mergePatch';
import { jobAnswer, jobOf } from './jobs';
import { admitToFound } from './admission';
import type { Operation } from './operation';
import { route } from './route';

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
  const { jobs } = call.services;
  const job = await jobOf(call);
  // The answer is the whole job.
  admitToFound({ role: 'Jobs.Read' }, call.caller, job.spec.endpoint);
  const body = await call.json();
  const labels = (run: typeof job.run): typeof job.run => {
    const merged = mergePatch({ properties: labelsOfJob({ spec: job.spec, run }) }, body);
    const { tags = {}, ...rest } = restBodies.jobLabels(merged).properties;
    return { ...run, labels: { ...rest, tags } };
  };
  return jobAnswer(call, { spec: job.spec, run: await jobs.change(job.spec.key, labels) });
});
