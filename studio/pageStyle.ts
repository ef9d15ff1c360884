import { Html } from './html';

/** The style of all pages: the system's own fonts, in light or dark as the reader's system is. */
export const pageStyle = new Html(`
:root { color-scheme: light dark; --line: color-mix(in srgb, currentColor 18%, transparent); }
body { font: 16px/1.5 system-ui, sans-serif; margin: 0; }
main { max-width: 60rem; margin: 0 auto; padding: 2rem 1rem 4rem; }
.product { margin: 0; font-weight: 600; letter-spacing: .04em; opacity: .65; }
h1 { margin: 0 0 .5rem; font-size: 1.6rem; overflow-wrap: anywhere; }
h2 { font-size: 1.15rem; margin: 2rem 0 .5rem; }
h3 { font-size: 1rem; margin: 0 0 .25rem; }
table { border-collapse: collapse; width: 100%; }
th, td { text-align: left; padding: .35rem .75rem .35rem 0; border-bottom: 1px solid var(--line); vertical-align: top; }
th { font-weight: 500; white-space: nowrap; width: 12rem; }
td { overflow-wrap: anywhere; }
.number { text-align: right; white-space: nowrap; }
progress { width: 20rem; max-width: 100%; height: 1rem; vertical-align: middle; }
.status { font-weight: 600; padding: .1rem .6rem; border-radius: 1rem; border: 1px solid currentColor; }
.Completed { color: light-dark(#0a6b2d, #6fd693); }
.Failed { color: light-dark(#a3121c, #ff9a9a); }
.Canceled, .CancelRequested { color: light-dark(#7a5200, #f0c060); }
section { border-left: 4px solid var(--line); padding: .25rem 0 .25rem 1rem; margin: 1rem 0; }
section h2 { margin-top: 0; }
.error { border-color: light-dark(#a3121c, #ff9a9a); }
.warning { border-color: light-dark(#7a5200, #f0c060); }
pre { overflow-x: auto; font-size: .85rem; padding: .75rem; border: 1px solid var(--line); border-radius: .4rem; }
.files { opacity: .75; overflow-wrap: anywhere; }
`);
