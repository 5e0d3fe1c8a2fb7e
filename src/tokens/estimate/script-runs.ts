import { scriptOf } from './script.ts';
import type { Script } from './script.ts';

export interface ScriptRun {
  readonly script: Script;
  readonly text: string;
}

/**
 * Cuts text where its script changes. A blank or an apostrophe before a letter belongs to the letter's run, as it belongs to the
 * letter's token. Words without an accent count as `latin`, not `english`, where one between the same two punctuation marks
 * has one.
 *
 * @example scriptRuns('Order 66, bitte schön') // english 'Order', symbols ' ', digits '66', symbols ',', latin ' bitte schön'
 */
export function scriptRuns(text: string): ScriptRun[] {
  const runs: ScriptRun[] = [];
  let script: Script | undefined;
  let start = 0;
  for (let at = 0; at < text.length;) {
    const codePoint = text.codePointAt(at)!;
    const here = joinsNext(codePoint) ? lettersAt(text, at + 1) : scriptOf(codePoint);
    const next: Script = here === 'mark' ? (script ?? 'other') : here;
    if (script !== undefined && next !== script) {
      if (isLatin(next) && isLatin(script)) {
        script = 'latin';
      } else {
        runs.push({ script, text: text.slice(start, at) });
        start = at;
        script = next;
      }
    }
    script ??= next;
    at += codePoint > 0xffff ? 2 : 1;
  }
  if (script !== undefined) runs.push({ script, text: text.slice(start) });
  return runs;
}

function isLatin(script: Script): boolean {
  return script === 'english' || script === 'latin';
}

/** Blank, straight and curly apostrophe. */
function joinsNext(codePoint: number): boolean {
  return codePoint === 0x20 || codePoint === 0x27 || codePoint === 0x2019;
}

function lettersAt(text: string, at: number): Script {
  const codePoint = text.codePointAt(at);
  const script = codePoint === undefined || joinsNext(codePoint) ? 'symbols' : scriptOf(codePoint);
  return script === 'digits' || script === 'mark' ? 'symbols' : script;
}
