import { Html } from './html';

/** The style of all pages: the system's own fonts, in light or dark as the reader's system is. */
export const pageStyle = new Html(`
:root {
  color-scheme: light dark;
  --paper: light-dark(#f6f7f9, #14171c);
  --card: light-dark(#ffffff, #1c2027);
  --ink: light-dark(#1b1f24, #e6e9ee);
  --soft: light-dark(#59626e, #9aa4b2);
  --line: light-dark(#dfe3e8, #313844);
  --blue: light-dark(#1f5fbf, #7db1ff);
  --green: light-dark(#116636, #6fd693);
  --red: light-dark(#a3121c, #ff9a9a);
  --amber: light-dark(#7a5200, #f0c060);
}
* { box-sizing: border-box; }
body { margin: 0; background: var(--paper); color: var(--ink); font: 16px/1.5 system-ui, sans-serif; }
main { max-width: 56rem; margin: 0 auto; padding: 2rem 1rem 4rem; }
.product { margin: 0; font-size: .85rem; font-weight: 600; letter-spacing: .06em; color: var(--soft); }
h1 { margin: .1rem 0 .6rem; font-size: 1.5rem; line-height: 1.25; overflow-wrap: anywhere; }
h2 { margin: 0 0 .6rem; font-size: 1.05rem; }
h3 { display: inline; margin: 0; font-size: 1rem; }
p { margin: 0 0 .6rem; overflow-wrap: anywhere; }
section > :last-child, details > :last-child { margin-bottom: 0; }
section { background: var(--card); border: 1px solid var(--line); border-radius: .6rem; padding: 1rem 1.2rem; margin: 1rem 0; }
.lead { display: flex; flex-wrap: wrap; gap: .3rem 1rem; align-items: baseline; color: var(--soft); }
.status { font-weight: 600; padding: .05rem .7rem; border: 1px solid currentColor; border-radius: 1rem; color: var(--blue); }
.status.Completed { color: var(--green); }
.status.Failed { color: var(--red); }
.status.Canceled, .status.CancelRequested { color: var(--amber); }
.bar { display: flex; gap: .8rem; align-items: center; margin-bottom: .4rem; }
.percent { min-width: 3.2rem; text-align: right; font-variant-numeric: tabular-nums; font-weight: 600; }
progress { flex: 1; min-width: 0; height: .7rem; border: 0; border-radius: .4rem; background: var(--line); accent-color: var(--blue); }
progress[value] { appearance: none; overflow: hidden; color: var(--blue); }
progress::-webkit-progress-bar { background: var(--line); }
progress::-webkit-progress-value { background: var(--blue); transition: width .4s; }
progress::-moz-progress-bar { background: var(--blue); }
.Completed progress::-webkit-progress-value { background: var(--green); }
.Completed progress::-moz-progress-bar { background: var(--green); }
.Failed progress::-webkit-progress-value { background: var(--red); }
.Failed progress::-moz-progress-bar { background: var(--red); }
.Canceled progress::-webkit-progress-value { background: var(--amber); }
.Canceled progress::-moz-progress-bar { background: var(--amber); }
#progress p { font-variant-numeric: tabular-nums; }
.note { border-left: .3rem solid var(--line); }
.note.error { border-left-color: var(--red); }
.note.error h2 { color: var(--red); }
.note.warning { border-left-color: var(--amber); }
#connection { background: var(--card); border: 1px solid var(--amber); border-radius: .6rem; padding: .6rem 1rem; }
details { margin: .8rem 0 0; padding: 0 0 0 1rem; }
summary { cursor: pointer; margin-bottom: .4rem; }
details ul { margin: 0 0 .6rem; padding-left: 1.2rem; }
code, pre, .code, .message { font-family: ui-monospace, 'Cascadia Mono', Menlo, Consolas, monospace; font-size: .86rem; }
code { overflow-wrap: anywhere; }
.code { color: var(--soft); font-weight: 400; }
.message { white-space: pre-wrap; }
pre { margin: 0; padding: .8rem; overflow-x: auto; background: var(--paper); border: 1px solid var(--line); border-radius: .4rem; }
dl { display: grid; grid-template-columns: repeat(auto-fill, minmax(8rem, 1fr)); gap: .8rem 1rem; margin: 0 0 .8rem; }
dl + dl { padding-top: .8rem; border-top: 1px solid var(--line); }
dt { font-size: .85rem; color: var(--soft); }
dd { margin: 0; font-weight: 600; font-variant-numeric: tabular-nums; overflow-wrap: anywhere; }
table { width: 100%; border-collapse: collapse; margin: 0 0 .8rem; }
th, td { padding: .35rem .8rem .35rem 0; text-align: left; vertical-align: baseline; border-bottom: 1px solid var(--line); overflow-wrap: anywhere; }
tr:last-child > * { border-bottom: 0; }
th { width: 14rem; font-weight: 400; color: var(--soft); }
.number { width: 1%; padding-right: 0; padding-left: .8rem; text-align: right; white-space: nowrap; font-variant-numeric: tabular-nums; }
.hint { color: var(--soft); font-size: .9rem; }
.actions { display: flex; flex-wrap: wrap; gap: .5rem; align-items: center; }
a { color: var(--blue); }
.button { display: inline-block; padding: .05rem .7rem; border: 1px solid var(--line); border-radius: .4rem; text-decoration: none; }
.button:hover { border-color: currentColor; }
:focus-visible { outline: 2px solid var(--blue); outline-offset: 2px; }
.unseen th { padding: 0; border: 0; height: 0; font-size: 0; line-height: 0; }
[hidden] { display: none; }
@media (max-width: 30rem) {
  main { padding-top: 1rem; }
  section { padding: .8rem; }
  th { width: 8rem; }
  #files tr { display: grid; grid-template-columns: 1fr auto; padding: .3rem 0; border-bottom: 1px solid var(--line); }
  #files thead tr { padding: 0; border: 0; }
  #files td { width: auto; padding: .1rem 0; border: 0; text-align: left; }
  #files td:first-child { grid-column: 1 / -1; }
}
@media (prefers-reduced-motion: reduce) { progress::-webkit-progress-value { transition: none; } }
`);
