import { existsSync, globSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';

import { failure } from '../../shared/errors/batchpointError';
import type { HostLog } from '../hostLog';
import { functionsCore, provideFunctionsCore } from './functionsCore';
import { FunctionsApp } from './functionsApp';
import { requireSupportedBindings } from './supportedBindings';

/**
 * Loads the app of a folder: `main` of its package.json names the modules that register its functions.
 * A process can load one app.
 *
 * @throws AppFolderInvalid, FeatureNotSupported, FunctionNameTaken
 */
export async function loadApp(appRoot: string, main: string, log: HostLog): Promise<FunctionsApp> {
  const app = new FunctionsApp();
  provideFunctionsCore(functionsCore(app, log));
  for (const file of entryFiles(appRoot, main)) await import(pathToFileURL(file).href);
  if (app.all().length === 0) {
    throw failure('AppFolderInvalid', { folder: appRoot, reason: 'its modules registered no function' });
  }
  app.seal();
  requireSupportedBindings(app);
  return app;
}

/** The files that `main` names: one, or a pattern as the Functions templates have it (`src/functions/*.js`). */
function entryFiles(appRoot: string, main: string): string[] {
  const file = join(appRoot, main);
  if (existsSync(file)) return [file];
  const files = /[*?{[]/.test(main) ? globSync(main, { cwd: appRoot }) : [];
  if (files.length > 0) return files.sort().map((name) => join(appRoot, name));
  throw failure('AppFolderInvalid', { folder: appRoot, reason: `there is no file '${main}', its main` });
}
