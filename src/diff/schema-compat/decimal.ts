/** An exact decimal: `digits` / 10^`scale`. JSON numbers are decimals, and `0.3 / 0.1` in floating point is not 3. */
export interface Decimal {
  readonly digits: bigint;
  readonly scale: number;
}

export function decimalOf(value: number): Decimal {
  const [mantissa = '0', exponent = '0'] = value.toString().split('e');
  const [whole = '0', fraction = ''] = mantissa.split('.');
  const digits = BigInt(whole + fraction);
  const scale = fraction.length - Number(exponent);
  return scale >= 0 ? { digits, scale } : { digits: digits * 10n ** BigInt(-scale), scale: 0 };
}

/** The number whose shortest text is this decimal, or undefined when a double cannot hold it exactly. */
export function numberOf(decimal: Decimal): number | undefined {
  const sign = decimal.digits < 0n ? '-' : '';
  const digits = (decimal.digits < 0n ? -decimal.digits : decimal.digits).toString();
  const value = Number(`${sign}${digits}e-${decimal.scale}`);
  return Number.isFinite(value) && compare(decimalOf(value), decimal) === 0 ? value : undefined;
}

function aligned(left: Decimal, right: Decimal): readonly [bigint, bigint, number] {
  const scale = Math.max(left.scale, right.scale);
  return [left.digits * 10n ** BigInt(scale - left.scale), right.digits * 10n ** BigInt(scale - right.scale), scale];
}

export function compare(left: Decimal, right: Decimal): number {
  const [a, b] = aligned(left, right);
  return a < b ? -1 : a > b ? 1 : 0;
}

export function add(left: Decimal, right: Decimal): Decimal {
  const [a, b, scale] = aligned(left, right);
  return { digits: a + b, scale };
}

export function times(left: Decimal, factor: bigint): Decimal {
  return { digits: left.digits * factor, scale: left.scale };
}

/** `value` / 10^`places`. */
export function shift(value: Decimal, places: number): Decimal {
  return { digits: value.digits, scale: value.scale + places };
}

export function isMultiple(value: Decimal, of: Decimal): boolean {
  const [a, b] = aligned(value, of);
  return a % b === 0n;
}

/** The least decimal that is a multiple of both. */
export function leastCommonMultiple(left: Decimal, right: Decimal): Decimal {
  const [a, b, scale] = aligned(left, right);
  let [x, y] = [a, b];
  while (y !== 0n) [x, y] = [y, x % y];
  return { digits: (a / x) * b, scale };
}

/** How many times `step` (positive) goes into `value`, rounded down. */
export function floorDivide(value: Decimal, step: Decimal): bigint {
  const [a, b] = aligned(value, step);
  const quotient = a / b;
  return a % b !== 0n && a < 0n ? quotient - 1n : quotient;
}
