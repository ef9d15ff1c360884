import { isAbsolute, relative, sep } from 'node:path';
import { pathToFileURL } from 'node:url';
import { failure } from '../../shared/errors/batchpointError';
import { parseNameReference } from '../../shared/registry/references';
import { usageInvalid } from '../commands/usageInvalid';
import { localPath } from '../files/localPaths';

/** Where the output goes, on the command line. */
export interface OutputOptions {
  /** The words of the command, for messages. */
  readonly command: string;
  readonly outputDatastore: string | undefined;
  readonly outputPath: string | undefined;
}

/** The `outputDataset` of an invocation; `undefined` for the usual place. Fails with `UsageInvalid` and `OutputInvalid`. */
export function outputDatasetOf(options: OutputOptions, currentFolder: string): object | undefined {
  const { outputDatastore } = options;
  // In 2022 a folder was marked as one.
  const outputPath = options.outputPath?.replace(/^folder:/i, '');
  if (outputDatastore === undefined && outputPath === undefined) return undefined;
  const isElsewhere = outputPath !== undefined && (isLocal(outputPath) || /^azureml:\/\//i.test(outputPath));
  if (outputDatastore !== undefined && isElsewhere) {
    const reason = `With --output-datastore, --output-path is a path in it, but came '${outputPath}'`;
    throw usageInvalid(reason, options.command);
  }
  const datastoreId =
    outputDatastore === undefined
      ? undefined
      : `azureml:${parseNameReference('datastores', outputDatastore)}`;
  return { datastoreId, path: outputPath === undefined ? undefined : pathOf(outputPath, currentFolder) };
}

function pathOf(path: string, currentFolder: string): string {
  if (!isLocal(path)) return path;
  const absolute = localPath(currentFolder, path);
  if (isRelative(path) && climbsOut(relative(currentFolder, absolute))) {
    const reason = `it climbs out of the current folder with '..'. For a folder elsewhere, give its absolute path, such as '${absolute}'`;
    throw failure('OutputInvalid', { output: path, reason });
  }
  return pathToFileURL(absolute).href;
}

/** Whether a local path starts from the current folder. */
function isRelative(path: string): boolean {
  return !isAbsolute(path.replace(/^file:/i, ''));
}

function climbsOut(path: string): boolean {
  return path === '..' || path.startsWith(`..${sep}`);
}

/** An absolute path, `./x`, `../x`, which is refused, and a `file:` URI mean this machine; `x/y` is a path in a datastore. */
function isLocal(path: string): boolean {
  return isAbsolute(path) || /^(?:file:|\.{1,2}(?:[/\\]|$))/i.test(path);
}
