import { readFile } from 'node:fs/promises';
import { join, normalize, sep } from 'node:path';
import { parse } from 'yaml';
import { filesOfAsset } from './assetContent';

/** What the `onnx` flavor of an MLflow model says, as far as running it needs it. */
export interface OnnxFlavor {
  /** The file of the model, relative to its folder. */
  readonly data: string;
  /** Options of the session, by the names that MLflow has for them. */
  readonly options: Readonly<Record<string, unknown>>;
}

/** The flavor in the text of an MLmodel file; `undefined` where it has none, or one that names no file. */
export function onnxFlavor(document: unknown): OnnxFlavor | undefined {
  const flavor = mapping(mapping(document)['flavors'])['onnx'];
  const { data, onnx_session_options: options } = mapping(flavor);
  if (typeof data !== 'string') return undefined;
  const path = normalize(data);
  return path.startsWith('..') || path.startsWith(sep)
    ? undefined
    : { data: path, options: mapping(options) };
}

/**
 * The file that is the ONNX model at a path, relative to it, or empty where the path is that file: what the `onnx`
 * flavor names, else the only file that ends in `.onnx`. `undefined` where there is none, or more than one. Fails as
 * the listing of its files does, with the name of the model.
 */
export async function findOnnxFile(path: string, name: string): Promise<string | undefined> {
  const names = await filesOfAsset({ path, kind: 'model', name });
  if (names.includes('')) return isOnnx(path) ? '' : undefined;
  if (names.includes('MLmodel')) {
    const data = onnxFlavor(parse(await readFile(join(path, 'MLmodel'), 'utf8')))?.data;
    return data !== undefined && names.includes(data) ? data : undefined;
  }
  const found = names.filter(isOnnx);
  return found.length === 1 ? found[0] : undefined;
}

function isOnnx(path: string): boolean {
  return path.toLowerCase().endsWith('.onnx');
}

function mapping(value: unknown): Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null ? (value as Record<string, unknown>) : {};
}
