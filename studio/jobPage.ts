import { callerOf, callerText } from '../shared/jobs/jobStart';
import { isEnded, statusOf } from '../shared/domain/jobState';
import { moment } from './amounts';
import { errorSection, failuresSection, warningsSection } from './faultSections';
import { filesSection } from './filesSection';
import { html, type Html } from './html';
import type { JobView } from './jobView';
import { outputSection } from './outputSection';
import { pageOf } from './page';
import { pageScript } from './pageScript';
import { figuresSection, progressSection } from './progressSections';

/**
 * The page of a job: its state, how far it is, what failed, where its output is, and links to its files. `nonce`
 * admits its style and its script, which follows a job that is not at its end.
 *
 * All sections are always there, hidden where they have nothing to say, so that what a reader has selected or
 * moved to stays where it is while the page follows the job.
 */
export function jobPage(view: JobView, nonce: string): string {
  const { spec, run } = view.job;
  const status = statusOf(run.state, run.stop?.cancelled === true);
  const live = isEnded(run.state) ? 'no' : 'yes';
  const title = `${statusWords[status]} · ${spec.name} · Batchpoint`;
  const main = html`<main id="job" data-live="${live}" data-title="${title}">
    <header>
      <p class="product">Batchpoint</p>
      <h1>${spec.name}</h1>
      <p class="lead">
        <span class="status ${status}" role="status">${statusWords[status]}</span>
        <span>${spec.endpoint} / ${spec.deployment}</span>
        <span>made ${moment(spec.createdAt)} by ${callerText(callerOf(spec))}</span>
      </p>
    </header>
    <p id="connection" role="alert" hidden></p>
    ${progressSection(view)} ${errorSection(view)} ${outputSection(view)} ${failuresSection(view)}
    ${warningsSection(view)} ${figuresSection(view)} ${filesSection(view)} ${settingsSection(view)}
  </main>`;
  return pageOf({ title, main, nonce, script: pageScript, follows: live === 'yes' });
}

/** The page of a link that does not open anything: what is wrong, and what to do. */
export function refusedPage(message: string, nonce: string): string {
  const title = 'This page does not open · Batchpoint';
  const main = html`<main data-title="${title}">
    <header>
      <p class="product">Batchpoint</p>
      <h1>This page does not open</h1>
    </header>
    <p>${message}</p>
  </main>`;
  return pageOf({ title, main, nonce });
}

/** Statuses as people write them. */
const statusWords: Readonly<Record<ReturnType<typeof statusOf>, string>> = {
  Queued: 'Queued',
  Preparing: 'Preparing',
  Running: 'Running',
  Finalizing: 'Finalizing',
  CancelRequested: 'Cancelling',
  Completed: 'Completed',
  Failed: 'Failed',
  Canceled: 'Canceled',
};

function settingsSection({ job: { spec } }: JobView): Html {
  const { settings } = spec;
  const rows: (readonly [string, string])[] = [
    ['Input', spec.inputUri],
    ['Model', `${spec.model.name}, version ${spec.model.version}`],
    ...(spec.code === undefined ? [] : [['Scoring script', spec.code.scoringScript] as const]),
    ...(spec.environment === undefined
      ? []
      : [['Environment', `${spec.environment.name}, version ${spec.environment.version}`] as const]),
    ['Compute', spec.compute],
    ['Mini-batch size', String(settings.miniBatchSize)],
    ['Most tries of a mini-batch', String(settings.maxTries)],
    ['Timeout of one run()', `${settings.timeoutSeconds} s`],
    ['Error threshold', settings.errorThreshold < 0 ? 'none' : `${settings.errorThreshold} files`],
  ];
  return html`<section id="settings">
    <h2>Settings</h2>
    <table>
      ${rows.map(
        ([label, value]) =>
          html`<tr>
            <th scope="row">${label}</th>
            <td>${value}</td>
          </tr>`,
      )}
    </table>
    <p class="hint">On the command line: <code>batchpoint job stream --name ${spec.name}</code></p>
  </section>`;
}
