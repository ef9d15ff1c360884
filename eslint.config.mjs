import { importX } from 'eslint-plugin-import-x';
import tseslint from 'typescript-eslint';

/** Folders of ours that may not be imported from `target`: imports go one way. */
const forbid = (target, from, message) => ({ target, from, message });

const zones = [
  forbid(
    './shared/domain',
    ['./shared/!(domain)/**', './orchestrations', './functions', './local', './cli', './studio'],
    'shared/domain imports nothing of ours.',
  ),
  forbid(
    './orchestrations',
    ['./shared/!(domain)/**', './functions', './local', './cli', './studio'],
    'An orchestration imports only shared/domain.',
  ),
  forbid(
    './shared',
    ['./functions', './orchestrations', './local', './cli', './studio', './bench', './examples'],
    'shared knows nothing of what is built on it.',
  ),
  forbid('./functions', ['./local', './cli', './bench', './examples'], 'The app does not know its host.'),
  forbid('./orchestrations', ['./local', './cli'], 'The app does not know its host.'),
  forbid(
    './studio',
    ['./functions', './orchestrations', './local', './cli'],
    'The page knows only the shared product.',
  ),
  forbid(
    './local',
    ['./functions', './orchestrations', './cli', './studio'],
    'The host runs any app: it imports none.',
  ),
  forbid(
    './cli',
    ['./functions', './orchestrations', './local', './studio'],
    'The command line speaks HTTP to the host.',
  ),
];

export default tseslint.config(
  { ignores: ['dist/', 'coverage/', 'node_modules/', '.batchpoint/'] },
  ...tseslint.configs.recommendedTypeChecked,
  {
    languageOptions: { parserOptions: { projectService: true, tsconfigRootDir: import.meta.dirname } },
    plugins: { 'import-x': importX },
    rules: {
      '@typescript-eslint/consistent-type-imports': ['error', { fixStyle: 'inline-type-imports' }],
      '@typescript-eslint/explicit-module-boundary-types': 'error',
      '@typescript-eslint/no-explicit-any': 'error',
      '@typescript-eslint/no-floating-promises': 'error',
      '@typescript-eslint/no-import-type-side-effects': 'error',
      '@typescript-eslint/no-non-null-assertion': 'error',
      '@typescript-eslint/switch-exhaustiveness-check': 'error',
      'import-x/no-cycle': 'error',
      'import-x/no-restricted-paths': ['error', { zones }],
      'no-console': 'error',
      eqeqeq: 'error',
    },
    settings: { 'import-x/resolver': { node: { extensions: ['.ts', '.js', '.json'] } } },
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
    rules: {
      'no-restricted-syntax': [
        'error',
        {
          selector: "ImportDeclaration[source.value='node:sqlite'][importKind='value']",
          message:
            'The app must also start where node:sqlite does not exist: only the local store and the embedded host load it.',
        },
      ],
    },
  },
  { files: ['**/*.{js,mjs,cjs}'], ...tseslint.configs.disableTypeChecked },
);
