import { isFailure } from '../../errors/batchpointError';
import { runCommand } from './runCommand';

/** Settings of pip, and the variables of uv that say the same. The first is set where none of them is. */
const uvVariables: Readonly<Record<string, { readonly names: readonly string[]; readonly join: string }>> = {
  'index-url': { names: ['UV_DEFAULT_INDEX', 'UV_INDEX_URL'], join: ' ' },
  'extra-index-url': { names: ['UV_INDEX', 'UV_EXTRA_INDEX_URL'], join: ' ' },
  'find-links': { names: ['UV_FIND_LINKS'], join: ',' },
  'trusted-host': { names: ['UV_INSECURE_HOST'], join: ' ' },
  cert: { names: ['SSL_CERT_FILE'], join: ' ' },
};

/**
 * The environment of uv, with what pip is told on this machine, in its variables and its files: uv reads neither, and
 * packages come from the same places whichever of the two installs them.
 */
export async function uvEnvironment(
  python: string,
  environment: Readonly<Record<string, string>>,
): Promise<Record<string, string>> {
  const told: Record<string, string> = { ...environment, UV_PYTHON_DOWNLOADS: 'never' };
  for (const [setting, value] of await pipSettings(python, environment)) {
    const variable = uvVariables[setting];
    const [first] = variable?.names ?? [];
    if (variable === undefined || first === undefined || variable.names.some((name) => name in told))
      continue;
    told[first] = value.split(/\s+/).filter(Boolean).join(variable.join);
  }
  return told;
}

async function pipSettings(
  python: string,
  environment: Readonly<Record<string, string>>,
): Promise<Map<string, string>> {
  const parameters = ['-m', 'pip', 'config', 'list'];
  const list = { program: python, parameters, environment, step: 'pip config list' };
  try {
    return readPipSettings(await runCommand(list, () => undefined));
  } catch (error) {
    // A Python without pip has no settings for it either.
    if (isFailure(error)) return new Map();
    throw error;
  }
}

/**
 * Reads what `pip config list` prints: lines such as `global.index-url='https://...'`. Those of the environment go over
 * those for installing, and these over all others.
 */
export function readPipSettings(printed: string): Map<string, string> {
  const lines = printed.split('\n').flatMap((line) => {
    const [, section, setting, text] =
      /^(:?\w+:?)\.([\w-]+)=(['"])(.*)\3$/.exec(line)?.filter((_part, i) => i !== 3) ?? [];
    return section === undefined || setting === undefined || text === undefined
      ? []
      : [{ rank: ranks.indexOf(section), setting, value: text.replaceAll('\\n', ' ').trim() }];
  });
  return new Map(lines.sort((a, b) => a.rank - b.rank).map(({ setting, value }) => [setting, value]));
}

const ranks: readonly string[] = ['global', 'install', ':env:'];
