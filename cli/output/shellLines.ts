/** A shell whose lines are known. */
type Shell = 'sh' | 'fish' | 'powershell';

/** The lines that set environment variables in a shell, one each. */
export function shellLines(variables: Readonly<Record<string, string>>, shell: Shell): string {
  return Object.entries(variables)
    .map(([name, value]) => `${line(name, value, shell)}\n`)
    .join('');
}

function line(name: string, value: string, shell: Shell): string {
  switch (shell) {
    case 'sh':
      return `export ${name}='${value.replaceAll("'", "'\\''")}'`;
    case 'fish':
      return `set -gx ${name} '${value.replace(/[\\']/g, '\\$&')}'`;
    case 'powershell':
      return `$env:${name} = '${value.replaceAll("'", "''")}'`;
  }
}
