import { isAlias, isMap, isScalar, isSeq, type Document, type Node, type Pair } from 'yaml';
import type { YamlFile } from './yamlFile';

/** Line and column of something in a file; both count from 1. */
interface Position {
  readonly line: number;
  readonly column: number;
}

/**
 * Where a value stands in a file, by the keys and indexes that lead to it. Where the way ends early, as a key is
 * missing, it is the last that is there; `atKey` asks for the key and not for the value.
 */
export function positionOf(
  { document, lines }: YamlFile,
  path: readonly (string | number)[],
  atKey: boolean,
): Position {
  let node: unknown = document.contents;
  let offset = startOf(node) ?? 0;
  for (const [i, part] of path.entries()) {
    const step = stepInto(resolved(node, document), part);
    if (step === undefined) break;
    const isLast = i === path.length - 1;
    // The value of a key is told by the key's line where it is a whole block below it.
    const wantsKey = (isLast && atKey) || !isScalar(step.value);
    offset = (wantsKey ? step.key : undefined) ?? startOf(step.value) ?? step.key ?? offset;
    node = step.value;
  }
  const { line, col } = lines.linePos(offset);
  return { line: Math.max(1, line), column: Math.max(1, col) };
}

function stepInto(node: unknown, part: string | number): { key?: number; value: unknown } | undefined {
  if (isSeq(node)) {
    const value = node.items[Number(part)];
    return value === undefined ? undefined : { value };
  }
  if (!isMap(node)) return undefined;
  const pair = node.items.find((item) => keyOf(item) === String(part));
  if (pair === undefined) return undefined;
  const key = startOf(pair.key);
  return { ...(key === undefined ? {} : { key }), value: pair.value };
}

function resolved(node: unknown, document: Document): unknown {
  return isAlias(node) ? node.resolve(document) : node;
}

function keyOf({ key }: Pair): string | undefined {
  return isScalar(key) ? String(key.value) : undefined;
}

function startOf(node: unknown): number | undefined {
  return (node as Node | null)?.range?.[0];
}
