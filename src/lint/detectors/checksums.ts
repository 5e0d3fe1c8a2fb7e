/** CRC-32 of ASCII text (IEEE 802.3, reflected). */
export function crc32(text: string): number {
  let crc = ~0;
  for (let at = 0; at < text.length; at++) {
    crc ^= text.charCodeAt(at);
    for (let bit = 0; bit < 8; bit++) crc = crc & 1 ? (crc >>> 1) ^ 0xedb88320 : crc >>> 1;
  }
  return ~crc >>> 0;
}

const BASE62 = '0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz';

/**
 * Whether the last six characters are the CRC-32 of those before them, in base 62: GitHub's tokens and npm's
 * (github.blog, "Behind GitHub's new authentication token formats", 2021).
 */
export function endsWithCrc32(text: string): boolean {
  let rest = crc32(text.slice(0, -6));
  let written = '';
  for (let digit = 0; digit < 6; digit++) {
    written = BASE62[rest % 62]! + written;
    rest = Math.floor(rest / 62);
  }
  return text.endsWith(written);
}

/** The check digit of payment cards (ISO/IEC 7812-1, annex B). */
export function passesLuhn(digits: string): boolean {
  let sum = 0;
  for (let at = 0; at < digits.length; at++) {
    const digit = digits.charCodeAt(digits.length - 1 - at) - 48;
    const weighed = at % 2 === 0 ? digit : digit * 2;
    sum += weighed > 9 ? weighed - 9 : weighed;
  }
  return sum % 10 === 0;
}

/** The check digits of an IBAN (ISO 13616): moved to the end and read in base 36, it leaves 1 modulo 97. */
export function passesIban(iban: string): boolean {
  let rest = 0;
  for (const character of iban.slice(4) + iban.slice(0, 4)) {
    const value = Number.parseInt(character, 36);
    rest = (rest * (value > 9 ? 100 : 10) + value) % 97;
  }
  return rest === 1;
}
