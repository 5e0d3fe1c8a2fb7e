import { automatonOf, search, type Automaton } from './automaton.ts';
import { type Budget } from './budget.ts';
import { type Texts } from './evaluate.ts';
import { parseRegex } from './regex.ts';

export interface TextJudge extends Texts {
  /** The automaton of a pattern; undefined where it cannot be followed. */
  automaton(pattern: string): Automaton | undefined;
  /** Whether the engine's own matching of `pattern` could take longer than anyone waits on a text of this length. */
  isSlow(pattern: string, length: number): boolean;
}

/** Judges strings as ajv does, but never lets a pattern that backtracks run away. */
export function createTextJudge(
  formatOf: (format: string) => ((text: string) => boolean) | undefined,
  budget: Budget,
): TextJudge {
  const regexByPattern = new Map<string, RegExp>();
  const automatonByPattern = new Map<string, Automaton | undefined>();

  function automaton(pattern: string): Automaton | undefined {
    if (!automatonByPattern.has(pattern)) {
      const regex = parseRegex(pattern);
      automatonByPattern.set(pattern, regex && automatonOf(regex));
    }
    return automatonByPattern.get(pattern);
  }

  return {
    automaton,
    isSlow,
    hasFormat: (format, text) => formatOf(format)?.(text) ?? true,
    matches(pattern, text) {
      if (isSlow(pattern, text.length)) {
        const followed = automaton(pattern);
        return followed && search(followed, text, budget);
      }
      let regex = regexByPattern.get(pattern);
      if (!regex) regexByPattern.set(pattern, (regex = new RegExp(pattern, 'u')));
      return regex.test(text);
    },
  };
}

function isSlow(pattern: string, length: number): boolean {
  if (length <= 24) return false;
  // A repeated group can backtrack exponentially; two open repetitions quadratically, and so on.
  if (/\)[*+{]/.test(pattern)) return true;
  const open = pattern.match(/[*+]|,\}/g)?.length ?? 0;
  return length ** open > 1e7;
}
