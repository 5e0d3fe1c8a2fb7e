import {
  ARABIC,
  CHINESE,
  EMOJI,
  ENGLISH,
  JAPANESE_NOUNS,
  JAPANESE_PARTICLES,
  JAPANESE_VERBS,
  NAMES,
  PREFIXES,
  SUFFIXES,
} from './words.ts';

/** Composes sample text of a kind, the same for the same seed. */
export type TextMaker = (random: Random, bytes: number) => string;

/** Seeded numbers (mulberry32) and draws from lists. */
export class Random {
  private state: number;

  constructor(seed: number) {
    this.state = seed;
  }

  below(limit: number): number {
    this.state = (this.state + 0x6d2b79f5) | 0;
    let word = Math.imul(this.state ^ (this.state >>> 15), 1 | this.state);
    word = (word + Math.imul(word ^ (word >>> 7), 61 | word)) ^ word;
    return ((word ^ (word >>> 14)) >>> 0) % limit;
  }

  pick<T>(list: readonly T[]): T {
    return list[this.below(list.length)]!;
  }

  /** Draws by rank, roughly as Zipf's law has it. */
  word(list: readonly string[]): string {
    return list[Math.floor(list.length ** (this.below(1 << 20) / (1 << 20))) - 1]!;
  }

  between(low: number, high: number): number {
    return low + this.below(high - low + 1);
  }

  chance(percent: number): boolean {
    return this.below(100) < percent;
  }
}

/** The kinds of text that the bounds name. */
export const TEXTS: Readonly<Record<string, TextMaker>> = {
  English: (random, bytes) => fill(bytes, () => paragraph(random)),
  code: (random, bytes) => fill(bytes, () => codeFunction(random)),
  JSON: (random, bytes) => `[\n${fill(bytes, () => `${jsonRecord(random)},\n`)}null]`,
  Arabic: (random, bytes) => fill(bytes, () => arabicSentence(random)),
  Chinese: (random, bytes) => fill(bytes, () => chineseSentence(random)),
  Japanese: (random, bytes) => fill(bytes, () => japaneseSentence(random)),
  emoji: (random, bytes) => fill(bytes, () => emojiMessage(random)),
};

/** Labels, chat lines and queries of 5 to 80 characters, laid out in memory as parsing JSON leaves them. */
export function shortStrings(random: Random, count: number): string[] {
  const strings = Array.from({ length: count }, () => {
    if (random.chance(25)) return capital(englishWord(random));
    if (random.chance(10)) return chineseSentence(random).slice(0, 12);
    return englishSentence(random, random.between(2, 14));
  });
  return JSON.parse(JSON.stringify(strings)) as string[];
}

function fill(bytes: number, next: () => string): string {
  const parts: string[] = [];
  for (let size = 0; size < bytes;) {
    const part = next();
    parts.push(part);
    size += Buffer.byteLength(part);
  }
  return parts.join('');
}

function englishWord(random: Random): string {
  let word = random.word(ENGLISH);
  if (word.length > 3 && random.chance(22)) word += random.word(SUFFIXES);
  if (word.length > 3 && random.chance(4)) word = random.word(PREFIXES) + word;
  return word;
}

function englishSentence(random: Random, length: number): string {
  let sentence = capital(englishWord(random));
  for (let index = 1; index < length; index++) {
    if (random.chance(8)) sentence += ',';
    sentence += ' ';
    const kind = random.below(100);
    if (kind < 3) sentence += random.pick(NAMES);
    else if (kind < 5) sentence += random.below(3000);
    else if (kind < 7) sentence += random.pick(["don't", "it's", "we've", "they'll", "I'm"]);
    else sentence += englishWord(random);
  }
  return sentence + random.pick(['.', '.', '.', '.', '?', '!', ' (see below).', '; however,']);
}

function paragraph(random: Random): string {
  const sentences = Array.from({ length: random.between(2, 7) }, () => englishSentence(random, random.between(5, 24)));
  return `${sentences.join(' ')}\n\n`;
}

function identifier(random: Random): string {
  const parts = Array.from({ length: random.between(1, 3) }, () => englishWord(random));
  if (random.chance(15)) return parts.join('_');
  return parts.map((part, index) => (index === 0 ? part : capital(part))).join('');
}

function expression(random: Random): string {
  const left = identifier(random);
  switch (random.below(7)) {
    case 0:
      return `${left}.${identifier(random)}(${identifier(random)})`;
    case 1:
      return `${left} ${random.pick(['+', '-', '*', '===', '!==', '<=', '&&', '||', '??'])} ${identifier(random)}`;
    case 2:
      return `${left}[${random.below(100)}]`;
    case 3:
      return `'${englishWord(random)} ${englishWord(random)}'`;
    case 4:
      return `await ${left}({ ${identifier(random)}: ${random.below(5000)}, ${identifier(random)} })`;
    case 5:
      return `new ${capital(left)}<${capital(identifier(random))}>()`;
    default:
      return `0x${random.below(1 << 24).toString(16)}`;
  }
}

function codeFunction(random: Random): string {
  const lines = [`/** ${englishSentence(random, random.between(4, 12))} */`];
  const type = random.pick(['string', 'number', 'boolean', 'readonly string[]', 'unknown']);
  lines.push(`export function ${identifier(random)}(${identifier(random)}: ${type}): void {`);
  for (let count = random.between(2, 12); count > 0; count--) {
    const statement = `${random.pick(['const', 'let'])} ${identifier(random)} = ${expression(random)};`;
    if (random.chance(20)) {
      lines.push(`  if (${expression(random)}) {`, `    return ${expression(random)};`, '  }');
    } else if (random.chance(12)) {
      lines.push(`  // ${englishSentence(random, 6)}`, `  ${statement}`);
    } else {
      lines.push(`  ${statement}`);
    }
  }
  return `${lines.join('\n')}\n}\n\n`;
}

function jsonRecord(random: Random): string {
  const hex = (length: number): string => Array.from({ length }, () => random.below(16).toString(16)).join('');
  const record = {
    id: `${hex(8)}-${hex(4)}-${hex(4)}-${hex(12)}`,
    createdAt: `20${random.between(10, 26)}-0${random.between(1, 9)}-${random.between(10, 28)}T12:${random.between(10, 59)}:00Z`,
    [identifier(random)]: random.below(1_000_000) / 100,
    [identifier(random)]: englishSentence(random, random.between(2, 12)),
    customer: {
      name: `${random.pick(NAMES)} ${random.pick(NAMES)}`,
      active: random.chance(50),
      score: random.below(1000),
    },
    tags: Array.from({ length: random.between(0, 5) }, () => englishWord(random)),
    url: `https://api.example.com/v${random.between(1, 3)}/${englishWord(random)}/${random.below(100_000)}?page=${random.below(50)}`,
  };
  return random.chance(50) ? JSON.stringify(record) : JSON.stringify(record, null, 2);
}

function arabicSentence(random: Random): string {
  const words = Array.from({ length: random.between(4, 16) }, () => {
    const word = random.word(ARABIC);
    if (word.length < 4) return word;
    const start = random.chance(20) ? random.pick(['و', 'ب', 'ل', 'ف']) : '';
    const end = random.chance(15) ? random.pick(['ها', 'هم', 'نا', 'ات', 'ين']) : '';
    return start + word + end;
  });
  return words.join(' ') + random.pick(['. ', '. ', '، ', '؟ ', '.\n']);
}

function chineseSentence(random: Random): string {
  let sentence = '';
  for (let clauses = random.between(1, 4); clauses > 0; clauses--) {
    for (let count = random.between(2, 9); count > 0; count--) sentence += random.word(CHINESE);
    if (random.chance(5)) sentence += random.below(2030);
    if (clauses > 1) sentence += random.pick(['，', '，', '、', '；']);
  }
  return sentence + random.pick(['。', '。', '。', '！', '？', '。\n']);
}

function japaneseSentence(random: Random): string {
  let sentence = '';
  for (let count = random.between(1, 5); count > 0; count--) {
    sentence += random.word(JAPANESE_NOUNS) + random.word(JAPANESE_PARTICLES);
    if (random.chance(15)) sentence += '、';
  }
  return sentence + random.pick(JAPANESE_VERBS) + random.pick(['。', '。', '。', '？', '。\n']);
}

function emojiMessage(random: Random): string {
  let message = '';
  for (let count = random.between(1, 4); count > 0; count--) {
    if (random.chance(40)) message += `${englishWord(random)} `;
    for (let run = random.between(1, 5); run > 0; run--) message += random.word(EMOJI);
    message += ' ';
  }
  return `${message}\n`;
}

function capital(word: string): string {
  return word.charAt(0).toUpperCase() + word.slice(1);
}

/** Text in many scripts of words that are none, to warm code without filling caches with the words to come. */
export function strangeText(random: Random, bytes: number): string {
  const letters = [
    [0x61, 0x7a],
    [0x61, 0x7a],
    [0x41, 0x5a],
    [0x30, 0x39],
    [0x21, 0x2f],
    [0x0621, 0x064a],
    [0x4e00, 0x9fa5],
    [0x3041, 0x30fe],
    [0x1f600, 0x1f64f],
  ] as const;
  return fill(bytes, () => {
    const [low, high] = random.pick(letters);
    let word = '';
    for (let length = random.between(1, 9); length > 0; length--)
      word += String.fromCodePoint(random.between(low, high));
    return (
      word + random.pick([' ', ' ', ' ', ' ', ', ', '.\n', "'s ", "'ll ", '  ', '\r\n\n', ' // ', '/\n', '({', '\t'])
    );
  });
}
