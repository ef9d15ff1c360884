import type { FailureSummary } from '../shared/jobs/jobRun';
import { warningsOfJob } from '../shared/jobs/jobWarnings';
import { jobFileNames } from '../shared/outputs/jobFiles';
import { count, counted } from './amounts';
import { html, type Html } from './html';
import type { JobView } from './jobView';

const hidden = html`hidden`;

/** Why the job failed, or is about to. */
export function errorSection({ job: { run } }: JobView): Html {
  const error = run.error ?? (run.stop?.cancelled === false ? run.stop.error : undefined);
  return html`<section id="error" class="note error" ${error === undefined ? hidden : undefined}>
    <h2>Why it failed</h2>
    <p>${error?.message}</p>
    <p class="code">${error?.code}</p>
  </section>`;
}

/** What was noticed that did not stop the job. */
export function warningsSection({ job }: JobView): Html {
  const warnings = warningsOfJob(job);
  return html`<section id="warnings" class="note warning" ${warnings.length === 0 ? hidden : undefined}>
    <h2>${warnings.length === 1 ? 'A warning' : 'Warnings'}</h2>
    ${warnings.map((warning) => html`<p>${warning}</p>`)}
  </section>`;
}

/** The failures that came first, each with its files and the end of its traceback. */
export function failuresSection({ job: { run }, files, links }: JobView): Html {
  const { failures, progress } = run;
  const all = files.find(({ name }) => name === jobFileNames.failedFiles);
  return html`<section id="failures" ${failures.length === 0 ? hidden : undefined}>
    <h2>What failed</h2>
    <p>
      ${counted(progress.failedFiles, 'file')} of
      ${counted(progress.failedMiniBatches, 'mini-batch', 'mini-batches')}
      failed.${progress.failedMiniBatches > failures.length ? ` The first ${count(failures.length)} are here.` : ''}
      ${
        all === undefined
          ? undefined
          : html`<a href="${links.view(all.name)}">${all.name}</a> lists every file.`
      }
    </p>
    ${failures.map((one, at) => failureOf(one, at === 0))}
  </section>`;
}

function failureOf(failure: FailureSummary, isFirst: boolean): Html {
  const { miniBatch, files, failed, code, exception, message, traceback, tries } = failure;
  const more = failed - files.length;
  const head = [code, ...(exception === undefined ? [] : [exception]), counted(tries, 'try', 'tries')];
  return html`<details class="note" ${isFirst ? html`open` : undefined}>
    <summary>
      <h3>Mini-batch ${count(miniBatch)}</h3>
      <span class="code">${head.join(' · ')}</span>
    </summary>
    <p class="message">${message}</p>
    <ul>
      ${files.map((file) => html`<li><code>${file}</code></li>`)}
      ${more > 0 ? html`<li>and ${counted(more, 'more file')}</li>` : undefined}
    </ul>
    ${
      traceback === undefined
        ? undefined
        : html`<pre tabindex="0" role="region" aria-label="End of the traceback of mini-batch ${miniBatch}">
${traceback.trimEnd()}</pre>`
    }
  </details>`;
}
