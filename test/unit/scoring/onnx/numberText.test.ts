import fc from 'fast-check';
import { fromHalf, toHalf } from '../../../../shared/scoring/onnx/halfFloats';
import { doubleText, floatText, halfText } from '../../../../shared/scoring/onnx/numberText';

describe('a number is printed as numpy prints it', () => {
  test.each([
    [0, '0.0'],
    [-0, '-0.0'],
    [1, '1.0'],
    [0.1, '0.1'],
    [0.0001, '0.0001'],
    [0.00001, '1e-05'],
    [1.5e-7, '1.5e-07'],
    [123456789012345680, '1.2345678901234568e+17'],
    [9999999999999998, '9999999999999998.0'],
    [1e16, '1e+16'],
    [-1e300, '-1e+300'],
    [5e-324, '5e-324'],
    [Infinity, 'inf'],
    [-Infinity, '-inf'],
    [NaN, 'nan'],
  ])('with 64 bits: %d as %s', (value, text) => {
    expect(doubleText(value)).toBe(text);
  });

  test.each([
    [1, '1.0'],
    [0.1, '0.1'],
    [1 / 3, '0.33333334'],
    [0.0001, '1e-04'],
    [999999, '999999.0'],
    [1e6, '1e+06'],
    [16777216, '1.6777216e+07'],
    [123456.7, '123456.7'],
    [343126.125, '343126.12'],
    [1.401298464324817e-45, '1e-45'],
    [3.4028234663852886e38, '3.4028235e+38'],
    [9.094947017729282e-13, '9.094947e-13'],
    [-Infinity, '-inf'],
  ])('with 32 bits: %d as %s', (value, text) => {
    expect(floatText(Math.fround(value))).toBe(text);
  });

  test.each([
    [0x3c00, '1.0'],
    [0x2e66, '0.1'],
    [0x63d0, '1e+03'],
    [0x7bff, '6.55e+04'],
    [0x0001, '6e-08'],
    [0x2400, '0.01563'],
    [0xfc00, '-inf'],
  ])('with 16 bits: %i as %s', (bits, text) => {
    expect(halfText(fromHalf(bits))).toBe(text);
  });
});

test('every number of 32 bits is the one that its text means, which has no digit that is not needed', () => {
  const anyFloat = fc.float({ noNaN: true, noDefaultInfinity: true });
  fc.assert(
    fc.property(anyFloat, (value) => {
      const text = floatText(value);
      expect(Math.fround(Number(text))).toBe(value);
      const digits = text
        .replace(/e.*$/, '')
        .replace(/[-.]/g, '')
        .replace(/^0+|0+$/g, '');
      if (digits.length < 2) return;
      expect(Math.fround(Number(value.toPrecision(digits.length - 1)))).not.toBe(value);
    }),
    { numRuns: 2000 },
  );
});

test('all numbers of 16 bits are found again', () => {
  for (let bits = 0; bits < 1 << 16; bits++) {
    const value = fromHalf(bits);
    if (!Number.isNaN(value)) expect(toHalf(value)).toBe(bits);
  }
});

test('what lies between two numbers of 16 bits goes to the nearer, and from the middle to the even one', () => {
  expect(toHalf(1 + 0.4 / 1024)).toBe(0x3c00);
  expect(toHalf(1 + 0.6 / 1024)).toBe(0x3c01);
  expect(toHalf(1 + 0.5 / 1024)).toBe(0x3c00);
  expect(toHalf(1 + 1.5 / 1024)).toBe(0x3c02);
  expect(toHalf(65519)).toBe(0x7bff);
  expect(toHalf(65520)).toBe(0x7c00);
  expect(toHalf(NaN) & 0x7fff).toBe(0x7e00);
});
