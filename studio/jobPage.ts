import { isEnded, statusOf } from '../shared/domain/jobState';
import type { FailureSummary } from '../shared/jobs/jobRun';
import type { Job } from '../shared/jobs/jobStore';
import type { JobFile } from '../shared/outputs/jobFileAccess';
import { summaryLines } from '../shared/outputs/summary';
import { html, type Html } from './html';
import { pageStyle } from './pageStyle';

/** Seconds after which the page of a job that is not at its end loads itself again. */
const refreshSeconds = 2;

/** Where the links of a page lead. */
export interface PageLinks {
  readonly file: (name: string) => string;
}

/** The page of a job: its state, how far it is, what failed, and links to its files. `nonce` admits its style. */
export function jobPage(job: Job, files: readonly JobFile[], links: PageLinks, nonce: string): string {
  const { spec, run } = job;
  const ended = isEnded(run.state);
  const status = statusOf(run.state, run.stop?.cancelled === true);
  const page = html`<!doctype html>
    <html lang="en">
      <head>
        <meta charset="utf-8" />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        ${ended ? undefined : html`<meta http-equiv="refresh" content="${refreshSeconds}" />`}
        <title>${status} · ${spec.name} · Batchpoint</title>
        <style nonce="${nonce}">
          ${pageStyle}
        </style>
      </head>
      <body>
        <main>
          <p class="product">Batchpoint</p>
          <h1>${spec.name}</h1>
          <p>
            <span class="status ${status}">${status}</span>
            ${ended ? undefined : 'This page follows the job.'}
          </p>
          ${progressBar(job)} ${errorSection(job)} ${warningsSection([...spec.warnings, ...run.warnings])}
          <h2>Summary</h2>
          <table>
            ${summaryLines(spec, run).map(([label, value]) => row(label, value))}
          </table>
          ${failuresSection(run.failures)} ${filesSection(files, links)}
        </main>
      </body>
    </html>`;
  return page.text;
}

/** The page of a link that does not open anything. */
export function refusedPage(message: string, nonce: string): string {
  return html`<!doctype html>
    <html lang="en">
      <head>
        <meta charset="utf-8" />
        <title>Batchpoint</title>
        <style nonce="${nonce}">
          ${pageStyle}
        </style>
      </head>
      <body>
        <main>
          <p class="product">Batchpoint</p>
          <h1>This page does not open</h1>
          <p>${message}</p>
        </main>
      </body>
    </html>`.text;
}

function row(label: string, value: string): Html {
  return html`<tr>
    <th scope="row">${label}</th>
    <td>${value}</td>
  </tr>`;
}

function progressBar({ run }: Job): Html | undefined {
  if (run.plan === undefined) return undefined;
  const { miniBatches } = run.plan;
  const done = run.progress.miniBatches;
  return html`<p>
    <progress max="${miniBatches}" value="${done}" aria-label="Mini-batches scored"></progress>
    ${done} of ${miniBatches} mini-batches
  </p>`;
}

function errorSection({ run }: Job): Html | undefined {
  const error = run.error ?? (run.stop?.cancelled === false ? run.stop.error : undefined);
  if (error === undefined) return undefined;
  return html`<section class="error" role="alert">
    <h2>${error.code}</h2>
    <p>${error.message}</p>
  </section>`;
}

function warningsSection(warnings: readonly string[]): Html | undefined {
  if (warnings.length === 0) return undefined;
  return html`<section class="warning">${warnings.map((warning) => html`<p>${warning}</p>`)}</section>`;
}

function failuresSection(failures: readonly FailureSummary[]): Html | undefined {
  if (failures.length === 0) return undefined;
  return html`<h2>First failures</h2>
    ${failures.map(
      (failure) =>
        html`<section class="failure">
          <h3>Mini-batch ${failure.miniBatch}: ${failure.code}</h3>
          <p>${failure.message}</p>
          <p class="files">${failure.files.join(', ')}</p>
          ${failure.traceback === undefined ? undefined : html`<pre>${failure.traceback}</pre>`}
        </section>`,
    )}`;
}

function filesSection(files: readonly JobFile[], links: PageLinks): Html | undefined {
  if (files.length === 0) return undefined;
  return html`<h2>Files</h2>
    <table>
      ${files.map(
        ({ name, size }) =>
          html`<tr>
            <td><a href="${links.file(name)}">${name}</a></td>
            <td class="number">${size} bytes</td>
          </tr>`,
      )}
    </table>`;
}
