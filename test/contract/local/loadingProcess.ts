import { openStores } from '../../../shared/stores/openStores';

/** Opens stores, and prints which packages that has loaded, and whether SQLite. */
async function main(settings: string): Promise<void> {
  const parsed = JSON.parse(settings) as Parameters<typeof openStores>[0];
  await openStores(parsed, { tries: 1 }).then(
    (stores) => stores.close(),
    () => undefined,
  );
  const packages = Object.keys(require.cache).map(
    (path) => /.*node_modules\/(@azure\/[^/]+)/.exec(path)?.[1],
  );
  const { moduleLoadList } = process as unknown as { readonly moduleLoadList: readonly string[] };
  const hasSqlite = moduleLoadList.some((name) => name.endsWith(' sqlite'));
  process.stdout.write(
    JSON.stringify([...new Set(packages), hasSqlite ? 'sqlite' : undefined].filter(Boolean)),
  );
}

void main(process.argv[2] ?? '');
