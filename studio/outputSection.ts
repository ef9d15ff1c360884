import { isEnded } from '../shared/domain/jobState';
import type { OutputReference } from '../shared/jobs/jobSpec';
import { rowOutputOf } from '../shared/outputs/blocks/rowOutput';
import { outputFolder } from '../shared/outputs/jobFileAccess';
import { partialFolder } from '../shared/outputs/jobFiles';
import { byteCount, counted } from './amounts';
import { fileLinks } from './filesSection';
import { html, type Html } from './html';
import type { JobView } from './jobView';

/** Where the predictions are, or where they will be; of a job that was stopped, what there is in their stead. */
export function outputSection(view: JobView): Html {
  return html`<section id="output">
    <h2>Output</h2>
    ${contentOf(view)}
  </section>`;
}

function contentOf(view: JobView): Html {
  const { spec, run } = view.job;
  const uri = run.result?.outputUri;
  if (uri !== undefined) return committed(view, uri, run.result?.outputBytes ?? 0);
  if (!isEnded(run.state))
    return html`<p>
      Appears, whole, when everything is scored: <code class="place">${placeOf(spec.output)}</code>
    </p>`;
  if (run.state === 'Completed')
    return html`<p>
      The output action of this job is SummaryOnly: there is no predictions file. What the script wrote itself
      is among the files.
    </p>`;
  return stopped(view);
}

function committed(view: JobView, uri: string, bytes: number): Html {
  const { spec, run } = view.job;
  const name = `${outputFolder}${spec.output.fileName}`;
  const file = view.files.find((one) => one.name === name);
  return html`<p>
      <strong>${spec.output.fileName}</strong> · ${counted(run.progress.rows, 'row')} ·
      ${byteCount(bytes)}${formOf(spec)}
    </p>
    <p><code class="place">${uri}</code></p>
    <p class="actions">
      ${file === undefined ? 'The file is no longer there.' : fileLinks(view.links, file, spec.output.fileName)}
    </p>`;
}

/** In which format the rows are, where that is not Azure's own. */
function formOf({ settings }: JobView['job']['spec']): string {
  const output = rowOutputOf(settings);
  return output === undefined
    ? ''
    : ` · ${{ csv: 'CSV', jsonl: 'JSON lines', parquet: 'Parquet' }[output.format]}`;
}

function stopped({ files, links, job: { spec } }: JobView): Html {
  const name = `${partialFolder}${spec.output.fileName}`;
  const file = files.find((one) => one.name === name);
  return html`<p>Nothing was written to the place of the output.</p>
    ${
      file === undefined
        ? undefined
        : html`<p class="actions">The rows that were scored are kept: ${fileLinks(links, file, name)}</p>`
    }`;
}

function placeOf(output: OutputReference): string {
  const path = [output.folder, output.fileName].filter((part) => part !== '').join('/');
  return output.kind === 'local' ? path : `azureml://datastores/${output.datastore}/paths/${path}`;
}
