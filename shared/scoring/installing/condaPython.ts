import { suitsPython } from '../../registry/pythonVersion';
import { supportedPython } from './basePython';

/**
 * The Python that conda is asked for, such as `python=3.10`; `undefined` where the one that is wanted is older than what
 * scoring works with.
 */
export function condaPython(wanted: string | undefined): string | undefined {
  if (wanted === undefined) return `python${supportedPython}`;
  if (wanted.includes('|')) return `python${wanted}`;
  if (/^[<>=!~]/.test(wanted)) return `python${wanted},${supportedPython}`;
  if (!wanted.includes('.')) return `python=${wanted},${supportedPython}`;
  return suitsPython(supportedPython, wanted) ? `python=${wanted}` : undefined;
}
