import { createNodeResolver, importX } from 'eslint-plugin-import-x';
import tseslint from 'typescript-eslint';

/** Imports go one way: what lies in `target` may not import what lies in `from`, but for `except` below it. */
const forbid = (target, from, message, except) => ({ target, from, message, ...(except ? { except } : {}) });

const builtOnShared = [
  './functions',
  './orchestrations',
  './local',
  './cli',
  './studio',
  './bench',
  './examples',
];

const zones = [
  forbid('./shared/domain', './shared', 'shared/domain imports nothing of ours.', ['./domain']),
  forbid('./orchestrations', './shared', 'An orchestration imports only shared/domain.', ['./domain']),
  ...builtOnShared.map((from) => forbid('./shared', from, 'shared knows nothing of what is built on it.')),
  ...['./functions', './local', './cli', './studio'].map((from) =>
    forbid('./orchestrations', from, 'An orchestration imports only shared/domain.'),
  ),
  ...['./local', './cli', './bench', './examples'].map((from) =>
    forbid('./functions', from, 'The app does not know its host.'),
  ),
  ...['./functions', './orchestrations', './local', './cli'].map((from) =>
    forbid('./studio', from, 'The page knows only the shared product.'),
  ),
  ...['./functions', './orchestrations', './cli', './studio'].map((from) =>
    forbid('./local', from, 'The host runs any app: it imports none.'),
  ),
  ...['./functions', './orchestrations', './local', './studio'].map((from) =>
    forbid('./cli', from, 'The command line speaks HTTP to the host.'),
  ),
];

const sqliteImport = {
  selector: "ImportDeclaration[source.value='node:sqlite'][importKind='value']",
  message:
    'The app must also start where node:sqlite does not exist: only the local store and the embedded host load it.',
};

const looseFunctionName = {
  selector:
    'CallExpression[callee.property.name=/^(callActivity|callSubOrchestrator|startNew)/] > :not(MemberExpression).arguments:first-child',
  message:
    'A host waits for ever on a name that nobody registered: take it from shared/domain/functionNames.',
};

export default tseslint.config(
  { ignores: ['**/generated.ts', 'dist/', 'coverage/', 'node_modules/', '.batchpoint/'] },
  ...tseslint.configs.recommendedTypeChecked,
  {
    languageOptions: { parserOptions: { projectService: true, tsconfigRootDir: import.meta.dirname } },
    plugins: { 'import-x': importX },
    rules: {
      '@typescript-eslint/consistent-type-imports': [
        'error',
        { fixStyle: 'inline-type-imports', disallowTypeAnnotations: false },
      ],
      '@typescript-eslint/explicit-module-boundary-types': 'error',
      '@typescript-eslint/no-explicit-any': 'error',
      '@typescript-eslint/no-floating-promises': 'error',
      '@typescript-eslint/no-import-type-side-effects': 'error',
      '@typescript-eslint/no-non-null-assertion': 'error',
      '@typescript-eslint/no-unused-vars': ['error', { ignoreRestSiblings: true, argsIgnorePattern: '^_' }],
      '@typescript-eslint/switch-exhaustiveness-check': [
        'error',
        { considerDefaultExhaustiveForUnions: true },
      ],
      'import-x/no-cycle': 'error',
      'import-x/no-restricted-paths': ['error', { zones }],
      'no-console': 'error',
      eqeqeq: 'error',
    },
    settings: { 'import-x/resolver-next': [createNodeResolver({ extensions: ['.ts', '.js', '.json'] })] },
  },
  {
    files: ['**/*.ts'],
    ignores: ['shared/stores/**', 'shared/inputs/**', 'test/**', 'bench/**'],
    rules: {
      'no-restricted-imports': [
        'error',
        {
          patterns: [
            {
              group: ['@azure/storage-*', '@azure/data-tables', '@azure/identity'],
              message: 'Azure clients live in shared/stores and shared/inputs.',
            },
          ],
        },
      ],
    },
  },
  {
    files: ['**/*.ts'],
    ignores: ['shared/stores/local/**', 'local/**', 'test/**', 'bench/**'],
    rules: { 'no-restricted-syntax': ['error', sqliteImport, looseFunctionName] },
  },
  {
    files: ['examples/*/code/**'],
    // What a scoring script prints is in the logs of its job.
    rules: { 'no-console': 'off' },
  },
  {
    files: ['test/**/*.ts'],
    // The matchers of Jest are of type any.
    rules: {
      '@typescript-eslint/no-unsafe-argument': 'off',
      '@typescript-eslint/no-unsafe-assignment': 'off',
      '@typescript-eslint/no-unsafe-return': 'off',
      '@typescript-eslint/unbound-method': 'off',
    },
  },
  {
    files: ['test/contract/**', 'test/e2e/**', 'test/integration/functionsHost/**'],
    // The scripts of the guides do not come with the project: where they are missing, CI fails and others are told.
    ignores: ['test/e2e/guide2021.test.ts', 'test/e2e/guide2026.test.ts'],
    rules: {
      'no-restricted-syntax': [
        'error',
        {
          selector: 'MemberExpression[property.name=/^(skip|only|todo|failing)$/]',
          message: 'A contract that does not run proves nothing: these tests run always, all of them.',
        },
      ],
    },
  },
  {
    files: ['**/*.{js,mjs,cjs}'],
    ...tseslint.configs.disableTypeChecked,
    rules: {
      ...tseslint.configs.disableTypeChecked.rules,
      '@typescript-eslint/explicit-module-boundary-types': 'off',
      '@typescript-eslint/no-require-imports': 'off',
    },
  },
);
