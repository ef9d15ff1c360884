import { failure } from '../../errors/batchpointError';
import { installerNames, type InstallerName } from './installers';

/** What a host, or a command that makes environments itself, is told of them. */
export interface EnvironmentSettings {
  /** Whether environments may be made with another Python than they ask for. */
  readonly anyPython: boolean;
  /** The installers that may be used beside venv and pip; all, where nothing is said. */
  readonly installers: readonly InstallerName[] | undefined;
}

/** Reads them from variables. Empty ones count as missing. Fails with `SettingInvalid`. */
export function readEnvironmentSettings(environment: NodeJS.ProcessEnv): EnvironmentSettings {
  return {
    anyPython: anyPython(environment['BATCHPOINT_ALLOW_PYTHON_MISMATCH']),
    installers: installers(environment['BATCHPOINT_INSTALLERS']),
  };
}

function anyPython(text = ''): boolean {
  const value = text.trim().toLowerCase();
  if (['1', 'true'].includes(value)) return true;
  if (['', '0', 'false'].includes(value)) return false;
  throw failure('SettingInvalid', {
    name: 'BATCHPOINT_ALLOW_PYTHON_MISMATCH',
    value: text,
    expected: "'1' or '0'",
  });
}

/** Names with commas between them; `pip` is always among them, and alone it means no other. */
function installers(text = ''): readonly InstallerName[] | undefined {
  const names = text
    .toLowerCase()
    .split(/[\s,]+/)
    .filter((name) => name !== '');
  if (names.length === 0) return undefined;
  const known = installerNames.filter((name) => names.includes(name));
  if (names.every((name) => name === 'pip' || known.some((one) => one === name))) return known;
  const expected = `one or more of pip, ${installerNames.join(', ')}, with commas between them`;
  throw failure('SettingInvalid', { name: 'BATCHPOINT_INSTALLERS', value: text, expected });
}
