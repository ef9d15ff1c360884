import { basename } from 'node:path';
import type { Context } from '../context';
import { hostUri } from '../uploading/hostUri';
import type { InputBody } from './inputOption';

/** An input as the host finds it: what lies on this machine is uploaded where the host does not read it in place. */
export async function inputAtHost(
  context: Context,
  input: InputBody | undefined,
): Promise<InputBody | undefined> {
  const place = (uri: string): Promise<string> =>
    hostUri(context, uri, { kind: 'input', name: basename(uri) });
  if (input === undefined) return undefined;
  if ('dataset' in input) {
    const { dataset } = input;
    return dataset.path === undefined ? input : { dataset: { ...dataset, path: await place(dataset.path) } };
  }
  const entries = Object.entries(input.inputData).map(
    async ([name, value]) => [name, { ...value, uri: await place(value.uri) }] as const,
  );
  return { inputData: Object.fromEntries(await Promise.all(entries)) };
}
