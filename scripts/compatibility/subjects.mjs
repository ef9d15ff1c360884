import { createRequire } from 'node:module';

const load = createRequire(import.meta.url);

/** All commands with their options, from the definitions that the command line itself is made of. */
export async function commandsOf() {
  const { groups, singleCommands, loadCommand } = load('../../dist/cli/commands/index.js');
  const loads = [
    ...Object.values(groups).flatMap(({ commands }) => Object.values(commands)),
    ...Object.values(singleCommands),
  ];
  return Promise.all(loads.map(loadCommand));
}

/** The options that every command has. */
export function globalOptionsOf() {
  return Object.values(load('../../dist/cli/commands/globalOptions.js').globalOptions);
}

/** All operations of the API, from the declarations that their routes are made of. */
export function operationsOf() {
  // The programming model warns of each function that there is no host: here that is as it should be.
  const { console: screen } = globalThis;
  const { warn } = screen;
  screen.warn = () => undefined;
  load('../../dist/functions/index.js');
  screen.warn = warn;
  const { operations } = load('../../dist/functions/http/operation.js');
  const { routeOf } = load('../../dist/functions/http/routes.js');
  return operations.map((operation) => ({ ...operation, path: shortPath(routeOf(operation)) }));
}

/** The path of an operation, in which that of the workspace is one word. */
function shortPath(route) {
  return `/${route}`.replace(/\/subscriptions\/.*\/workspaces\/\{workspace\}/, '<workspace>');
}

/** The spellings of an option, such as `-n` and `--name`. */
export function spellingsOf({ flags }) {
  return flags.match(/(?<=^|[\s,])--?[\w-]+/g) ?? [];
}
