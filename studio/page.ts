import { html, type Html } from './html';
import { pageStyle } from './pageStyle';

/** What a page is made of. */
interface Page {
  readonly title: string;
  readonly main: Html;
  /** Admits the style and the script of this page, and nothing else. */
  readonly nonce: string;
  readonly script?: Html;
  /** Whether what it shows goes on: without scripts, a browser loads such a page again by itself. */
  readonly follows?: boolean;
}

/** Seconds after which a browser without scripts loads a page again. */
const refreshSeconds = 5;

const icon = `data:image/svg+xml,${encodeURIComponent(
  '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 16 16"><circle cx="8" cy="8" r="6" fill="#3b7dd8"/></svg>',
)}`;

/** A whole HTML page. */
export function pageOf({ title, main, nonce, script, follows = false }: Page): string {
  return html`<!doctype html>
    <html lang="en">
      <head>
        <meta charset="utf-8" />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <meta name="color-scheme" content="light dark" />
        ${
          follows
            ? html`<noscript><meta http-equiv="refresh" content="${refreshSeconds}" /></noscript>`
            : undefined
        }
        <title>${title}</title>
        <link rel="icon" href="${icon}" />
        <style nonce="${nonce}">
          ${pageStyle}
        </style>
      </head>
      <body>
        ${main}
        ${
          script === undefined
            ? undefined
            : html`<script nonce="${nonce}">
                ${script};
              </script>`
        }
      </body>
    </html>`.text;
}
