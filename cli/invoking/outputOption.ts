import { isAbsolute } from 'node:path';
import { pathToFileURL } from 'node:url';
import { parseNameReference } from '../../shared/registry/references';
import { usageInvalid } from '../commands/usageInvalid';
import { localPath } from '../files/localPaths';

/** Where the output goes, on the command line. */
export interface OutputOptions {
  readonly outputDatastore: string | undefined;
  readonly outputPath: string | undefined;
}

/** The `outputDataset` of an invocation; `undefined` for the usual place. Fails with `UsageInvalid`. */
export function outputDatasetOf(options: OutputOptions, currentFolder: string): object | undefined {
  const { outputDatastore, outputPath } = options;
  if (outputDatastore === undefined && outputPath === undefined) return undefined;
  const isElsewhere = outputPath !== undefined && (isLocal(outputPath) || /^azureml:\/\//i.test(outputPath));
  if (outputDatastore !== undefined && isElsewhere) {
    const reason = `With --output-datastore, --output-path is a path in it, but came '${outputPath}'`;
    throw usageInvalid(reason, 'endpoint invoke');
  }
  const datastoreId =
    outputDatastore === undefined
      ? undefined
      : `azureml:${parseNameReference('datastores', outputDatastore)}`;
  return { datastoreId, path: outputPath === undefined ? undefined : pathOf(outputPath, currentFolder) };
}

function pathOf(path: string, currentFolder: string): string {
  return isLocal(path) ? pathToFileURL(localPath(currentFolder, path)).href : path;
}

/** An absolute path, `./x`, `../x` and a `file:` URI mean this machine; `x/y` is a path in a datastore. */
function isLocal(path: string): boolean {
  return isAbsolute(path) || /^(?:file:|\.{1,2}(?:[/\\]|$))/i.test(path);
}
