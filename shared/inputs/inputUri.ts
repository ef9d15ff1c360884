import { failure } from '../errors/batchpointError';
import { pathOfFileUri } from './fileUri';
import { pathInWorkspace } from '../registry/longForms';

/** Characters that the name of a blob may have. */
const longestPath = 1024;

/** An input as a caller writes it, before it is known whether a file or a folder is there. */
export type InputUri =
  | { readonly kind: 'local'; readonly path: string }
  | { readonly kind: 'datastore'; readonly datastore: string; readonly path: string }
  | { readonly kind: 'url'; readonly url: string }
  | { readonly kind: 'data'; readonly reference: string };

/**
 * Reads an input: `file:///path`, `azureml://datastores/<name>/paths/<path>` (also in its long form with
 * subscription, group and workspace), `https://...`, or registered data (`azureml:<name>:<version>`, an ARM id, a long
 * form). A path in a datastore must not climb out. Fails with `UriInvalid` and `RegistryUnsupported`.
 */
export function parseInputUri(uri: string): InputUri {
  if (/^file:/i.test(uri)) return { kind: 'local', path: pathOfFileUri(uri) };
  if (/^https?:/i.test(uri)) return { kind: 'url', url: uri };
  if (/^data\//i.test(pathInWorkspace(uri) ?? '')) return { kind: 'data', reference: uri };
  if (/^azureml:\/\//i.test(uri)) return { kind: 'datastore', ...datastorePath(uri) };
  if (/^(?:azureml:|\/subscriptions\/)/i.test(uri)) return { kind: 'data', reference: uri };
  throw failure('UriInvalid', {
    uri,
    reason:
      'expected a URL, a file: URI, azureml://datastores/<name>/paths/<path> or azureml:<name>:<version>',
  });
}

/** The parts of `azureml://.../datastores/<name>/paths/<path>`. Fails with `UriInvalid`. */
export function datastorePath(uri: string): { datastore: string; path: string } {
  const isLink = /^azureml:\/\//i.test(uri);
  const inWorkspace = isLink ? pathInWorkspace(uri) : undefined;
  const match = /^datastores\/([^/]+)\/paths(?:\/(.*))?$/is.exec(inWorkspace ?? '');
  const [, datastore, path = ''] = match ?? [];
  if (datastore === undefined) {
    throw failure('UriInvalid', { uri, reason: 'expected azureml://datastores/<name>/paths/<path>' });
  }
  return { datastore, path: checkedRelativePath(path, uri) };
}

/** A relative path with `/`, without slashes at its ends. Fails with `UriInvalid` where it climbs or is odd. */
export function checkedRelativePath(path: string, shown: string = path): string {
  const segments = path.replace(/^\/+|\/+$/g, '').split('/');
  if (segments.some((segment) => segment === '..' || segment === '.')) {
    throw failure('UriInvalid', { uri: shown, reason: "a path must not hold '.' or '..'" });
  }
  if (/[\\\u0000-\u001f\u007f]/.test(path)) {
    throw failure('UriInvalid', {
      uri: shown,
      reason: 'a path must not hold a backslash or a control character',
    });
  }
  // Paths are taken as they are. Whoever escapes these means them for somebody who unescapes once too often.
  if (/%(25)*(2e|2f|5c)/i.test(path)) {
    throw failure('UriInvalid', {
      uri: shown,
      reason: 'a path must not hold an escaped dot, slash or backslash',
    });
  }
  if (path.length > longestPath) {
    throw failure('UriInvalid', { uri: shown, reason: `a path has at most ${longestPath} characters` });
  }
  return segments.filter((segment) => segment !== '').join('/');
}
