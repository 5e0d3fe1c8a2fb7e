/**
 * Is `value` a whole multiple of `divisor`, both read as the decimals they are written as? 0.3 is a multiple of 0.1,
 * though 0.3 / 0.1 is not whole in binary floating point.
 */
export function isMultipleOf(value: number, divisor: number): boolean {
  if (Number.isSafeInteger(value) && Number.isSafeInteger(divisor)) return value % divisor === 0;
  if (!Number.isFinite(value)) return false;
  const [digits, exponent] = decimal(value);
  const [divisorDigits, divisorExponent] = decimal(divisor);
  const shift = Math.min(exponent, divisorExponent);
  const scaled = (n: bigint, e: number): bigint => n * 10n ** BigInt(e - shift);
  return scaled(digits, exponent) % scaled(divisorDigits, divisorExponent) === 0n;
}

/** A number as whole digits times a power of ten. */
function decimal(value: number): [digits: bigint, exponent: number] {
  const [mantissa = '', exponent] = value.toExponential().split('e');
  const [whole = '', fraction = ''] = mantissa.split('.');
  return [BigInt(whole + fraction), Number(exponent) - fraction.length];
}
