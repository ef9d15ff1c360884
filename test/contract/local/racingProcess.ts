import { openLocalStores } from '../../../shared/stores/local/openLocalStores';

/** Races with others of its kind for blobs and rows of one folder, and prints how often it won. */
async function main(folder: string, names: number): Promise<void> {
  const stores = await openLocalStores(folder);
  const { blobs, tables } = stores;
  const won = { blobs: 0, rows: 0, commits: 0, counts: 0 };
  const attempt = async (kind: keyof typeof won, work: Promise<unknown>): Promise<void> => {
    await work.then(() => (won[kind] += 1), refusals);
  };
  for (let n = 0; n < names; n += 1) {
    const me = { process: String(process.pid) };
    await attempt('blobs', blobs.write(`blobs/${n}`, me.process, { mustNotExist: true, metadata: me }));
    await attempt('rows', tables.commit('rows', [{ kind: 'insert', row: `${n}`, value: me }]));
    await attempt('commits', blobs.commit(`commits/${n}`, [], me));
    const counter = await tables.get<{ n: number }>('counter', 'n');
    const value = { n: (counter?.value.n ?? 0) + 1 };
    const change =
      counter === undefined
        ? ({ kind: 'insert' } as const)
        : ({ kind: 'replace', etag: counter.etag } as const);
    await attempt('counts', tables.commit('counter', [{ ...change, row: 'n', value }]));
  }
  await stores.close();
  process.stdout.write(JSON.stringify(won));
}

function refusals(error: { readonly code?: unknown }): void {
  if (error.code !== 'BlobExists' && error.code !== 'RowConflict') throw error as Error;
}

const [, , folder = '', names = ''] = process.argv;
main(folder, Number(names)).catch((error: unknown) => {
  process.stderr.write(String(error));
  process.exitCode = 1;
});
