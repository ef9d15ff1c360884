import { spellingsOf } from './subjects.mjs';
import { bestUse } from './uses.mjs';

/** One row: what it is about, and the uses of it by tests. */
const rowOf = (cells, uses) => ({ cells, proof: bestUse(uses) });

/** A row for every command and for every option of it. */
export function commandRows(commands, uses) {
  return commands.flatMap((command) => {
    const words = command.path.split(' ');
    const own = uses.filter(({ kind, what }) => kind === 'command' && startsWith(withoutMl(what), words));
    return [
      rowOf([code(command.path), ''], own),
      ...Object.values(command.options).map((option) =>
        rowOf(['', code(option.flags)], withOption(own, option)),
      ),
    ];
  });
}

/** A row for every option that all commands have. */
export function globalRows(options, uses) {
  const own = uses.filter(({ kind }) => kind === 'command');
  return options.map((option) => rowOf([code(option.flags)], withOption(own, option)));
}

/** A row for every operation of the API. */
export function operationRows(operations, uses) {
  return operations.flatMap(({ methods, path, summary, isOpen }) =>
    methods.map((method) => {
      const pattern = patternOf(path, isOpen);
      const own = uses.filter(
        ({ kind, what }) =>
          kind === 'request' && what[0] === method && pattern.test(what[1].split('?', 1)[0]),
      );
      return rowOf([code(`${method} ${path}`), summary], own);
    }),
  );
}

/** A row for every key that a file may have, by the commands that read such a file. */
export function keyRows({ commands, keys }, uses) {
  const readers = commands.map((path) => path.split(' '));
  const own = uses.filter(
    ({ kind, what }) => kind === 'command' && readers.some((words) => startsWith(withoutMl(what), words)),
  );
  return keys.map((key) => {
    const pattern = new RegExp(
      `^(deployments\\.)?${key.replace(/[.$]/g, '\\$&').replace('<name>', '[^.]+')}$`,
    );
    return rowOf(
      [code(key)],
      own.filter((use) => use.keys.some((one) => pattern.test(one))),
    );
  });
}

/** A row for every call of a client package that a test makes. */
export function callRows(uses) {
  const calls = uses.filter(({ kind }) => kind === 'call');
  const names = [...new Set(calls.map(({ what }) => what[0]))].sort();
  return names.map((name) =>
    rowOf(
      [code(name)],
      calls.filter(({ what }) => what[0] === name),
    ),
  );
}

function withOption(uses, option) {
  const spellings = spellingsOf(option);
  const names = (word) => spellings.includes(word.split('=', 1)[0]);
  return uses.filter(({ what }) => what.some(names));
}

function withoutMl(what) {
  return what[0] === 'ml' ? what.slice(1) : what;
}

function startsWith(what, words) {
  return words.every((word, i) => what[i] === word);
}

/** What a path of the API looks like on the wire; that of the workspace stands in front, unless it is an open one. */
function patternOf(path, isOpen) {
  const inner = path
    .replace(/[.$]/g, '\\$&')
    .replace(/\{\*\w+\}/g, '.+')
    .replace(/\{\w+\}/g, '[^/]+');
  return new RegExp(`${isOpen ? '^/' : '/workspaces/[^/]+/'}${inner}$`, 'i');
}

function code(text) {
  return `\`${text.replaceAll('|', '\\|')}\``;
}
