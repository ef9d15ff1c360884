const { existsSync, readFileSync } = require('node:fs');
const { join, relative } = require('node:path');

const root = join(__dirname, '../..');
const page = join(root, 'docs/compatibility.md');

/**
 * After a whole run of the tests, fails where docs/compatibility.md names a test that has not run and passed. A run of
 * some tests proves nothing of the others, and is left alone.
 */
module.exports = class RowsHaveRun {
  constructor(globalConfig) {
    const { testPathPatterns, testNamePattern, onlyChanged } = globalConfig;
    this.isWhole = !testPathPatterns?.patterns?.length && !testNamePattern && !onlyChanged;
  }

  onRunComplete(contexts, { testResults }) {
    // What is left out where something is missing, such as a browser, is left out by its tests, with the reason.
    if (!this.isWhole || contexts.size < kinds() || process.env.CI === undefined || !existsSync(page)) return;
    const passed = new Set(
      testResults.flatMap(({ testFilePath, testResults: tests }) =>
        tests
          .filter(({ status }) => status === 'passed')
          .map(({ fullName }) => key(relative(root, testFilePath), fullName)),
      ),
    );
    const missing = rows(readFileSync(page, 'utf8')).filter((row) => !passed.has(row));
    if (missing.length === 0) return;
    this.error = new Error(
      `docs/compatibility.md names tests that have not run and passed; 'npm run compatibility' makes it anew:\n${missing.join('\n')}`,
    );
    process.stderr.write(`${this.error.message}\n`);
  }

  getLastError() {
    return this.error;
  }
};

function kinds() {
  return require('../../jest.config.js').projects.length;
}

function rows(text) {
  return text
    .split('\n')
    .map((line) => /\| `(test\/[^`]+\.test\.ts)`: (.*?) +\|$/.exec(line))
    .filter((match) => match !== null)
    .map(([, file, name]) => key(file, name.replace(/\\(.)/g, '$1')));
}

/** Formatting may change blanks, and nothing else. */
function key(file, name) {
  return `${file}: ${name.replace(/\s+/g, ' ').trim()}`;
}
