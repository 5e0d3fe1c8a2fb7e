const CLOSERS = /<(?=\/?data-)/gi;
const NONCE = /^[0-9a-f]{16}$/;
const HEX = Array.from({ length: 256 }, (_, byte) => byte.toString(16).padStart(2, '0'));
const POOL_BYTES = 1024;

let pool = new Uint8Array(0);
let used = 0;

/**
 * Puts a value between `<data-NONCE name="...">` and `</data-NONCE>`. Whatever in the value could open or close a fence,
 * in any case, has its `<` written `&lt;`; nothing else is touched.
 */
export function fenced(text: string, name: string, nonce: string): string {
  return `<data-${nonce} name="${name}">\n${neutralised(text)}\n</data-${nonce}>`;
}

function neutralised(text: string): string {
  return text.includes('<') ? text.replace(CLOSERS, '&lt;') : text;
}

export function isNonce(text: string): boolean {
  return NONCE.test(text);
}

/** 16 hex digits from a pool of random bytes, refilled as it runs out: a call to the random source for every fence is felt. */
export function randomNonce(): string {
  if (used + 8 > pool.length) {
    pool = crypto.getRandomValues(new Uint8Array(POOL_BYTES));
    used = 0;
  }
  let nonce = '';
  for (const end = used + 8; used < end; used++) nonce += HEX[pool[used]!];
  return nonce;
}
