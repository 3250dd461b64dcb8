/**
 * Floating-point numbers, the one kind of value whose text is not the database's own: Firebird writes a DOUBLE
 * PRECISION with 16 digits and a FLOAT with 8, which do not tell all values apart (0.1 + 0.2 becomes
 * `0.3000000000000000`), and reads decimal digits with errors in the last bit. So the bits that the driver was given
 * are written as the shortest decimal that stands for them, and come back as an exact product of powers of two.
 */

/** The shortest text that stands for this value and no other of its type. */
export function doubleText(value: number, isSingle: boolean): string {
  if (!Number.isFinite(value)) return Number.isNaN(value) ? 'NaN' : value > 0 ? 'Infinity' : '-Infinity';
  if (Object.is(value, -0)) return '-0';
  if (!isSingle) return String(value);
  for (let digits = 1; digits < 9; digits++) {
    const text = String(Number(value.toPrecision(digits)));
    if (Math.fround(Number(text)) === value) return text;
  }
  return String(Number(value.toPrecision(9)));
}

/**
 * SQL for exactly the value that a text stands for: a whole number below 2^53, times powers of two. Null when the text
 * is none of a finite number.
 */
export function exactDouble(text: string, isSingle: boolean): string | null {
  if (!/^[-+]?\d+(\.\d+)?(e[-+]?\d+)?$/i.test(text)) return null;
  const value = isSingle ? Math.fround(Number(text)) : Number(text);
  if (!Number.isFinite(value)) return null;
  const { whole, exponent } = partsOf(value);
  // Two factors: one alone may lie below the least number that there is.
  const half = Math.trunc(exponent / 2);
  const powers = [half, exponent - half].filter((power) => power !== 0);
  return `(${[`${whole}e0`, ...powers.map((power) => `POWER(2e0, ${power})`)].join(' * ')})`;
}

/** The value as a whole number times a power of two. */
function partsOf(value: number): { whole: number; exponent: number } {
  let whole = value;
  let exponent = 0;
  while (!Number.isInteger(whole)) {
    // Doubling is exact; the first step brings what lies below the normal numbers among them.
    whole *= 2;
    exponent--;
  }
  while (Math.abs(whole) > Number.MAX_SAFE_INTEGER) {
    whole /= 2;
    exponent++;
  }
  return { whole, exponent };
}
