import { execFile } from 'node:child_process';
import { createHash, randomUUID } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, renameSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { packagesPython } from './pythonPackages';

const script = join(__dirname, 'mlflowModels.py');

/** The folder with the models that mlflowModels.py saves: made once for an environment, and kept between runs. */
export async function mlflowModels(): Promise<string> {
  const python = await packagesPython();
  const key = createHash('sha256').update(python).update(readFileSync(script)).digest('hex').slice(0, 16);
  const cache = join(__dirname, '../../node_modules/.cache/batchpoint');
  const folder = join(cache, `mlflow-models-${key}`);
  if (existsSync(folder)) return folder;
  const draft = `${folder}-${randomUUID()}`;
  mkdirSync(draft, { recursive: true });
  await promisify(execFile)(python, [script, draft]);
  try {
    renameSync(draft, folder);
  } catch (error) {
    // Another test process was faster.
    if (!existsSync(folder)) throw error;
    rmSync(draft, { recursive: true });
  }
  return folder;
}
