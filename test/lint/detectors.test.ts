import { describe, expect, it } from 'vitest';
import { findInternal } from '../../src/lint/detectors/addresses.ts';
import { findBlobs } from '../../src/lint/detectors/blobs.ts';
import { crc32, passesIban, passesLuhn } from '../../src/lint/detectors/checksums.ts';
import { findPersonal } from '../../src/lint/detectors/personal.ts';
import { findSecrets, SECRETS } from '../../src/lint/detectors/secrets.ts';
import { findSpecialTokens } from '../../src/lint/detectors/special-tokens.ts';
import { findBidi, findHidden, findMixedScript } from '../../src/lint/detectors/unicode.ts';
import { isLinearPattern } from '../../src/runtime/index.ts';

/** Invented secrets are written in two halves, so that no host's scanner takes them for a find. */
const halves = (...parts: string[]): string => parts.join('');

describe('the secret detectors', () => {
  it.each(SECRETS.map(({ name, pattern }) => [name, pattern] as const))(
    '%s matches in linear time',
    (_name, pattern) => {
      expect({ pattern: pattern.source, isLinear: isLinearPattern(pattern.source) }).toEqual({
        pattern: pattern.source,
        isLinear: true,
      });
    },
  );

  it('have keywords, in lower case', () => {
    for (const { keywords } of SECRETS) {
      expect(keywords.length).toBeGreaterThan(0);
      expect(keywords).toEqual(keywords.map((keyword) => keyword.toLowerCase()));
    }
  });

  it.each([
    ['password', 'The password is Sommer2024!x'],
    ['password', halves('dbPassword="X9k', 'k2lmQ"')],
    ['named key', halves('OPENAI_API_KEY=9dk3mD93', 'kfm2Kdf93kfm2kd9fk')],
    ['named key', halves('Use the API key kbZAUfLdLjgCXs', 'MCDhHy2MhwiwUpiqro to log in')],
    ['named key', halves('aws_secret_access_key = wJalrXUtnFEMI/K7M', 'DENG/bPxRfiCYzT9kQ2LmNo')],
    ['password in an address', halves('mysql://root:Tr0ub', '4dor3@db/orders')],
    ['password in a header', halves('Authorization: Basic YWRtaW46c3', 'VwZXJzZWNyZXQx')],
    ['GitHub token', halves('ghp_', 'gVQWg76p6AfgQ2EOJeZsqSGlBxWoP80RHdbz')],
    ['secret key', halves('sk-', '7Hd93kfmQ20dkf93Kfm2kd9fkA93kdmWq02')],
    [
      'JSON Web Token',
      halves('eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiI5OTg3NyJ9', '.SflKxwRJSMeKKF2QT4fwpMeJf36POk6yJV_adQssw5c'),
    ],
    ['password', halves('Log in as svc with password hwPfp3', 'Iu0gWo#9')],
    ['Perplexity key', halves('pplx-', 'xD6a1FpgISWwlhOUDipQK7wdebmDmxWfcvapqBUsZgDrpx7f')],
    ['Tavily key', halves('tvly-', '9YICHTNhrLrBlfR302eB2ppAu8J1WJKA')],
    ['Pinecone key', halves('pcsk_', 'LuGmKxKEgMril9HGZpYIwX17yNtaFsiPwxugEK4L75TR4DO6s8z7uFZDQCUZuwyq0rm4GS')],
    ['LangSmith key', halves('lsv2_pt_', '32f53b6a63fbfd07afb1df4a48874651_67def91b66')],
    ['Figma token', halves('figd_', 'PC1TQent1m78lLuB9BhlfeBHMMsoQYdE1RdrCzcr')],
    ['New Relic key', halves('NRAK-', 'JUTAGEKUH0RGIS3S12GDCDYYHMU')],
    ['Square secret', halves('sq0csp-', 'KyECx3Lm03NJythZ4Nx46OLnYOB5LS5DkFvCfIDYDl0')],
    ['NVIDIA key', halves('nvapi-', 'Zq8kW2nLx5RtYb7Vc3Hm9Pd4Gs6Jf1Ka0Te8Uo2Ix5Wn7Bq3Cv9Lr4Mz6Hy')],
    ['Sentry token', halves('sntrys_', 'eyJpYXQiOjE3MzI1MjM0NTYuMTIzLCJ1cmwiOiJodHRwczovL25vcmQifQ_k3Wm9Qx7Rt2Vb')],
    [
      'Atlassian token',
      halves('ATATT3', `xFfGF0${'uuchTpjrSnYoYCiccxrFGvS189QRCHbFCF0vrqZu9wWSgCokBHUDA6oussMDh3QCKaGa'.repeat(2)}`),
    ],
    [
      '1Password token',
      halves('ops_', `eyJ${'c0zU5FEQrwg1M1ZcjpBI5EdDmfCKOH6zbASZUPd5eXw3HwRxK0ONXutX2yPM8mdrI'.repeat(4)}`),
    ],
    ['Docker token', halves('dckr_pat_', 'k3Wm9Qx7Rt2Vb5Ln8Zc4Hd6Js1P')],
    ['age key', halves('AGE-SECRET-KEY-1', '5HU2W5F4KR3GU4S2L9CHEDSE0W4VYAAL7NWCXV6FC42CG6A9CRD5WQ52JQ')],
  ])('find a %s', (name, text) => {
    expect(findSecrets(text).map((secret) => secret.name)).toEqual([name]);
  });

  it.each([
    'password: string',
    'password: ********',
    'the password must have 8 characters and a digit',
    'api_key: ${{ secrets.KEY }}',
    'api_key: os.environ["OPENAI_API_KEY"]',
    'token = cancellation_1.CancellationToken.is(params)',
    'maxTokens: 2000',
    'a password resetLink2 and the password policy2026',
    'postgres://app:passwordOfTheApp@db/orders',
    'sk-1234567890abcdef1234567890abcdef',
    halves('ghp_', 'gVQWg76p6AfgQ2EOJeZsqSGlBxWoP80RHdbA'),
    'https://user:password1@example.com/x',
    'idempotency key 123e4567-e89b-12d3-a456-426614174000',
    'Bearer {{token}}',
    'model key: claude-sonnet-4-5-20250929',
    'sha256 e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855',
  ])('are quiet on %s', (text) => {
    expect(findSecrets(text)).toEqual([]);
  });
});

describe('checksums', () => {
  it('agree with the published check values', () => {
    expect(crc32('123456789')).toBe(0xcbf43926);
    expect(['79927398713', '79927398710'].map(passesLuhn)).toEqual([true, false]);
    expect(['GB82WEST12345698765432', 'GB82WEST12345698765423'].map(passesIban)).toEqual([true, false]);
  });
});

describe('internal addresses', () => {
  it.each([
    ['See https://grafana.internal.nordlicht.eu/d/1, please', ['grafana.internal.nordlicht.eu']],
    ['https://intranet.nordlicht.eu/wiki and http://db-1.internal:5432', ['intranet.nordlicht.eu', 'db-1.internal']],
    ['https://wiki.internal.example.com, jdk.internal.misc and https://nordlicht.eu/internal.html', []],
  ])('in %s', (text, hosts) => {
    expect(findInternal(text).map(({ address }) => address)).toEqual(hosts);
  });
});

describe('personal data', () => {
  it.each([
    ['Write to lotte.brandhuber@mailnord.eu.', ['mail address']],
    ['Refund to DE65 7002 0270 0010 1086 02 please', ['bank account']],
    ['billed to 4539 6772 4812 0005', ['card number']],
    ['his number is 536-22-8714', ['social security number']],
    ['jane@example.com, support@nordlicht.eu, icon@2x.png, git@github.com:a/b.git, actions/checkout@v4', []],
    ['4111 1111 1111 1111, order 4000123412341235, 2026-04-03, 123-45-6789', []],
  ])('in %s', (text, kinds) => {
    expect(findPersonal(text).map(({ kind }) => kind)).toEqual(kinds);
  });
});

describe('characters', () => {
  it('that writing needs are no finding', () => {
    const flag = '\u{1f3f4}\u{e0067}\u{e0062}\u{e0065}\u{e006e}\u{e0067}\u{e007f}';
    expect(findHidden(`\ufeff${flag} \u2764\ufe0f 1\ufe0f\u20e3 \u0645\u06cc\u200c\u062e \u05d0\u200f`)).toEqual([]);
    expect(findMixedScript('Т-shirt, α-particles, 5 μm, JSONа в тексте')).toEqual([]);
  });

  it('that hide text are found, one by one', () => {
    expect(findHidden('a\u200bb\u{e0061}\u00ad').map(({ codePoint }) => codePoint)).toEqual([0x200b, 0xe0061, 0xad]);
    expect(findBidi('a\u202eb').map(({ name }) => name)).toEqual(['right-to-left override']);
    expect(findMixedScript('PayP\u0430l').map(({ letter }) => letter)).toEqual(['\u0430']);
  });
});

describe('long texts', () => {
  const detectors = {
    findSecrets,
    findPersonal,
    findHidden,
    findBidi,
    findMixedScript,
    findBlobs,
    findInternal,
    findSpecialTokens,
  };

  /** No detector's answer, in characters, outgrows the text: every place is taken once. */
  it.each([
    'eyJ',
    'key ',
    '://a:b',
    'a@',
    '1234 ',
    'aA1',
    '10.1.2.3 ',
    '<|im_end|>',
    'xoxb-',
    '\u200f',
    '\u{e0061}',
    'аb',
  ])('of %j are covered at most once', (piece) => {
    for (const find of Object.values(detectors)) {
      const covered = (times: number): number =>
        find(piece.repeat(times)).reduce((sum, { start, end }) => sum + end - start, 0);
      expect(covered(400)).toBeLessThanOrEqual(400 * piece.length);
      expect(covered(800)).toBeLessThanOrEqual(2 * covered(400) + piece.length);
    }
  });
});
