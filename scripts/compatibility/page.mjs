const introduction = `# Compatibility

What of Azure Machine Learning batch endpoints works here: every command with every option, every operation of the API,
every key of a file and every call of the Python package, each with a test that uses it and passes. The tables are made
from notes that the tests themselves write while they run (\`npm run compatibility\`), and two checks keep them true: a
test fails where a command, an option, an operation or a key has no row, and a whole run of the tests fails where a row
names a test that has not run and passed. What is not supported stands [at the end](#what-is-not-supported), with the test
that shows what is answered instead.

A row names one test where several prove the same: one that succeeds, in the smallest kind of test.`;

const operationsIntroduction =
  '`<workspace>` stands for `/subscriptions/{subscription}/resourceGroups/{group}/providers/' +
  'Microsoft.MachineLearningServices/workspaces/{workspace}`; [openapi.md](openapi.md) says how to get the whole description.';

/** The page as Markdown. */
export function compatibilityPage({ commands, globals, operations, files, calls, notSupported }) {
  const sections = [
    introduction,
    `## Commands\n\n${table(['Command', 'Option', 'Test'], commands)}`,
    `## Options of every command\n\n${table(['Option', 'Test'], globals)}`,
    `## Operations\n\n${operationsIntroduction}\n\n${table(['Operation', 'What it does', 'Test'], operations)}`,
    '## Files',
    ...files.map(({ title, rows }) => `### ${title}\n\n${table(['Key', 'Test'], rows)}`),
    `## Calls of azure-ai-ml\n\n[azure-ai-ml.md](azure-ai-ml.md) says how the package is pointed at a host.\n\n${table(['Call', 'Test'], calls)}`,
    `## What is not supported\n\n${table(['What', 'Why, and what instead', 'Test'], notSupported)}`,
  ];
  return `${sections.join('\n\n')}\n`;
}

/** The rows that no test proves, as words. */
export function unproven(rows) {
  return rows.filter(({ proof }) => proof === undefined).map(({ cells }) => cells.filter(Boolean).join(' '));
}

/**
 * What a page lacks or has too much of beside one that was just made, and its rows without a test. Which calls of the
 * package there are follows from the tests alone, and is left out.
 */
export function faultsOf(page, made) {
  const [present, expected] = [subjectsOf(page), subjectsOf(made)];
  return [
    ...expected.filter((row) => !present.includes(row)).map((row) => `it has no row: ${row}`),
    ...present
      .filter((row) => !expected.includes(row))
      .map((row) => `it has a row of what is not there: ${row}`),
    ...rowsOf(page)
      .filter((cells) => cells.at(-1) === '')
      .map((cells) => `it names no test: ${cells.join(' ')}`),
  ];
}

/** The rows of all tables without their tests; where the first cell is empty, it is that of a row above. */
function subjectsOf(page) {
  const withoutCalls = page.replace(/^## Calls of [^]*?(?=^## )/m, '');
  let above = '';
  return rowsOf(withoutCalls).map(([first, ...others]) => {
    if (first !== '') above = first;
    return [above, ...others.slice(0, -1)].join(' ');
  });
}

function rowsOf(page) {
  return page
    .split('\n')
    .filter((line) => line.startsWith('|') && !/^\| -+ \|/.test(line))
    .map((line) =>
      line
        .slice(1, -1)
        .split(/(?<!\\)\|/)
        .map((cell) => cell.trim()),
    );
}

function table(header, rows) {
  const line = (cells) => `| ${cells.join(' | ')} |`;
  return [
    line(header),
    line(header.map(() => '---')),
    ...rows.map(({ cells, proof }) => line([...cells, testCell(proof)])),
  ].join('\n');
}

function testCell(proof) {
  if (proof === undefined) return '';
  return `\`${proof.file}\`: ${escaped(proof.test)}`;
}

/** A name of a test is plain text in a cell of a table. */
function escaped(text) {
  return text.replace(/[\\|<>*_`[\]~]/g, (character) => (character === '|' ? '\\|' : `\\${character}`));
}
