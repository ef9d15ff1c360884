/**
 * The Python that a conda dependency asks for: a version such as `3.10`, bounds such as `>=3.9,<3.12`, or `undefined`
 * where any will do. `null` where the dependency is another package.
 */
export function wantedPython(dependency: string): string | undefined | null {
  const match = /^(?:[\w-]+::)?python(?![\w.-])\s*(.*)$/.exec(dependency);
  if (match === null) return null;
  const wanted = (match[1] ?? '').replaceAll(' ', '');
  // One version may be followed by a star or a build.
  const exact = /^=*(\d+(?:\.\d+)*)/.exec(wanted)?.[1];
  return exact ?? (wanted === '' ? undefined : wanted);
}

/** Whether a Python, such as `3.11.7`, is one that is asked for. Of one version its first two numbers count. */
export function suitsPython(wanted: string, version: string): boolean {
  return wanted.split('|').some((bounds) => bounds.split(',').every((bound) => isWithin(bound, version)));
}

function isWithin(bound: string, version: string): boolean {
  const [, operator = '', wanted = ''] = /^([<>=!~]*)(\d+(?:\.\d+)*)/.exec(bound) ?? [];
  if (wanted === '') return true;
  const order = compareVersions(version, wanted);
  switch (operator) {
    case '>=':
    case '~=':
      return order >= 0;
    case '>':
      return order > 0;
    case '<=':
      return order <= 0;
    case '<':
      return order < 0;
    case '!=':
      return order !== 0;
    default:
      return firstTwo(wanted) === firstParts(version, Math.min(2, wanted.split('.').length));
  }
}

function firstTwo(version: string): string {
  return firstParts(version, 2);
}

function firstParts(version: string, count: number): string {
  return version.split('.').slice(0, count).join('.');
}

function compareVersions(a: string, b: string): number {
  const [left = [], right = []] = [a, b].map((version) => version.split('.').map(Number));
  for (let i = 0; i < Math.max(left.length, right.length); i++) {
    const difference = (left[i] ?? 0) - (right[i] ?? 0);
    if (difference !== 0) return difference;
  }
  return 0;
}
