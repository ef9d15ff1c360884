// The text of docs/errors.md, from the compiled catalogue of errors.
import { createRequire } from 'node:module';

const load = createRequire(import.meta.url);

/** The areas of the catalogue in the order of the page, each with its heading. */
const areas = {
  requests: 'Requests and tokens',
  files: 'Files that users write',
  refusals: 'What is not supported',
  registry: 'Models, environments, endpoints and what else is registered',
  jobs: 'Jobs',
  triggers: 'Triggers',
  notifications: 'Notifications',
  schedules: 'Schedules',
  scoring: 'Scoring',
  stores: 'Stores',
  blobService: 'Uploads and downloads of blobs',
  host: 'The host',
  commandLine: 'The command line',
};

const introduction = `# Errors

Every error has a code that does not change. Scripts should look at the code; the text may get better. The HTTP API
answers with \`{"error": {"code", "message", "target", "details"}}\` and the status below, the command line prints
\`code: message\`, and a job shows the code of what ended it, and of each failed mini-batch, in \`job show\`.

A name in braces stands for what came. "Yes" under *again* says that the same request may pass when it is sent again.
`;

/** The page as Markdown. Every error of the catalogue has to be in one of the areas. */
export function errorReference() {
  const { catalogue } = load('../dist/shared/errors/catalogue.js');
  const seen = new Set();
  const sections = Object.entries(areas).map(([area, heading]) => {
    const [entries] = Object.values(load(`../dist/shared/errors/catalogue/${area}.js`));
    const rows = Object.entries(entries).map(([code, { status, text, retryable }]) => {
      seen.add(code);
      return `| \`${code}\` | ${status} | ${retryable ? 'yes' : ''} | ${cell(text)} |`;
    });
    return `## ${heading}\n\n| code | status | again | text |\n|---|---|---|---|\n${rows.join('\n')}\n`;
  });
  const forgotten = Object.keys(catalogue).filter((code) => !seen.has(code));
  if (forgotten.length > 0) throw new Error(`No area of the page has ${forgotten.join(', ')}.`);
  return [introduction, ...sections].join('\n');
}

function cell(text) {
  return text.replaceAll('|', '\\|').replaceAll('<', '&lt;');
}
