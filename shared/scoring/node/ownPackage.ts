import nodeModule from 'node:module';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';

/** The name under which the package exports what authors of scripts may use. */
const exported = 'batchpoint/scoring';

/** Has scripts find `batchpoint/scoring`, which is not installed where they lie; Node can do so from 22.15 on. */
export function offerOwnPackage(): void {
  if (typeof nodeModule.registerHooks !== 'function') return;
  const url = pathToFileURL(join(__dirname, '..', 'authoring', 'index.js')).href;
  nodeModule.registerHooks({
    resolve: (specifier, context, next) =>
      specifier === exported ? { url, format: 'commonjs', shortCircuit: true } : next(specifier, context),
  });
}
