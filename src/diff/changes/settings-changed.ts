import { canonicalJson } from '../../model/index.ts';
import { normalForm } from '../../render/index.ts';
import type { PromptJson } from '../../runtime/index.ts';
import { type Both, type ChangeKind, type Found, inBoth } from '../kind.ts';
import { sharedTools } from '../tools.ts';
import { judgeValues, sharedVariables } from '../variables.ts';
import { example } from './example.ts';
import { approvalLowered } from './approval-lowered.ts';
import { toolEffectRaised } from './tool-effect-raised.ts';

export const settingsChanged: ChangeKind = {
  kind: 'settings-changed',
  category: 'BEHAVIOR',
  level: 'patch',
  severity: 'safe',
  summary: 'something else that the digest covers changed',
  reason:
    'It breaks nobody: a variant, an alias, a mode, a safe direction. Two of these do break: an output schema that is no longer strict, and a stable prompt that becomes experimental.',
  examples: [
    example('a new alias', '', 'aliases: [triage]'),
    example('a variant', '', 'variants: { terse: { modelParameters: { temperature: 0 } } }'),
    example(
      'converted from github mode',
      'github: 1\nversion: 1.2.0\nmodel: openai/gpt-4o-mini\nmessages:\n  - { role: user, content: "{{ticket}}" }',
      'messages:\n  - { role: user, content: "{{ticket}}" }',
    ),
  ],
  detect: inBoth((pair) => [
    ...ofStability(pair),
    ...ofMode(pair),
    ...ofAliases(pair),
    ...ofOutput(pair),
    ...ofVariables(pair),
    ...ofTools(pair),
    ...ofHistories(pair),
    ...ofVariants(pair),
  ]),
};

function ofStability({ old, new: now }: Both): Found[] {
  const before = old.json.stability;
  const after = now.json.stability;
  if (before === after || after === 'deprecated') return [];
  const isWeaker = before === 'stable';
  return [
    {
      path: '/stability',
      message: isWeaker ? 'is experimental now: its contract may break at any time' : `is ${after} now, not ${before}`,
      old: before,
      new: after,
      ...(isWeaker ? { level: 'major', severity: 'breaking', category: 'IO' } : {}),
    },
  ];
}

function ofMode({ old, new: now }: Both): Found[] {
  const before = old.json.mode;
  const after = now.json.mode;
  if (before === after) return [];
  return [
    { path: '/promptctl', message: `is read in ${after} mode now, not in ${before} mode`, old: before, new: after },
  ];
}

function ofAliases({ old, new: now }: Both): Found[] {
  const known = new Set([old.json.id, ...old.json.aliases]);
  return now.json.aliases
    .filter((alias) => !known.has(alias))
    .map((alias) => ({ path: '/aliases', message: `answers to \`${alias}\` too`, new: alias }));
}

function ofOutput({ old, new: now }: Both): Found[] {
  const before = old.json.responseFormat;
  const after = now.json.responseFormat;
  const found: Found[] = [];
  if (before?.name !== after?.name && before?.schema !== undefined && after?.schema !== undefined)
    found.push({
      path: '/output/name',
      message: `the output schema is called ${after.name}, not ${before.name}`,
      old: before.name,
      new: after.name,
    });
  const hasBoth = before?.schema !== undefined && after?.schema !== undefined;
  if (hasBoth && before.strict !== after.strict) {
    const isLowered = before.strict === true;
    found.push({
      path: '/output/strict',
      message: isLowered ? 'the provider no longer holds answers to the schema' : 'strict says something else',
      old: before.strict ?? null,
      new: after.strict ?? null,
      ...(isLowered ? { level: 'major', severity: 'breaking', category: 'IO' } : {}),
    });
  }
  if ((before === undefined) !== (after === undefined) && (before ?? after)!.type === 'text')
    found.push({
      path: '/output',
      message: `\`responseFormat: text\` ${after ? 'is written out' : 'is left out'} now`,
    });
  return found;
}

function ofVariables(pair: Both): Found[] {
  return sharedVariables(pair)
    .filter((variable) => judgeValues(pair, variable).is === 'rewritten')
    .map(({ name, path, old, new: now }) => ({
      path,
      message: `\`${name}\` takes the same values, written another way`,
      old: old.schema,
      new: now.schema,
    }));
}

function ofTools(pair: Both): Found[] {
  const raised = new Set([...toolEffectRaised.detect(pair), ...approvalLowered.detect(pair)].map(({ path }) => path));
  return sharedTools(pair).flatMap(({ name, path, old, new: now }) =>
    (['effect', 'approval', 'optional'] as const)
      .filter((key) => old[key] !== now[key] && !raised.has(`${path}/${key}`))
      .filter((key) => key !== 'optional' || now.optional === true)
      .map((key) => ({
        path: `${path}/${key}`,
        message: `${key} of \`${name}\` is ${String(now[key] ?? 'not declared')}, not ${String(old[key] ?? 'not declared')}`,
        old: old[key] ?? null,
        new: now[key] ?? null,
      })),
  );
}

function ofHistories({ old, new: now }: Both): Found[] {
  const before = historiesOf(old.json);
  return [...historiesOf(now.json)]
    .filter(([name, text]) => before.has(name) && before.get(name) !== text)
    .map(([name, text]) => ({
      path: `/messages/history/${name}`,
      message: `how much of the history \`${name}\` is kept changed`,
      old: before.get(name),
      new: text,
    }));
}

function ofVariants({ old, new: now }: Both): Found[] {
  const before = variantsOf(old.json);
  const after = variantsOf(now.json);
  return [...new Set([...Object.keys(before), ...Object.keys(after)])]
    .filter((name) => canonicalJson(before[name] ?? null) !== canonicalJson(after[name] ?? null))
    .map((name) => ({
      path: `/variants/${name}`,
      message: `the variant \`${name}\` ${before[name] === undefined ? 'is new' : after[name] === undefined ? 'is gone' : 'changed'}`,
      old: before[name] ?? null,
      new: after[name] ?? null,
    }));
}

function historiesOf({ messages }: PromptJson): Map<string, string> {
  return new Map(
    messages.flatMap((message) => ('history' in message ? [[message.history, canonicalJson(message)]] : [])),
  );
}

function variantsOf(prompt: PromptJson): Record<string, unknown> {
  return (normalForm(prompt) as { variants: Record<string, unknown> }).variants;
}
