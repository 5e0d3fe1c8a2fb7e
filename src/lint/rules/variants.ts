import { pointerTo, type Prompt, type Variant } from '../../model/index.ts';
import { type Place, type PromptContext, promptRule, type Rule } from '../rule.ts';

/** A rule over what is sent: the prompt as it stands, and as each of its variants makes it. What a variant does not change is told once. */
export function sentPromptRule(rule: Omit<Rule, 'check'> & { check(context: PromptContext): void }): Rule {
  return promptRule({
    ...rule,
    check: (context) => {
      const { variants } = context.prompt;
      if (variants.size === 0) {
        rule.check(context);
        return;
      }
      const told = new Set<string>();
      rule.check({
        ...context,
        report: (report) => {
          told.add(report.message);
          context.report(report);
        },
      });
      for (const [name, variant] of variants) {
        rule.check({
          ...context,
          prompt: asVariant(context.prompt, variant),
          report: (report) => {
            if (told.has(report.message)) return;
            const at = inVariant(report.at, pointerTo('/variants', name), variant);
            context.report({ ...report, message: `${report.message}, as variant \`${name}\``, at });
          },
        });
      }
    },
  });
}

const prompts = new WeakMap<Variant, Prompt>();

/** Made once, for what is counted of it is kept by the prompt. */
function asVariant(prompt: Prompt, variant: Variant): Prompt {
  let made = prompts.get(variant);
  if (!made) prompts.set(variant, (made = { ...prompt, ...variant, variants: new Map() }));
  return made;
}

const OWN = { model: 'model', modelParameters: 'parameters', messages: 'messages', examples: 'examples' } as const;

function inVariant(at: Place, base: string, variant: Variant): Place {
  const [, member = ''] = (at.pointer ?? '').split('/', 2);
  if (!isOwn(member)) return at;
  return variant[OWN[member]] === undefined ? { pointer: base } : { ...at, pointer: `${base}${at.pointer}` };
}

function isOwn(member: string): member is keyof typeof OWN {
  return Object.hasOwn(OWN, member);
}
