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
  return operations.flatMap(({ name, methods, path, summary }) =>
    methods.map((method) => {
      const id = methods.length === 1 ? name : `${name}${method}`;
      const own = uses.filter(({ kind, what }) => kind === 'request' && what[0] === id);
      return rowOf([code(`${method} ${path}`), summary], own);
    }),
  );
}

/** A row for every key that a file may have: by the commands that read such a file, or by the reader alone. */
export function keyRows({ schema, commands, keys }, uses) {
  const readers = commands.map((path) => path.split(' '));
  const read = uses.filter(
    ({ kind, what }) => kind === 'command' && readers.some((words) => startsWith(withoutMl(what), words)),
  );
  return keys.map((key) => {
    const pattern = new RegExp(`^(deployments\\.)?${escaped(key).replace('<name>', '[^.]+')}$`);
    const given = read.filter((use) => use.succeeded && use.keys.some((one) => pattern.test(one)));
    const alone = uses.filter(
      ({ kind, what }) => kind === 'key' && what[0] === schema && pattern.test(what[1]),
    );
    return rowOf([code(key)], given.length > 0 ? given : alone);
  });
}

/** A row for every call of a client package that a test makes. */
export function callRows(uses) {
  const calls = uses.filter(({ kind }) => kind === 'call');
  // Results of the tests have other names too, for what they look at after a call.
  const isCall = (name) => /^(\w+\.\w+$|\w+\.\w+ of |invoke )/.test(name);
  const names = [...new Set(calls.map(({ what }) => what[0]).filter(isCall))].sort();
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

/** A key as a regular expression that means it literally. */
function escaped(key) {
  return key.replace(/[.$]/g, '\\$&');
}

function code(text) {
  return `\`${text.replaceAll('|', '\\|')}\``;
}
