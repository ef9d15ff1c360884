/**
 * Compares two texts code point by code point, which is the order of their UTF-8 bytes. JavaScript compares
 * UTF-16 units: that differs where a surrogate pair meets a character from U+E000 on.
 */
export function compareCodePoints(a: string, b: string): number {
  const length = Math.min(a.length, b.length);
  for (let i = 0; i < length; i++) {
    const x = a.charCodeAt(i);
    const y = b.charCodeAt(i);
    if (x !== y) return rank(x) - rank(y);
  }
  return a.length - b.length;
}

/** Sorts texts code point by code point, in place. */
export function sortByCodePoints(texts: string[]): string[] {
  // Without surrogates the built-in order is the same, and far faster than any comparison of ours.
  return texts.some((text) => /[\ud800-\udfff]/.test(text)) ? texts.sort(compareCodePoints) : texts.sort();
}

/** Puts surrogates behind all other units. */
function rank(unit: number): number {
  if (unit >= 0xe000) return unit - 0x800;
  return unit >= 0xd800 ? unit + 0x2000 : unit;
}
