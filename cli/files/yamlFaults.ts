import { isScalar, visit, type Document, type LineCounter, type YAMLError } from 'yaml';
import { failure } from '../../shared/errors/batchpointError';

/** The error of something in a file that is not YAML as it should be; `offset` counts characters from 0. */
export function yamlInvalid(path: string, offset: number, lines: LineCounter, reason: string): Error {
  return failure('YamlInvalid', { reason }, { place: placeOf(path, offset, lines) });
}

/** A place in a file; line and column count from 1. */
export function placeOf(
  path: string,
  offset: number,
  lines: LineCounter,
): { file: string; line: number; column: number } {
  const { line, col } = lines.linePos(offset);
  return { file: path, line: Math.max(1, line), column: Math.max(1, col) };
}

/** The error of the first fault that the parser found, or of an alias without an anchor; `undefined` without any. */
export function firstFault(path: string, document: Document, lines: LineCounter): Error | undefined {
  const [fault] = [...document.errors, ...document.warnings];
  if (fault !== undefined) return yamlInvalid(path, fault.pos[0], lines, reasonOf(fault, lines, document));
  let found: Error | undefined;
  visit(document, {
    Alias(_key, alias) {
      if (alias.resolve(document) !== undefined) return undefined;
      found = yamlInvalid(
        path,
        alias.range?.[0] ?? 0,
        lines,
        `there is no anchor &${alias.source} before this *${alias.source}.`,
      );
      return visit.BREAK;
    },
  });
  return found;
}

function reasonOf(fault: YAMLError, lines: LineCounter, document: Document): string {
  if (fault.code === 'DUPLICATE_KEY') {
    return duplicateReason(fault, lines, document);
  }
  return ownReasons[fault.code] ?? `${(fault.message.split('\n', 1)[0] ?? '').replace(/[.:]$/, '')}.`;
}

/** Faults for which the library has words that say less. */
const ownReasons: Readonly<Partial<Record<YAMLError['code'], string>>> = {
  TAB_AS_INDENT: 'a tab indents this line, and YAML takes only blanks.',
  MULTIPLE_DOCS: 'a second document begins here, and a file holds one.',
};

/** Which key stands twice, and where it stood first. */
function duplicateReason(fault: YAMLError, lines: LineCounter, document: Document): string {
  let reason = 'this key stands in the same mapping twice.';
  visit(document, {
    Map(_key, map) {
      const keys = map.items.map(({ key }) => (isScalar(key) ? key : undefined));
      const twice = keys.find((key) => key?.range?.[0] === fault.pos[0]);
      const offset = twice && keys.find((key) => key?.value === twice.value)?.range?.[0];
      if (offset === undefined) return undefined;
      const { line } = lines.linePos(offset);
      reason = `the key '${String(twice?.value)}' stands in the same mapping twice. The first one is in line ${line}.`;
      return visit.BREAK;
    },
  });
  return reason;
}
