import { createHash } from 'node:crypto';

/**
 * SHA-256 of the .tiktoken files, as tiktoken_ext/openai_public.py expects them
 * (https://github.com/openai/tiktoken).
 */
const EXPECTED_SHA256: Readonly<Record<string, string>> = {
  o200k_base: '446a9538cb6c348e3516120d7c08b09f57c36495e2acfffe59a5bf8b0cfb1a2d',
  cl100k_base: '223921b76ee99bde995b7ff738513eef100fb51d18c93597a113bcffe865b2a7',
  p50k_base: '94b5ca7dff4d00767bc256fdd1b27e5b17361d7b8a5f968547f9f23eb70d2069',
  r50k_base: '306cd27f03c1a714eca7108e03d66b7dc042abe8c258b44c199a7ed9838dd930',
};

/**
 * The tokens of an encoding by rank, each a string of one character a byte; a rank that no token has is a hole. js-tiktoken writes them as lines of
 * `! <first rank> <base64> <base64> ...`; the original file is rebuilt from that and its hash checked.
 */
export async function readRanks(name: string): Promise<(string | undefined)[]> {
  const { default: file } = (await import(`js-tiktoken/ranks/${name}`)) as { default: { bpe_ranks: string } };
  const base64: (string | undefined)[] = [];
  for (const line of file.bpe_ranks.split('\n').filter((line) => line !== '')) {
    const [, first, ...tokens] = line.split(' ');
    tokens.forEach((token, index) => {
      base64[Number(first) + index] = token;
    });
  }
  let original = '';
  for (const [rank, token] of base64.entries()) {
    if (token !== undefined) original += `${token} ${rank}\n`;
  }
  const sha256 = createHash('sha256').update(original).digest('hex');
  if (sha256 !== EXPECTED_SHA256[name]) throw new Error(`${name}: ranks hash to ${sha256}`);
  return Array.from(base64, (token) => token && Buffer.from(token, 'base64').toString('latin1'));
}
