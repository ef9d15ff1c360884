import { readFileSync, statSync } from 'node:fs';
import { TextDecoder } from 'node:util';
import { isMap, isScalar, LineCounter, parseDocument, visit, type Document } from 'yaml';
import { failure, isFailure } from '../../shared/errors/batchpointError';
import { systemErrorCode, systemErrorReason } from '../../shared/errors/systemError';
import { refuseOddFile } from './regularFile';
import { firstFault, placeOf, yamlInvalid } from './yamlFaults';

/** A YAML file that holds a mapping, with all that is needed to say where in it something stands. */
export interface YamlFile {
  /** The path as the user wrote it. */
  readonly path: string;
  readonly document: Document;
  readonly lines: LineCounter;
  readonly value: Readonly<Record<string, unknown>>;
}

/** Bytes of the largest file that is read: what people write is far smaller. */
const mostBytes = 4 * 1024 * 1024;

/** Keys of which the values are text, however they look: a version 1.10 is not the number 1.1. */
const textKeys: readonly unknown[] = ['version'];

/** Keys of mappings of which the values are text. */
const textMappings: readonly unknown[] = ['tags', 'properties', 'environment_variables'];

/** Reads a YAML file. Fails with the errors of the catalogue that begin with `Definition`, and `YamlInvalid`. */
export function readYamlFile(path: string): YamlFile {
  const lines = new LineCounter();
  const document = parseDocument(readText(path), { lineCounter: lines, prettyErrors: false, merge: true });
  const fault = firstFault(path, document, lines);
  if (fault !== undefined) throw fault;
  const { contents } = document;
  if (contents === null || (isScalar(contents) && contents.value === null)) {
    throw failure('DefinitionEmpty', { path });
  }
  if (!isMap(contents)) {
    const found = `${isScalar(contents) ? 'a plain value' : 'a list'} stands at the top, and a mapping of keys to values is expected, such as 'name: my-name'`;
    const place = placeOf(path, contents.range?.[0] ?? 0, lines);
    throw failure('DefinitionInvalid', { fault: found }, { place });
  }
  keepText(document);
  return { path, document, lines, value: toPlain(path, document, lines) };
}

function readText(path: string): string {
  let bytes: Buffer;
  try {
    const status = statSync(path);
    if (!status.isDirectory()) {
      refuseOddFile(status, (reason) => failure('DefinitionUnreadable', { path, reason }));
    }
    const { size } = status;
    if (size > mostBytes) throw failure('DefinitionTooLarge', { path, size, limit: mostBytes });
    bytes = readFileSync(path);
  } catch (error) {
    if (isFailure(error)) throw error;
    const code = systemErrorCode(error);
    if (code === 'ENOENT' || code === 'ENOTDIR')
      throw failure('DefinitionMissing', { path }, { cause: error });
    if (code === 'EISDIR') throw failure('DefinitionIsFolder', { path }, { cause: error });
    throw failure('DefinitionUnreadable', { path, reason: systemErrorReason(error) }, { cause: error });
  }
  try {
    const text = new TextDecoder('utf-8', { fatal: true }).decode(bytes);
    if (!text.includes('\0')) return text;
  } catch {
    // Told below, like text with a NUL in it.
  }
  throw failure('DefinitionNotText', { path });
}

function keepText(document: Document): void {
  visit(document, {
    Pair(_key, pair, ancestors) {
      const key = isScalar(pair.key) ? pair.key.value : undefined;
      const above = ancestors.at(-2);
      const owner =
        typeof above === 'object' && 'key' in above && isScalar(above.key) ? above.key.value : undefined;
      if ((!textKeys.includes(key) && !textMappings.includes(owner)) || !isScalar(pair.value)) return;
      const { value, source } = pair.value;
      if (typeof value === 'number' || typeof value === 'boolean') pair.value.value = source ?? String(value);
    },
  });
}

function toPlain(path: string, document: Document, lines: LineCounter): Record<string, unknown> {
  try {
    return document.toJS() as Record<string, unknown>;
  } catch (error) {
    // Aliases of aliases of aliases, which would grow without bound.
    throw yamlInvalid(path, 0, lines, `${error instanceof Error ? error.message : String(error)}.`);
  }
}
