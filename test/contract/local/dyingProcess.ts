import fs from 'node:fs';
import promises from 'node:fs/promises';
import { DatabaseSync, StatementSync } from 'node:sqlite';
import { openLocalStores } from '../../../shared/stores/local/openLocalStores';

/**
 * Does one deed with the stores of a folder, and kills itself just before a given step: a call of the file
 * system or of the database. Says `done` where it came to its end.
 */
async function main(folder: string, deed: string, dieAt: number): Promise<void> {
  const stores = await openLocalStores(folder);
  const { blobs } = stores;
  const output = stores.localFolder(`${folder}/output`);
  let steps = 0;
  await countSteps(() => {
    steps += 1;
    if (steps === dieAt) process.kill(process.pid, 'SIGKILL');
  });
  switch (deed) {
    case 'write':
      await blobs.write('new/blob', 'new content', { mustNotExist: true, metadata: { n: 'new' } });
      break;
    case 'overwrite':
      await blobs.write('old/blob', 'new content', { metadata: { n: 'new' } });
      break;
    case 'stage':
      await blobs.stage('old/blob', `${folder}/staged`);
      break;
    case 'commit': {
      const parts = ['one', 'two', 'large'].map((name) => ({
        store: blobs,
        name,
        size: fs.statSync(blobs.localPath?.(name) ?? '').size,
      }));
      await output.commit('deep/predictions.csv', parts, { n: 'new' });
      break;
    }
    case 'rows':
      await stores.tables.commit('p', [
        { kind: 'put', row: 'a', value: { n: 'new' } },
        { kind: 'put', row: 'b', value: { n: 'new' } },
      ]);
      break;
    default:
      throw new Error(`There is no deed '${deed}'.`);
  }
  process.stdout.write('done');
}

/** Calls `step` before every call that can change or read what is on disk. */
async function countSteps(step: () => void): Promise<void> {
  const probe = await promises.open('/', 'r');
  const handle = Object.getPrototypeOf(probe) as object;
  await probe.close();
  for (const owner of [fs, promises, handle, StatementSync.prototype, DatabaseSync.prototype]) {
    const names = Object.getOwnPropertyNames(owner).filter((name) => stepNames.has(name));
    for (const name of names) wrap(owner as Record<string, unknown>, name, step);
  }
}

const stepNames = new Set([
  ...['mkdir', 'open', 'realpath', 'stat', 'rm', 'copyFile', 'link', 'rename', 'unlink', 'utimes'],
  ...[
    'linkSync',
    'renameSync',
    'unlinkSync',
    'symlinkSync',
    'rmSync',
    'statSync',
    'lstatSync',
    'openSync',
    'readSync',
  ],
  ...['writeFile', 'write', 'read', 'sync', 'close', 'run', 'get', 'exec'],
]);

function wrap(owner: Record<string, unknown>, name: string, step: () => void): void {
  const original = owner[name];
  if (typeof original !== 'function') return;
  owner[name] = function (this: unknown, ...parameters: unknown[]): unknown {
    step();
    return Reflect.apply(original, this, parameters) as unknown;
  };
}

const [, , folder = '', deed = '', dieAt = ''] = process.argv;
main(folder, deed, Number(dieAt)).catch((error: unknown) => {
  process.stderr.write(String(error));
  process.exitCode = 1;
});
