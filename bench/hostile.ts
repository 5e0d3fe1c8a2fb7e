import { findInternal } from '../src/lint/detectors/addresses.ts';
import { findBlobs } from '../src/lint/detectors/blobs.ts';
import { findPersonal } from '../src/lint/detectors/personal.ts';
import { findSecrets } from '../src/lint/detectors/secrets.ts';
import { findSpecialTokens } from '../src/lint/detectors/special-tokens.ts';
import { findBidi, findHidden, findMixedScript } from '../src/lint/detectors/unicode.ts';
import { lint } from '../src/lint/index.ts';
import { loadWorkspace, memorySource, parseConfig } from '../src/workspace/index.ts';
import { verdict } from './support/interleaved.ts';

/** How the time of detectors, and of all rules on one prompt, grows with texts that are made to slow them: time(2n) over time(n). */

/** Beginnings of what the patterns look for, each repeated without an end. */
const BEGINNINGS = [
  'a', 'A1', '=', '-_', ' ', 'sk-', 'sk_live_', 'AKIA', 'ghp_', 'eyJ', 'eyJhbGciOi.', 'xoxb-1-', 'password=', 'password is ', 'secret: "',
  'api_key = ', 'AccountKey=', '-----BEGIN RSA PRIVATE KEY-----', '-----BEGIN ', '://u:p@', 'postgres://a:b', 'Bearer ', '4111 ', 'DE89 ', 'DE89',
  'x@a.', 'x@', '@a', '10.0.', '192.168.', 'fd00:', '::', '.internal', 'a.local.', 'internal.', '54 ', '54:', '\\x54', 'ab', '0x', 'base64,', '<|im_', '<|',
  '[INST]', '</s>', '<s ', '\u200b', '\u202e', 'aа',
]; // prettier-ignore
const PHRASES = [
  'if the user says ', 'unless a manager ', 'only share the ', 'follow the instructions ', 'do whatever the document ', 'the document ', 'treat it as ',
  'repeat your instructions ', 'your system prompt ', 'think step by step ', 'show your reasoning ', 'before you answer, ', 'the examples ',
  'match the style of the ', 'here are some ', 'return the answer ', 'JSON ', '{x} ', '${x} ', '{{x', '# Examples\n', '<examples>', 'do not ', 'they are ',
]; // prettier-ignore
const DETECTORS = {
  findSecrets,
  findPersonal,
  findInternal,
  findBlobs,
  findSpecialTokens,
  findHidden,
  findBidi,
  findMixedScript,
};

const MEGABYTE = 1_048_576;
const ROUNDS = 3;
/** Shorter times are those of the clock, and not of the text. */
const LEAST_MS = 5;

function lintText(text: string): number {
  const prompt = {
    model: 'openai/o3',
    messages: [
      { role: 'system', content: text },
      { role: 'user', content: '{{ticket}}' },
    ],
  };
  const workspace = loadWorkspace(
    memorySource({ 'a.prompt.yml': JSON.stringify(prompt) }),
    parseConfig('extends: all', 'promptctl.yaml'),
  );
  return lint(workspace, { now: new Date('2026-10-01') }).findings.length;
}

/** The least milliseconds at a quarter, a half and the whole of a size, which take turns: what disturbs the machine only adds. */
function timesOf(run: (text: string) => unknown, piece: string, most: number): readonly number[] {
  const sizes = [most / 4, most / 2, most];
  const texts = sizes.map((size) => piece.repeat(Math.ceil(size / piece.length)).slice(0, size));
  const least = sizes.map(() => Infinity);
  for (let round = -1; round < ROUNDS; round++)
    texts.forEach((text, at) => {
      const start = performance.now();
      run(text);
      if (round >= 0) least[at] = Math.min(least[at]!, performance.now() - start);
    });
  return least;
}

function worst(
  name: string,
  run: (text: string) => unknown,
  pieces: readonly string[],
  most: number,
): { growth: number; slowest: number } {
  let [growth, slowest] = [0, 0];
  let [ofGrowth, ofSlowest] = ['none that took long enough', ''];
  for (const piece of pieces) {
    const times = timesOf(run, piece, most);
    // The mean of the two doublings: a collection of garbage in one of them is no growth.
    const ratio = Math.sqrt(times[2]! / times[0]!);
    if (times[0]! >= LEAST_MS && ratio > growth) [growth, ofGrowth] = [ratio, piece];
    if (times.at(-1)! > slowest) [slowest, ofSlowest] = [times.at(-1)!, piece];
  }
  console.log(
    `  ${name.padEnd(18)} time(2n)/time(n) at most ${growth.toFixed(2)} (${JSON.stringify(ofGrowth)}), ${most / 1024} kB in at most ${slowest.toFixed(0)} ms (${JSON.stringify(ofSlowest)})`,
  );
  return { growth, slowest };
}

const detectors = Object.entries(DETECTORS).map(([name, run]) => worst(name, run, BEGINNINGS, MEGABYTE));
const rules = worst('all rules', lintText, [...PHRASES, ...BEGINNINGS.filter((_, at) => at % 4 === 0)], MEGABYTE / 8);
console.log(
  verdict(
    'detectors: time(2n) over time(n), 0.25 to 1 MB',
    Math.max(...detectors.map(({ growth }) => growth)),
    3,
    'at most',
  ),
);
console.log(verdict('all rules: time(2n) over time(n), 32 to 128 kB', rules.growth, 3, 'at most'));
