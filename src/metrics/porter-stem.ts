import { requireText } from './check.ts';

/** `nltk` is what ROUGE and METEOR use; `original` is Porter's paper; `martin` is the author's later C program. */
export type PorterMode = 'nltk' | 'original' | 'martin';

interface Rule {
  readonly suffix: string;
  readonly replacement: string;
  readonly applies: (stem: string) => boolean;
}

const IRREGULAR: ReadonlyMap<string, string> = new Map([
  ['sky', 'sky'],
  ['skies', 'sky'],
  ['dying', 'die'],
  ['lying', 'lie'],
  ['tying', 'tie'],
  ['news', 'news'],
  ['innings', 'inning'],
  ['inning', 'inning'],
  ['outings', 'outing'],
  ['outing', 'outing'],
  ['cannings', 'canning'],
  ['canning', 'canning'],
  ['howe', 'howe'],
  ['proceed', 'proceed'],
  ['exceed', 'exceed'],
  ['succeed', 'succeed'],
]);

// Letters as C and V: y is a vowel after a consonant, and everything that isn't a vowel is a consonant, digits too.
function shape(word: string): string {
  let letters = '';
  let isVowel = true;
  for (const letter of word) {
    isVowel = 'aeiou'.includes(letter) || (letter === 'y' && !isVowel);
    letters += isVowel ? 'V' : 'C';
  }
  return letters;
}

/** Porter's m: how many times a vowel is followed by a consonant. */
const measure = (stem: string): number => shape(stem).split('VC').length - 1;
const hasVowel = (stem: string): boolean => shape(stem).includes('V');
const isMeasured = (stem: string): boolean => measure(stem) > 0;
const isLong = (stem: string): boolean => measure(stem) > 1;
const endsDouble = (word: string): boolean =>
  word.length >= 2 && word.at(-1) === word.at(-2) && shape(word).endsWith('C');

function endsShort(word: string, mode: PorterMode): boolean {
  const letters = shape(word);
  if (letters.endsWith('CVC') && !'wxy'.includes(word.at(-1)!)) return true;
  return mode === 'nltk' && letters === 'VC';
}

const cut = (word: string, count: number): string => word.slice(0, word.length - count);

/** The first rule whose suffix fits decides, whether its condition holds or not. */
function applyFirst(word: string, rules: readonly Rule[]): string {
  const rule = rules.find(({ suffix }) => word.endsWith(suffix));
  if (!rule) return word;
  const stem = cut(word, rule.suffix.length);
  return rule.applies(stem) ? stem + rule.replacement : word;
}

function rulesOf(table: string, applies: (stem: string) => boolean): Rule[] {
  return table.split(' ').map((entry) => {
    const [suffix = '', replacement = ''] = entry.split('>');
    return { suffix, replacement, applies };
  });
}

interface Steps {
  readonly plurals: readonly Rule[];
  readonly step2: { readonly [mode in PorterMode]: readonly Rule[] };
  readonly step3: readonly Rule[];
  readonly step4: readonly Rule[];
}

// One call marked pure, so that a bundle without the stemmer drops its tables.
const STEPS: Steps = /* @__PURE__ */ buildSteps();

function buildSteps(): Steps {
  const step2 = rulesOf(
    'ational>ate tional>tion enci>ence anci>ance izer>ize abli>able bli>ble alli>al entli>ent eli>e ousli>ous ization>ize ' +
      'ation>ate ator>ate alism>al iveness>ive fulness>ful ousness>ous aliti>al iviti>ive biliti>ble',
    isMeasured,
  );
  const later = step2.filter(({ suffix }) => suffix !== 'abli');
  return {
    plurals: rulesOf('sses>ss ies>i ss>ss s>', () => true),
    step2: {
      original: step2.filter(({ suffix }) => suffix !== 'bli'),
      martin: [...later, ...rulesOf('logi>log', isMeasured)],
      // nltk leaves the l of -logi with the stem, so that "geologi" is long enough.
      nltk: [...later, ...rulesOf('fulli>ful', isMeasured), ...rulesOf('logi>log', (stem) => isMeasured(`${stem}l`))],
    },
    step3: rulesOf('icate>ic ative> alize>al iciti>ic ical>ic ful> ness>', isMeasured),
    step4: [
      ...rulesOf('al> ance> ence> er> ic> able> ible> ant> ement> ment> ent>', isLong),
      ...rulesOf('ion>', (stem) => isLong(stem) && /[st]$/.test(stem)),
      ...rulesOf('ou> ism> ate> iti> ous> ive> ize>', isLong),
    ],
  };
}

/**
 * The stem of a word by Porter's algorithm (Porter 1980), lowercased, in nltk's extended mode unless told otherwise.
 *
 * @example porterStem('Relational'); // 'relat'
 */
export function porterStem(word: string, options: { readonly mode?: PorterMode } = {}): string {
  requireText(word, 'word');
  const { mode = 'nltk' } = options;
  const lower = word.toLowerCase();
  const irregular = mode === 'nltk' ? IRREGULAR.get(lower) : undefined;
  if (irregular !== undefined) return irregular;
  if (mode !== 'original' && Array.from(word).length <= 2) return lower;
  let stem = stripPlural(lower, mode);
  stem = stripPast(stem, mode);
  stem = yToI(stem, mode);
  stem = shortenSuffix(stem, mode);
  stem = applyFirst(stem, STEPS.step3);
  stem = applyFirst(stem, STEPS.step4);
  stem = dropFinalE(stem, mode);
  return stem.endsWith('ll') && isLong(cut(stem, 1)) ? cut(stem, 1) : stem;
}

function stripPlural(word: string, mode: PorterMode): string {
  if (mode === 'nltk' && word.length === 4 && word.endsWith('ies')) return cut(word, 1);
  return applyFirst(word, STEPS.plurals);
}

function stripPast(word: string, mode: PorterMode): string {
  if (mode === 'nltk' && word.endsWith('ied')) return word.length === 4 ? cut(word, 1) : cut(word, 2);
  if (word.endsWith('eed')) return isMeasured(cut(word, 3)) ? cut(word, 1) : word;
  const suffix = ['ed', 'ing'].find((ending) => word.endsWith(ending) && hasVowel(cut(word, ending.length)));
  if (suffix === undefined) return word;
  const stem = cut(word, suffix.length);
  if (/(?:at|bl|iz)$/.test(stem)) return `${stem}e`;
  if (endsDouble(stem)) return /[lsz]$/.test(stem) ? stem : cut(stem, 1);
  return measure(stem) === 1 && endsShort(stem, mode) ? `${stem}e` : stem;
}

function yToI(word: string, mode: PorterMode): string {
  if (!word.endsWith('y')) return word;
  const stem = cut(word, 1);
  const applies = mode === 'nltk' ? stem.length > 1 && shape(stem).endsWith('C') : hasVowel(stem);
  return applies ? `${stem}i` : word;
}

function shortenSuffix(word: string, mode: PorterMode): string {
  // nltk tries -alli first and runs the step again on what is left, where the paper stops.
  if (mode === 'nltk' && word.endsWith('alli') && isMeasured(cut(word, 4))) return shortenSuffix(cut(word, 2), mode);
  return applyFirst(word, STEPS.step2[mode]);
}

function dropFinalE(word: string, mode: PorterMode): string {
  if (!word.endsWith('e')) return word;
  const stem = cut(word, 1);
  const syllables = measure(stem);
  return syllables > 1 || (syllables === 1 && !endsShort(stem, mode)) ? stem : word;
}
