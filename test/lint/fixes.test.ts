import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { applyFixes, lint, type Rule, rules } from '../../src/lint/index.ts';
import type { Edit, Finding, Fix, Prompt } from '../../src/model/index.ts';
import { contentText } from '../../src/runtime/index.ts';
import { loadWorkspace, memorySource, parseConfig, type Workspace } from '../../src/workspace/index.ts';
import { sharedFolder } from '../support/shared.ts';
import { exampleWorkspace, pathOf, TODAY } from './example-workspace.ts';
import { pathOfCase, plantedCases, plantedWorkspace } from './planted-cases.ts';
import { type Sent, sent } from './sample-values.ts';

/** A file to fix, and the repository around it with any text in its place. */
interface Subject {
  readonly name: string;
  readonly path: string;
  readonly text: string;
  load(text: string): Workspace;
}

type Rendered = Exclude<Sent, { readonly refusal: string }>;

const ruleById = new Map(rules.map((rule) => [rule.id, rule]));

const withoutBlanksAtLineEnds = (text: string): string => text.replace(/[ \t]+(?=\n|$)/g, '');
const withoutWhitespace = (text: string): string => text.replace(/\s+/g, '');
const withoutInvisible = (text: string): string => text.replace(/[^\p{L}\p{N}\p{P}\p{S}\p{Zs}\t\n]/gu, '');

const sameTexts =
  (plain: (text: string) => string) =>
  (before: Rendered, after: Rendered): void => {
    expect(after.messages.map(({ content }) => plain(contentText(content)))).toEqual(
      before.messages.map(({ content }) => plain(contentText(content))),
    );
  };

/** What may differ in the request, for each rule that says its fix changes something. All else is held equal. */
const DIFFERS: Readonly<
  Record<string, { readonly members: readonly (keyof Rendered)[]; holds?(before: Rendered, after: Rendered): void }>
> = {
  'style/trailing-space': { members: ['messages'], holds: sameTexts(withoutBlanksAtLineEnds) },
  'security/hidden-unicode': { members: ['messages', 'tools'], holds: sameTexts(withoutInvisible) },
  'security/bidi-control': { members: ['messages', 'tools'], holds: sameTexts(withoutInvisible) },
  'syntax/folded-template': { members: ['messages', 'tools'], holds: sameTexts(withoutWhitespace) },
  'template/foreign-placeholder': { members: ['messages', 'staticMessages'] },
  'syntax/comment-cut-text': {
    members: ['messages', 'staticMessages', 'tools'],
    holds: (before, after) => {
      for (const [at, { content }] of before.messages.entries()) expect(after.messages[at]!.content).toContain(content);
    },
  },
  'syntax/tagged-scalar': { members: ['messages', 'staticMessages'] },
  'syntax/unquoted-placeholder': { members: ['messages', 'staticMessages'] },
  'messages/role-unknown': { members: ['messages', 'staticMessages'] },
  'schema/model-without-publisher': { members: ['model'] },
  'schema/parameter-spelling': { members: ['parameters'] },
  'output/schema-not-strict': { members: ['responseFormat'] },
};

function splice(text: string, edits: readonly Edit[]): string {
  const inOrder = [...edits].sort((a, b) => a.start - b.start);
  const kept = inOrder.map(({ start }, at) => text.slice(at === 0 ? 0 : inOrder[at - 1]!.end, start));
  return kept.map((piece, at) => piece + inOrder[at]!.text).join('') + text.slice(inOrder.at(-1)!.end);
}

/** Each variant's request too, under its name. */
function requestsOf(prompt: Prompt): readonly (readonly [variant: string, request: Sent])[] {
  return [undefined, ...prompt.variants.keys()].map((variant) => [variant ?? '', sent(prompt, variant)]);
}

function expectSameRequests(rule: Rule, before: Prompt, after: Prompt): void {
  const differs = DIFFERS[rule.id];
  expect(rule.fixChanges === undefined, `${rule.id}: does the rule say what its fix changes?`).toBe(
    differs === undefined,
  );
  const then = new Map(requestsOf(before));
  for (const [variant, request] of requestsOf(after)) {
    const old = then.get(variant)!;
    if ('refusal' in old || 'refusal' in request) {
      if (differs === undefined) expect(request).toEqual(old);
      continue;
    }
    const mask = Object.fromEntries((differs?.members ?? []).map((name) => [name, undefined]));
    expect({ ...request, ...mask }).toEqual({ ...old, ...mask });
    differs?.holds?.(old, request);
  }
}

function idsOf(findings: readonly Finding[]): string[] {
  return findings.map(({ ruleId }) => ruleId);
}

/** Applies each fix of the file alone and holds it to its promise. Returns how many fixes there were, by rule. */
function expectFixesHold(subject: Subject): string[] {
  const { path, text, load } = subject;
  const before = load(text);
  const all = lint(before, { now: TODAY }).findings;
  const prompt = before.prompts.find(({ file }) => file === path)!.prompt;
  const fixes = all
    .filter(({ file }) => file === path)
    .flatMap((finding) => finding.fixes.map((fix) => [finding, fix] as const));
  for (const [finding, fix] of fixes) expectFixHolds(subject, all, prompt, finding, fix);
  if (fixes.some(([, { safe }]) => safe)) expectAllFixed(subject, prompt !== undefined);
  return fixes.map(([{ ruleId }]) => ruleId);
}

function expectFixHolds(
  { name, path, text, load }: Subject,
  all: readonly Finding[],
  prompt: Prompt | undefined,
  finding: Finding,
  fix: Fix,
): void {
  const said = `${name}: ${finding.ruleId} at ${finding.range.start.line}:${finding.range.start.column}`;
  const fixed = splice(text, fix.edits);
  expect(applyFixes(text, [{ ...finding, fixes: [fix] }], { unsafe: true }).text, said).toBe(fixed);
  expect(fixed, said).not.toBe(text);

  const after = load(fixed);
  const file = after.prompts.find((candidate) => candidate.file === path)!;
  const now = lint(after, { now: TODAY }).findings;
  const countOf = (findings: readonly Finding[]): number =>
    idsOf(findings).filter((ruleId) => ruleId === finding.ruleId).length;
  // What a broken file hid comes to light with its first repair; else exactly this finding is gone.
  const isSyntax = finding.ruleId.startsWith('syntax/');
  if (isSyntax && prompt === undefined)
    expect(
      now.some((one) => sameSpot(one, finding)),
      said,
    ).toBe(false);
  else expect(countOf(now), said).toBe(countOf(all) - 1);

  if (prompt === undefined) return;
  expect(file.prompt, said).toBeDefined();
  expectSameRequests(ruleById.get(finding.ruleId)!, prompt, file.prompt!);
  // An unsafe one may bring to light what the text now says.
  if (isSyntax || !fix.safe) return;
  const graver = now.filter((one) => one.severity !== 'info' && !idsOf(all).includes(one.ruleId));
  expect(idsOf(graver), said).toEqual([]);
}

/** All safe fixes together, pass by pass as `--fix` applies them, leave none to apply. */
function expectAllFixed({ name, path, text, load }: Subject, loads: boolean): void {
  let fixed = text;
  for (let pass = 0; pass < 5; pass++) {
    const { findings } = lint(load(fixed), { now: TODAY });
    fixed = applyFixes(
      fixed,
      findings.filter(({ file }) => file === path),
    ).text;
  }
  const after = load(fixed);
  const left = lint(after, { now: TODAY }).findings.filter(({ file, fixes }) => file === path && fixes[0]?.safe);
  expect(idsOf(left), name).toEqual([]);
  if (loads) expect(after.prompts.find(({ file }) => file === path)!.prompt, name).toBeDefined();
}

function sameSpot(a: Finding, b: Finding): boolean {
  return a.ruleId === b.ruleId && a.range.start.offset === b.range.start.offset && a.message === b.message;
}

function tally(subjects: readonly Subject[]): Record<string, number> {
  const counts: Record<string, number> = {};
  for (const ruleId of subjects.flatMap(expectFixesHold)) counts[ruleId] = (counts[ruleId] ?? 0) + 1;
  return counts;
}

describe('each fix, applied alone, takes its finding away and nothing else', () => {
  it('in the planted defects and the rules’ bad examples', () => {
    const planted = [...plantedCases().values()].flat().flatMap((each): Subject[] =>
      each.bad === undefined
        ? []
        : [
            {
              name: each.name,
              path: pathOfCase(each),
              text: each.bad,
              load: (text) => plantedWorkspace(each, text),
            },
          ],
    );
    const examples = rules.flatMap(({ id, examples: { bad } }) =>
      bad.map((example): Subject => ({
        name: `example of ${id}`,
        path: pathOf(example),
        text: example.text,
        load: (text) => exampleWorkspace({ ...example, text }),
      })),
    );
    const counts = tally([...planted, ...examples]);
    const silent = rules.filter(({ id, fixable }) => fixable !== undefined && !(id in counts));
    expect(silent.map(({ id }) => id)).toEqual([]);
  });

  const corpus = sharedFolder('corpus/github-models');

  it.skipIf(corpus === undefined)('in the public corpus', () => {
    const names = readdirSync(corpus!).filter((name) => /\.prompt\.ya?ml$/.test(name));
    const counts = tally(
      names.map((name) => ({
        name,
        path: name,
        text: readFileSync(join(corpus!, name), 'utf8'),
        load: (text) => loadWorkspace(memorySource({ [name]: text }), parseConfig('extends: all', 'promptctl.yaml')),
      })),
    );
    console.log('corpus fixes:', JSON.stringify(counts));
    expect(Object.values(counts).reduce((sum, count) => sum + count, 0)).toBeGreaterThan(100);
  });
});
