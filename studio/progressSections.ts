import { isEnded, type JobState } from '../shared/domain/jobState';
import type { Job } from '../shared/jobs/jobStore';
import { queueText } from '../shared/places/queueText';
import { phaseSeconds, secondsLeft, shownTimes } from '../shared/outputs/summary';
import { count, counted, duration, percent, roughDuration } from './amounts';
import { html, type Html } from './html';
import type { JobView } from './jobView';

/** How far the job is, as a bar and as a sentence. */
export function progressSection(view: JobView): Html {
  const { plan, progress, state } = view.job.run;
  const done = plan === undefined ? 0 : percent(progress.miniBatches, plan.miniBatches);
  const isOpen = plan === undefined && !isEnded(state);
  return html`<section id="progress" class="${state}" aria-label="Progress">
    <div class="bar">
      ${
        isOpen
          ? html`<progress aria-label="Mini-batches done"></progress>`
          : html`<progress aria-label="Mini-batches done" max="100" value="${done}"></progress>`
      }
      <span class="percent">${isOpen ? '' : `${done} %`}</span>
    </div>
    <p>${sentence(view)}</p>
  </section>`;
}

function sentence(view: JobView): string {
  const { job, installing, queue } = view;
  const { plan, times } = job.run;
  if (job.run.state === 'Running' && plan !== undefined && times.prepared !== undefined) return running(view);
  const isInstalling = !isEnded(job.run.state) && times.prepared === undefined && installing !== undefined;
  if (isInstalling) return `Installing the environment: ${installing}`;
  if (queue !== undefined) return `${queueText(queue)}.`;
  return stateSentences[job.run.state](job);
}

const stateSentences: Readonly<Record<JobState, (job: Job) => string>> = {
  Queued: () => 'Waiting to start.',
  Preparing: () => 'Listing the input and looking at the place of the output.',
  Running: () => 'Starting the scorers.',
  Committing: () => 'Everything is scored. The rows are being put together as one file.',
  Reverting: () => 'The rows could not be put together. What was written of the output is being removed.',
  Stopping: ({ run }) =>
    run.stop?.cancelled === true ? `Being cancelled by ${run.stop.by}.` : 'Stopping because of an error.',
  Completed: (job) => `${scored(job)}${took(job)}.`,
  Failed: (job) => `Failed${took(job)}. ${scored(job)}.`,
  Canceled: (job) =>
    `Cancelled${job.run.stop?.cancelled === true ? ` by ${job.run.stop.by}` : ''}${took(job)}. ${scored(job)}.`,
};

function running({ job: { run }, now }: JobView): string {
  const { plan, progress } = run;
  const left = secondsLeft(run, now);
  return [
    `${count(progress.miniBatches)} of ${counted(plan?.miniBatches ?? 0, 'mini-batch', 'mini-batches')}`,
    `${count(progress.files)} of ${counted(plan?.files ?? 0, 'file')}`,
    ...(progress.failedFiles === 0 ? [] : [`${counted(progress.failedFiles, 'file')} failed`]),
    `${roughDuration(Math.max(0, now.getTime() - Date.parse(run.times.created)) / 1000)} so far`,
    ...(left === undefined ? [] : [`about ${roughDuration(Math.max(1, left))} left`]),
  ].join(' · ');
}

function scored({ run: { plan, progress } }: Job): string {
  const { files, failedFiles } = progress;
  if (plan === undefined) return 'No file was scored';
  const failed = failedFiles === 0 ? '' : `, ${count(failedFiles)} failed`;
  return `${count(files - failedFiles)} of ${counted(plan.files, 'file')} scored${failed}`;
}

function took({ run }: Job): string {
  const { total } = phaseSeconds(shownTimes(run));
  return total === undefined ? '' : ` after ${duration(total)}`;
}

/** The counts of a job, and the time of each of its phases. */
export function figuresSection({ job: { run } }: JobView): Html {
  const { plan, progress } = run;
  const phases = phaseSeconds(shownTimes(run));
  const { scoring } = phases;
  const figures: (readonly [string, string])[] = [
    ['Mini-batches', `${count(progress.miniBatches)} of ${count(plan?.miniBatches ?? 0)}`],
    ['Files', `${count(progress.files)} of ${count(plan?.files ?? 0)}`],
    ['Failed files', count(progress.failedFiles)],
    ['Rows', count(progress.rows)],
    ['Tries', count(progress.tries)],
    ['Parallel scorers', count(plan?.lanes ?? 0)],
    ...(scoring === undefined || scoring === 0
      ? []
      : [['Files a second', (progress.files / scoring).toFixed(1)] as const]),
  ];
  const times = Object.entries(phases).map(
    ([phase, seconds]) => [phaseWords[phase] ?? phase, duration(Number(seconds))] as const,
  );
  return html`<section id="figures" ${plan === undefined ? hidden : undefined}>
    <h2>Figures</h2>
    <dl>${figures.map(figure)}</dl>
    <dl>${times.map(figure)}</dl>
  </section>`;
}

const hidden = html`hidden`;

const phaseWords: Readonly<Record<string, string>> = {
  queued: 'Waited',
  preparing: 'Prepared',
  scoring: 'Scored',
  finishing: 'Finished',
  total: 'In all',
};

function figure([label, value]: readonly [string, string]): Html {
  return html`<div>
    <dt>${label}</dt>
    <dd>${value}</dd>
  </div>`;
}
