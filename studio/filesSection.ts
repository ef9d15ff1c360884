import { outputFolder, type JobFile } from '../shared/outputs/jobFileAccess';
import { mostBytes } from '../shared/stores/filePiece';
import { byteCount, count } from './amounts';
import { html, type Html } from './html';
import type { JobView, PageLinks } from './jobView';

const hidden = html`hidden`;

/** All files of the job: its output first, then what there is to know of failures, then its logs. */
export function filesSection({ files, links }: JobView): Html {
  const sorted = [...files].sort((a, b) => rankOf(a.name) - rankOf(b.name));
  return html`<section id="files" ${files.length === 0 ? hidden : undefined}>
    <h2>Files</h2>
    <table>
      <thead class="unseen">
        <tr>
          <th scope="col">Name</th>
          <th scope="col">Size</th>
          <th scope="col">Download</th>
        </tr>
      </thead>
      <tbody>
        ${sorted.map(
          (file) =>
            html`<tr>
              <td><a href="${links.view(file.name)}">${file.name}</a></td>
              <td class="number" title="${count(file.size)} bytes">${byteCount(file.size)}</td>
              <td class="number">${downloadLink(links, file, `Download ${file.name}`)}</td>
            </tr>`,
        )}
      </tbody>
    </table>
  </section>`;
}

/** The links to one file: to read it, and to keep it. */
export function fileLinks(links: PageLinks, file: JobFile, label: string): Html {
  return html`<a class="button" href="${links.view(file.name)}" aria-label="View ${label}">View</a>
    ${downloadLink(links, file, `Download ${label}`)}`;
}

/** A file of which one answer cannot carry all is fetched piece by piece, by the script of the page. */
function downloadLink(links: PageLinks, { name, size }: JobFile, label: string): Html {
  const fileName = name.split('/').at(-1) ?? name;
  const pieces = size > mostBytes ? html`data-size="${size}" data-piece="${mostBytes}"` : undefined;
  return html`<a
    class="button"
    href="${links.download(name)}"
    download="${fileName}"
    aria-label="${label}"
    ${pieces}
    >Download</a
  >`;
}

function rankOf(name: string): number {
  if (name.startsWith(outputFolder)) return 0;
  return name.startsWith('logs/') ? 2 : 1;
}
