// pip would compile every module that it installs: Python does so with the few that are loaded, when they are.
process.env.PIP_COMPILE ??= '0';

/** One Jest project for each kind of test: `npx jest --selectProjects unit` runs one of them. */
const kinds = [
  'unit',
  'contract',
  'orchestrations',
  'replay',
  'simulation',
  'integration',
  'e2e',
  'chaos',
  'browser',
  'property',
];

/** What makes the Python packages and models that tests of a kind need, once, before all of them. */
const setups = { e2e: 'pythonModels.ts', property: 'schemathesis.ts' };

const compile = (syntax) => [
  '@swc/jest',
  { jsc: { target: 'es2023', parser: { syntax } }, module: { type: 'commonjs' } },
];

const common = {
  testEnvironment: 'node',
  // Packages that are only published as ES modules are compiled like our own code.
  transform: {
    '^.+\\.ts$': compile('typescript'),
    '/node_modules/(jose|@seriousme|hyparquet|hyparquet-compressors|hyparquet-writer|hysnappy|fzstd|pbf)/.+\\.js$':
      compile('ecmascript'),
  },
  transformIgnorePatterns: [
    '/node_modules/(?!(jose|@seriousme|hyparquet|hyparquet-compressors|hyparquet-writer|hysnappy|fzstd|pbf)/)',
  ],
  moduleFileExtensions: ['ts', 'js', 'json'],
  testPathIgnorePatterns: ['/node_modules/', '/dist/'],
  modulePathIgnorePatterns: ['<rootDir>/dist/'],
  setupFilesAfterEnv: ['<rootDir>/test/support/patience.ts', '<rootDir>/test/support/runningTests.ts'],
};

module.exports = {
  projects: kinds.map((kind) => ({
    ...common,
    displayName: kind,
    testMatch: [`<rootDir>/test/${kind}/**/*.test.ts`],
    ...(kind in setups ? { globalSetup: `<rootDir>/test/support/${setups[kind]}` } : {}),
  })),
  // One more than the two cores that the tests need at the least: half of their time they wait for processes and timers.
  maxWorkers: 3,
  // Holds the tests that ran against those that docs/compatibility.md names.
  reporters: ['default', '<rootDir>/test/support/rowsHaveRun.js'],
};
