import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';

const root = join(__dirname, '../..');

/** Every page for readers. */
const pages = [
  'README.md',
  'bench/README.md',
  'local/README.md',
  'examples/README.md',
  'examples/digits/README.md',
  'examples/diabetes-mlflow/README.md',
  'examples/reviews/README.md',
  ...readdirSync(join(root, 'docs')).map((name) => `docs/${name}`),
];

test.each(pages)('%s names only files that are there', (page) => {
  const text = readFileSync(join(root, page), 'utf8');
  const links = [...text.matchAll(/\]\((?!https?:|#)([^)#]+)/g)].map(([, link = '']) =>
    join(dirname(page), link),
  );
  const sources = [
    ...text.matchAll(/\b(?:cli|functions|orchestrations|shared|local|studio|test)\/[\w/.-]+\.(?:ts|py)\b/g),
  ];
  const named = [...links, ...sources.map(([path]) => path)];
  expect(named.filter((path) => !existsSync(join(root, path)))).toEqual([]);
});

test('the tests of the rules that docs/design.md names without a path are there', () => {
  const text = readFileSync(join(root, 'docs/design.md'), 'utf8');
  const rows = [...text.matchAll(/^\| (\d+)\. .*\| (.*) \|$/gm)];
  expect(rows.map(([, rule]) => Number(rule))).toEqual(Array.from({ length: 20 }, (_, i) => i + 1));
  const names = rows.flatMap(([, , cell = '']) => [...cell.matchAll(/`(\w+)`/g)].map(([, name]) => name));
  expect(names.length).toBeGreaterThan(15);
  for (const name of names) {
    const file = join(root, 'test/integration/rules', `${name ?? ''}.test.ts`);
    expect([name, existsSync(file)]).toEqual([name, true]);
  }
});
