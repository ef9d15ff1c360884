import { readFileSync } from 'node:fs';

/** What tests have used, as `test/support/recordUse.ts` notes it: one JSON object a line. */
export function readUses(file) {
  return readFileSync(file, 'utf8')
    .split('\n')
    .filter((line) => line !== '')
    .map((line) => JSON.parse(line))
    .filter((use) => use.kind !== 'command' || !asksForHelp(use.what));
}

/** Whoever asks for the help of a command does not use it. */
function asksForHelp(what) {
  return what[0] === 'help' || what.includes('--help') || what.includes('-h');
}

/**
 * Of the uses of one thing the one that proves it best: one that did what was asked, in the smallest kind of test, with
 * the fewest words. The order is the same in every run.
 */
export function bestUse(uses) {
  const [best] = uses.toSorted(
    (a, b) =>
      Number(b.succeeded) - Number(a.succeeded) ||
      rank(a.file) - rank(b.file) ||
      a.what.length - b.what.length ||
      compare(a.file, b.file) ||
      compare(a.test, b.test),
  );
  return best;
}

const kinds = ['integration', 'e2e', 'browser', 'property'];

function rank(file) {
  const kind = file.split('/')[1];
  return kinds.includes(kind) ? kinds.indexOf(kind) : kinds.length;
}

function compare(a, b) {
  return a < b ? -1 : a > b ? 1 : 0;
}
