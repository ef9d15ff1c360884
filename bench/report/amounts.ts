import type { Unit } from '../figure';

/** A value with its unit, with as many digits as tell anything. */
export function amount(value: number, unit: Unit): string {
  switch (unit) {
    case 'ms':
      return `${value.toFixed(value < 1 ? 4 : value < 10 ? 2 : 0)} ms`;
    case 's':
      return `${(value / 1000).toFixed(2)} s`;
    case 'x':
      return `${value.toFixed(3)} x`;
    case '%':
      return `${value.toFixed(1)} %`;
    case 'exponent':
      return value.toFixed(2);
    case 'MB':
    case 'bytes':
      return `${Math.round(value).toLocaleString('en')} ${unit}`;
  }
}
