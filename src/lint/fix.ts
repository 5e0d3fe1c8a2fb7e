import type { Edit, Finding } from '../model/index.ts';

export interface Fixed {
  readonly text: string;
  /** The findings whose fix was applied. */
  readonly applied: readonly Finding[];
}

/**
 * Applies fixes as splices of the text, each at its own place; nothing else of the file changes. Where two fixes overlap, the
 * first wins and the other waits for the next pass.
 */
export function applyFixes(
  text: string,
  findings: readonly Finding[],
  options: { readonly unsafe?: boolean } = {},
): Fixed {
  const applied: Finding[] = [];
  const edits: Edit[] = [];
  for (const finding of findings) {
    const fix = finding.fixes.find((candidate) => candidate.safe || options.unsafe === true);
    if (!fix || fix.edits.some((edit) => edits.some((taken) => overlaps(edit, taken)))) continue;
    edits.push(...fix.edits);
    applied.push(finding);
  }
  let out = text;
  for (const edit of edits.sort((a, b) => b.start - a.start))
    out = out.slice(0, edit.start) + edit.text + out.slice(edit.end);
  return { text: out, applied };
}

function overlaps(a: Edit, b: Edit): boolean {
  return (a.start < b.end && b.start < a.end) || (a.start === b.start && a.end === b.end);
}
