/**
 * The choice that a judge's answer ends on: from its JSON where the answer holds `{"choice": ...}`, else the last choice that stands in the
 * text as a word of its own. Of two that end at the same place the longer counts; undefined where there is none.
 *
 * @example lastChoice('Step 1: poor. Step 2: fair. Verdict: 4', ['1', '2', '3', '4', '5']) // '4'
 */
export function lastChoice(answer: string, choices: readonly string[]): string | undefined {
  const structured = choiceInJson(answer);
  if (structured !== undefined) return choices.find((choice) => choice.toLowerCase() === structured.toLowerCase());
  const text = answer.toLowerCase();
  let best: { readonly choice: string; readonly end: number } | undefined;
  for (const choice of choices) {
    const end = lastWordEnd(text, choice.toLowerCase());
    if (end === undefined) continue;
    if (!best || end > best.end || (end === best.end && choice.length > best.choice.length)) best = { choice, end };
  }
  return best?.choice;
}

const WORD = /[\p{L}\p{N}_]/u;

function lastWordEnd(text: string, word: string): number | undefined {
  for (let at = text.lastIndexOf(word); at >= 0; at = at === 0 ? -1 : text.lastIndexOf(word, at - 1)) {
    const end = at + word.length;
    const isPart =
      (at > 0 && WORD.test(text[at - 1]!) && WORD.test(word[0]!)) ||
      (end < text.length && WORD.test(text[end]!) && WORD.test(word.at(-1)!));
    // The 4 of 4.5 and of 3/4 is no verdict of its own.
    const isFraction = /\d/.test(word) && (/\d[./]$/.test(text.slice(0, at)) || /^[.]\d/.test(text.slice(end)));
    if (!isPart && !isFraction) return end;
  }
  return undefined;
}

function choiceInJson(answer: string): string | undefined {
  const start = answer.indexOf('{');
  const end = answer.lastIndexOf('}');
  if (start < 0 || end < start) return undefined;
  try {
    const parsed: unknown = JSON.parse(answer.slice(start, end + 1));
    if (typeof parsed !== 'object' || parsed === null || !('choice' in parsed)) return undefined;
    return typeof parsed.choice === 'string' || typeof parsed.choice === 'number' ? String(parsed.choice) : undefined;
  } catch {
    return undefined;
  }
}
