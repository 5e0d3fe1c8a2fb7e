import { Buffer } from 'node:buffer';
import { endsWithCrc32 } from './checksums.ts';
import { changesOfKind, entropy, isStandIn } from './randomness.ts';

/** One kind of secret: what it is called, what has to stand in a text before it is looked for, and its shape. */
export interface SecretDetector {
  readonly name: string;
  /** In lower case; the pattern runs only on texts that hold one of them. */
  readonly keywords: readonly string[];
  /** Linear on any text: begins with fixed characters and ends with one greedy run. */
  readonly pattern: RegExp;
  /** True where the word that announces the value may end a longer one: `dbPassword`. */
  readonly mayEndWord?: true;
  /** Judges a match: length, checksum, entropy. What is absent is judged by entropy alone. */
  accepts?(found: RegExpExecArray, text: string): boolean;
}

export interface FoundSecret {
  readonly name: string;
  readonly start: number;
  readonly end: number;
}

const isRandom = (value: string, bits = 3): boolean => entropy(value) >= bits && !isStandIn(value);
const tail = (found: RegExpExecArray): string => found[1]!;
const ofLength =
  (least: number, most = least, bits = 3) =>
  (found: RegExpExecArray): boolean =>
    tail(found).length >= least && tail(found).length <= most && isRandom(tail(found), bits);

/**
 * Shapes of credentials, from their makers' pages. A token with a checksum must pass it: one that fails is no token.
 * Digests, identifiers and test keys are none.
 */
export const SECRETS: readonly SecretDetector[] = [
  {
    name: 'AWS access key',
    keywords: ['akia', 'asia', 'abia', 'acca'],
    pattern: /A(?:KI|SI|BI|CC)A([A-Z0-9]+)/g,
    accepts: ofLength(16),
  },
  {
    name: 'GitHub token',
    keywords: ['ghp_', 'gho_', 'ghu_', 'ghs_', 'ghr_'],
    pattern: /gh[pousr]_([A-Za-z0-9]+)/g,
    accepts: (found) => tail(found).length === 36 && endsWithCrc32(tail(found)),
  },
  {
    name: 'GitHub fine-grained token',
    keywords: ['github_pat_'],
    pattern: /github_pat_(\w+)/g,
    accepts: ofLength(70, 90, 4),
  },
  {
    name: 'GitLab token',
    keywords: ['glpat-', 'gldt-', 'glrt-'],
    pattern: /gl(?:pat|dt|rt)-([\w-]+)/g,
    accepts: ofLength(20, 60),
  },
  {
    name: 'npm token',
    keywords: ['npm_'],
    pattern: /npm_([A-Za-z0-9]+)/g,
    accepts: (found) => tail(found).length === 36 && endsWithCrc32(tail(found)),
  },
  {
    name: 'PyPI token',
    keywords: ['pypi-ageichlwas5vcmc'],
    pattern: /pypi-AgEIcHlwaS5vcmc([\w-]+)/g,
    accepts: ofLength(50, 400),
  },
  {
    name: 'Anthropic key',
    keywords: ['sk-ant-'],
    pattern: /sk-ant-((?:api|admin|oat|sid)\d\d-[\w-]+)/g,
    accepts: ofLength(60, 200, 4),
  },
  { name: 'OpenRouter key', keywords: ['sk-or-v1-'], pattern: /sk-or-v1-([0-9a-f]+)/g, accepts: ofLength(64) },
  {
    name: 'OpenAI key',
    keywords: ['sk-proj-', 'sk-svcacct-', 'sk-admin-'],
    pattern: /sk-(?:proj|svcacct|admin)-([\w-]+)/g,
    accepts: ofLength(40, 220, 4),
  },
  {
    name: 'secret key',
    keywords: ['sk-'],
    pattern: /sk-([A-Za-z0-9]+)/g,
    accepts: (found) => tail(found).length >= 20 && isRandom(tail(found), 3.5) && changesOfKind(tail(found)) >= 6,
  },
  { name: 'Google API key', keywords: ['aiza'], pattern: /AIza([\w-]+)/g, accepts: ofLength(35, 35, 3.5) },
  { name: 'Google client secret', keywords: ['gocspx-'], pattern: /GOCSPX-([\w-]+)/g, accepts: ofLength(28) },
  { name: 'Google access token', keywords: ['ya29.'], pattern: /ya29\.([\w-]+)/g, accepts: ofLength(30, 400) },
  {
    name: 'Slack token',
    keywords: ['xoxa-', 'xoxb-', 'xoxe-', 'xoxp-', 'xoxr-', 'xoxs-', 'xapp-'],
    pattern: /x(?:ox[abeprs]|app)-([A-Za-z0-9-]+)/g,
    accepts: ofLength(24, 250),
  },
  {
    name: 'Slack webhook',
    keywords: ['hooks.slack.com/services/'],
    pattern: /hooks\.slack\.com\/services\/(T[A-Za-z0-9/]+)/g,
    accepts: ofLength(36, 60),
  },
  {
    name: 'Discord webhook',
    keywords: ['/api/webhooks/'],
    pattern: /discord(?:app)?\.com\/api\/webhooks\/([\w/-]+)/g,
    accepts: ofLength(70, 110),
  },
  {
    name: 'Stripe key',
    keywords: ['sk_live_', 'rk_live_'],
    pattern: /[rs]k_live_([A-Za-z0-9]+)/g,
    accepts: ofLength(16, 250),
  },
  {
    name: 'Stripe webhook secret',
    keywords: ['whsec_'],
    pattern: /whsec_([A-Za-z0-9+/=]+)/g,
    accepts: ofLength(24, 80),
  },
  { name: 'Hugging Face token', keywords: ['hf_'], pattern: /hf_([A-Za-z0-9]+)/g, accepts: ofLength(30, 40, 4) },
  {
    name: 'SendGrid key',
    keywords: ['sg.'],
    pattern: /SG\.([\w.-]+)/g,
    accepts: (found) => /^[\w-]{22}\.[\w-]{43}$/.test(tail(found)) && isRandom(tail(found), 4),
  },
  {
    name: 'DigitalOcean token',
    keywords: ['dop_v1_', 'doo_v1_', 'dor_v1_'],
    pattern: /do[opr]_v1_([0-9a-f]+)/g,
    accepts: ofLength(64),
  },
  {
    name: 'Shopify token',
    keywords: ['shpat_', 'shpca_', 'shppa_', 'shpss_'],
    pattern: /shp(?:at|ca|pa|ss)_([0-9A-Fa-f]+)/g,
    accepts: ofLength(32),
  },
  { name: 'Databricks token', keywords: ['dapi'], pattern: /dapi([0-9a-f]+)/g, accepts: ofLength(32) },
  { name: 'Replicate token', keywords: ['r8_'], pattern: /r8_([A-Za-z0-9]+)/g, accepts: ofLength(37, 40, 4) },
  { name: 'Groq key', keywords: ['gsk_'], pattern: /gsk_([A-Za-z0-9]+)/g, accepts: ofLength(40, 64, 4) },
  { name: 'xAI key', keywords: ['xai-'], pattern: /xai-([A-Za-z0-9]+)/g, accepts: ofLength(60, 100, 4) },
  { name: 'Vault token', keywords: ['hvs.', 'hvb.'], pattern: /hv[bs]\.([\w-]+)/g, accepts: ofLength(24, 300, 3.5) },
  { name: 'Linear key', keywords: ['lin_api_'], pattern: /lin_api_([A-Za-z0-9]+)/g, accepts: ofLength(40) },
  { name: 'Notion token', keywords: ['ntn_'], pattern: /ntn_([A-Za-z0-9]+)/g, accepts: ofLength(40, 60, 4) },
  { name: 'Perplexity key', keywords: ['pplx-'], pattern: /pplx-([A-Za-z0-9]+)/g, accepts: ofLength(40, 64, 4) },
  { name: 'Tavily key', keywords: ['tvly-'], pattern: /tvly-([\w-]+)/g, accepts: ofLength(28, 64, 3.5) },
  { name: 'Pinecone key', keywords: ['pcsk_'], pattern: /pcsk_(\w+)/g, accepts: ofLength(50, 90, 4) },
  { name: 'LangSmith key', keywords: ['lsv2_'], pattern: /lsv2_(?:pt|sk)_(\w+)/g, accepts: ofLength(40, 60) },
  { name: 'NVIDIA key', keywords: ['nvapi-'], pattern: /nvapi-([\w-]+)/g, accepts: ofLength(50, 90, 4) },
  { name: 'Figma token', keywords: ['figd_'], pattern: /figd_([\w-]+)/g, accepts: ofLength(38, 60, 4) },
  { name: 'Sentry token', keywords: ['sntrys_'], pattern: /sntrys_(eyJ[\w+/=-]+)/g, accepts: ofLength(60, 400, 4) },
  { name: 'New Relic key', keywords: ['nrak-'], pattern: /NRAK-([A-Z0-9]+)/g, accepts: ofLength(27) },
  {
    name: 'Square secret',
    keywords: ['sq0csp-', 'sq0atp-'],
    pattern: /sq0(?:csp|atp)-([\w-]+)/g,
    accepts: ofLength(22, 60),
  },
  { name: 'Atlassian token', keywords: ['atatt3'], pattern: /ATATT3([\w=+/-]+)/g, accepts: ofLength(100, 260, 4) },
  { name: '1Password token', keywords: ['ops_eyj'], pattern: /ops_(eyJ[\w+/=-]+)/g, accepts: ofLength(200, 2000, 4) },
  { name: 'Docker token', keywords: ['dckr_pat_'], pattern: /dckr_pat_([\w-]+)/g, accepts: ofLength(27, 40, 3.5) },
  { name: 'age key', keywords: ['age-secret-key-1'], pattern: /AGE-SECRET-KEY-1([A-Z0-9]+)/g, accepts: ofLength(58) },
  {
    name: 'Telegram bot token',
    keywords: [':aa'],
    pattern: /:(AA[\w-]+)/g,
    accepts: (found, text) =>
      tail(found).length === 35 &&
      /(?:^|\D)\d{8,10}$/.test(text.slice(Math.max(0, found.index - 11), found.index)) &&
      isRandom(tail(found), 3.5),
  },
  {
    name: 'Azure storage key',
    keywords: ['accountkey='],
    pattern: /AccountKey=([A-Za-z0-9+/=]+)/gi,
    accepts: ofLength(80, 100, 4),
  },
  {
    name: 'JSON Web Token',
    keywords: ['eyj'],
    pattern: /(eyJ[\w.-]+)/g,
    accepts: (found) => isToken(tail(found)),
  },
  {
    name: 'private key',
    keywords: ['private key'],
    pattern: /-----BEGIN [A-Z -]+/g,
    accepts: hasKeyBody,
  },
  {
    name: 'password in an address',
    keywords: ['://'],
    pattern: /:\/\/([^\s/"'`<>]+)/g,
    accepts: (found) => {
      const [, password = '', host = ''] = /^[^:@]*:([^@]+)@(.*)$/.exec(tail(found)) ?? [];
      return isPassword(password) && !/(?:^|\.)example(?:\.|:|$)/.test(host);
    },
  },
  {
    name: 'bearer token',
    keywords: ['bearer '],
    pattern: /bearer ([\w.~+/=-]+)/gi,
    accepts: (found) => tail(found).length >= 16 && isKey(tail(found)),
  },
  {
    name: 'password in a header',
    keywords: ['basic '],
    pattern: /authorization: basic ([A-Za-z0-9+/=]+)/gi,
    accepts: (found) => isCredentials(tail(found)),
  },
  {
    name: 'named key',
    keywords: ['key', 'token', 'secret', 'credential'],
    mayEndWord: true,
    pattern: /(?:key|token|secret|credential)["'`]?(?: is |[:=]=? ?| [:=]?=? ?)["'`]?([\w+/.~-]+)/gi,
    accepts: isNamedKey,
  },
  {
    name: 'password',
    keywords: ['password', 'passwd', 'pwd', 'passphrase'],
    mayEndWord: true,
    pattern: /(?:pass(?:word|wd|phrase)|pwd)["'`]? ?(?:is|[:=]=?) ?["'`]?([^\s"'`,;<>(){}$]+)/gi,
    accepts: (found) => isPassword(tail(found)),
  },
  {
    name: 'password',
    keywords: ['password ', 'passphrase '],
    mayEndWord: true,
    pattern: /pass(?:word|phrase) ["'`]?([^\s"'`,;<>(){}$]+)/gi,
    // Without a word between, only a jumble is one: `password 2FA` and `password reset1` are none.
    accepts: (found) => isPassword(tail(found)) && changesOfKind(tail(found)) >= 4,
  },
];

/** A key as services make them: letters and digits in a jumble, no path, no identifier of a program. */
function isKey(value: string): boolean {
  return /[A-Za-z]/.test(value) && /\d/.test(value) && changesOfKind(value) >= 5 && !isUuid(value) && isRandom(value);
}

/** Words that make a key one of a service: a `key` alone may be of a keyboard or a map. */
const OF_SERVICE =
  /(?:api|access|auth|secret|private|client|account|signing|encryption|master|service|license|subscription|admin|webhook|app|bot|deploy|session|refresh)[_ -]?$/i;

function isNamedKey(found: RegExpExecArray, text: string): boolean {
  const value = tail(found);
  // What a bracket follows is a function of some program.
  if (value.length < 16 || !isKey(value) || text[found.index + found[0].length] === '(') return false;
  if (OF_SERVICE.test(text.slice(Math.max(0, found.index - 14), found.index))) return true;
  return value.length >= 20 && !/^key/i.test(found[0]) && /^\w+["'`]? ?(?:[:=]|is )/.test(found[0]);
}

function isUuid(value: string): boolean {
  return /^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i.test(value);
}

/** At least eight characters with letters and digits. Words of a schema or a sentence have no digits. */
function isPassword(value: string): boolean {
  const bare = value.replace(/[.!?:]+$/, '');
  return (
    bare.length >= 8 &&
    bare.length <= 128 &&
    /[A-Za-z]/.test(bare) &&
    /\d/.test(bare) &&
    !isStandIn(bare) &&
    entropy(bare) >= 2.5
  );
}

/** Whether the head of a token is JSON that names an algorithm; the sample token of the standard's own pages is none. */
function isToken(token: string): boolean {
  const [head = '', body = '', signature = ''] = token.split('.');
  if (!body.startsWith('eyJ') || signature.length < 16) return false;
  return decoded(head).includes('"alg"') && !/"John Doe"|"example/i.test(decoded(body));
}

function isCredentials(base64: string): boolean {
  const text = decoded(base64);
  return (
    /^[\x20-\x7e]+:[\x20-\x7e]{4,}$/.test(text) && !isStandIn(text) && !/^(?:user|username|admin):pass/i.test(text)
  );
}

function decoded(base64: string): string {
  return Buffer.from(base64, 'base64').toString('utf8');
}

/** Whether key material follows the heading: a heading alone, or with dots, only talks about keys. */
function hasKeyBody(found: RegExpExecArray, text: string): boolean {
  if (!/PRIVATE KEY(?: BLOCK)?-{5}$/.test(found[0])) return false;
  const from = found.index + found[0].length;
  const body = text
    .slice(from, from + 400)
    .split('-----END', 1)[0]!
    .replaceAll(/\\n|\\r|\s/g, '');
  return body.length >= 40 && /^[A-Za-z0-9+/=:,-]{40}/.test(body) && isRandom(body.slice(0, 200), 3.5);
}

const PART_OF_WORD = /[A-Za-z0-9]/;

/**
 * Every secret in a text, in order, none inside another. The first detector that knows a place names it: those with a shape of their
 * own stand before those that go by the words around.
 */
export function findSecrets(text: string): readonly FoundSecret[] {
  const lower = text.toLowerCase();
  const found: FoundSecret[] = [];
  for (const { name, keywords, pattern, mayEndWord, accepts } of SECRETS) {
    if (!keywords.some((keyword) => lower.includes(keyword))) continue;
    for (const match of text.matchAll(pattern)) {
      const before = match.index === 0 ? '' : text[match.index - 1]!;
      if (!mayEndWord && PART_OF_WORD.test(before) && PART_OF_WORD.test(match[0][0]!)) continue;
      if (accepts && !accepts(match, text)) continue;
      const value = match[1] ?? match[0];
      const end = match.index + match[0].length;
      const start = keywordless(match) ? match.index : end - value.length;
      if (found.some((other) => start < other.end && other.start < end)) continue;
      found.push({ name, start, end });
    }
  }
  return found.sort((a, b) => a.start - b.start);
}

/** A token's prefix is part of it; the word before a named key is not. */
function keywordless(match: RegExpExecArray): boolean {
  return !/[\s:="'`]/.test(match[0]) || match[0].startsWith('-----');
}
