import { fromHalf, roundEven, toHalf } from './halfFloats';

// As numpy prints the numbers of its types: from where on with an exponent, https://numpy.org/doc/stable/release.html
const largest = { double: 1e16, float: 1e6, half: 1e3 } as const;
const smallest = 1e-4;

/** A number of 64 bits as Python prints it: `1.0`, `0.1`, `1e-05`, `1e+16`. */
export function doubleText(value: number): string {
  return textOf(value, value, largest.double);
}

/** A number of 32 bits in the fewest digits that tell it from its neighbours, as numpy prints it. */
export function floatText(value: number): string {
  return textOf(shortest(value, 6, 9, Math.fround), value, largest.float);
}

/** A number of 16 bits in the fewest digits that tell it from its neighbours, as numpy prints it. */
export function halfText(value: number): string {
  return textOf(shortest(value, 3, 5, nearestHalf), value, largest.half);
}

function nearestHalf(value: number): number {
  return fromHalf(toHalf(value));
}

/**
 * The decimal of fewest digits that rounds to this number. So many digits as `sure` tell every number in the normal
 * range from its neighbours, or are what its decimal has; `most` tell all numbers apart.
 */
function shortest(value: number, sure: number, most: number, round: (value: number) => number): number {
  const size = Math.abs(value);
  if (!Number.isFinite(value) || (Number.isInteger(value) && size < 10 ** sure)) return value;
  // Numbers next to zero have fewer digits.
  const first = size < 1e-30 || (sure === 3 && size < 1e-4) ? 1 : sure;
  const exponent = Math.floor(Math.log10(size));
  for (let digits = first; digits < most; digits++) {
    const places = digits - 1 - exponent;
    // Only up to there are powers of ten exact, and divisions by them the nearest decimal.
    if (places < -22 || places > 22) {
      const decimal = Number(value.toPrecision(digits));
      if (round(decimal) === value) return decimal;
      continue;
    }
    const power = 10 ** Math.abs(places);
    const scaled = places < 0 ? value / power : value * power;
    const near = roundEven(scaled);
    const decimal = places < 0 ? near * power : near / power;
    if (round(decimal) === value) return decimal;
    // Below a power of two numbers lie closer than above it: there the decimal above may do where the nearest does not.
    const far = near > scaled ? near - 1 : near + 1;
    const other = places < 0 ? far * power : far / power;
    if (round(other) === value) return other;
  }
  return Number(value.toPrecision(most));
}

/** A decimal in the form that Python gives to the number that it stands for. */
function textOf(decimal: number, value: number, limit: number): string {
  const size = Math.abs(value);
  if (size >= smallest && size < limit) {
    const text = String(decimal);
    return Number.isInteger(decimal) ? `${text}.0` : text;
  }
  if (value === 0) return Object.is(value, -0) ? '-0.0' : '0.0';
  if (!Number.isFinite(value)) return Number.isNaN(value) ? 'nan' : value > 0 ? 'inf' : '-inf';
  // At least two digits are in the exponents of Python.
  return decimal.toExponential().replace(/e([+-])(\d)$/, 'e$10$2');
}
