import type { Prompt } from '../../../model/index.ts';
import { promptRule, type PromptContext, type Rule } from '../../rule.ts';
import { textMessages } from '../contents.ts';
import { type Passage, passagesOf } from '../passages.ts';
import {
  looksLikeCode,
  type Placeholder,
  placeholdersIn,
  talksOfPlaceholders,
  writesSingleBraces,
} from './placeholders.ts';

export const foreignPlaceholder: Rule = promptRule({
  id: 'template/foreign-placeholder',
  severity: 'warning',
  preset: 'minimal',
  summary: 'A placeholder of another template language, which goes to the model as it stands.',
  why: 'Nothing fills `${x}`, `{x}`, `<% x %>` or `${{ x }}` in here, nor, in github mode, braces with blanks in them. The model reads the name instead of the value, and often answers as if it had one.',
  unless: 'the braces are meant for the model: then quote them in backticks.',
  fixable: 'unsafe',
  fixChanges: 'the value stands where the placeholder was',
  examples: {
    bad: [
      { text: 'messages:\n  - role: system\n    content: You sort tickets for ${company_name}.\n', line: 3 },
      { text: 'messages:\n  - role: user\n    content: "{{title}} {{ body }}"\n', line: 3 },
      {
        text: 'promptctl: 1\nvariables: { product: { type: string } }\nmessages:\n  - role: user\n    content: Sort this for {product}, I mean {{product}}.\n',
        line: 5,
      },
      { text: 'messages:\n  - role: user\n    content: |\n      Repository ${{ github.repository }}\n', line: 4 },
      {
        text: 'promptctl: 1\nmessages:\n  - role: user\n    content: |\n      Repository ${{ github.repository }}\n',
        line: 5,
      },
      { text: 'messages:\n  - role: user\n    content: "Mention <%= agency %> once."\n', line: 3 },
      { text: 'messages:\n  - role: user\n    content: "Details: {{{{details}}}}"\n', line: 3 },
      { text: 'messages:\n  - role: user\n    content: |\n      Summarise this.\n      {article}\n', line: 5 },
    ],
    good: [
      {
        text: 'messages:\n  - role: user\n    content: |\n      {{query}} is code such as\n      ```bash\n      for f in ${files[@]}; do echo "${f}"; done\n      ```\n      or \\frac{a}{b}, f"{total}", {"level": "page"}, {a, b} and `{{ .Values.image }}`.\n',
      },
      {
        text: 'messages:\n  - role: system\n    content: "Use placeholders such as ${topic} for the parts that change."\n',
      },
      {
        text: 'promptctl: 1\nvariables: { city: { type: string } }\nmessages:\n  - role: user\n    content: "City: {{ city }}"\n',
      },
      {
        text: 'messages:\n  - role: system\n    content: |\n      Answer in this format:\n      {title}\n      {summary}\n',
      },
    ],
  },
  check: (context) => {
    const { prompt } = context;
    let known: ReadonlySet<string> | undefined;
    let single: boolean | undefined;
    for (const passage of passagesOf(context)) {
      const talk = talkOf(passage.text);
      for (const placeholder of placeholdersIn(passage.text)) {
        known ??= namesOf(prompt);
        if (placeholder.kind === 'single')
          single ??= [...textMessages(prompt)].some(({ role, text }) => writesSingleBraces(role, text));
        if (counts(placeholder, talk, prompt.mode, known, single === true)) tell(placeholder, passage, known, context);
      }
    }
  },
});

/** What is certainly a variable here: declared, read elsewhere, or given by a test row. */
function namesOf(prompt: Prompt): ReadonlySet<string> {
  const names = new Set(prompt.variables.keys());
  for (const { values } of prompt.testData)
    for (const name of Object.keys(values)) if (!name.startsWith('$')) names.add(name);
  return names;
}

/** What a text is about, asked once however many placeholders it has. */
interface Talk {
  isOfPlaceholders(): boolean;
  isCode(): boolean;
}

function talkOf(text: string): Talk {
  let placeholders: boolean | undefined;
  let code: boolean | undefined;
  return {
    isOfPlaceholders: () => (placeholders ??= talksOfPlaceholders(text)),
    isCode: () => (code ??= looksLikeCode(text)),
  };
}

function counts(
  { kind, name, inCode }: Placeholder,
  talk: Talk,
  mode: Prompt['mode'],
  known: ReadonlySet<string>,
  single: boolean,
): boolean {
  const isKnown = known.has(name);
  switch (kind) {
    case 'actions':
      // In a strict file the inner braces are read as a template wherever they stand.
      return mode === 'strict' || !inCode;
    case 'many-braces':
      return mode === 'github';
    case 'block':
      return mode === 'github' && isKnown && !inCode;
    case 'blanks':
      return mode === 'github' && (isKnown || (!inCode && !talk.isOfPlaceholders()));
    case 'percent':
      return isKnown || (!inCode && !talk.isOfPlaceholders());
    case 'dollar':
      if (isKnown) return !inCode && !talk.isCode();
      return (
        !inCode &&
        (!/^[A-Z\d_]+$/.test(name) || known.has(name.toLowerCase())) &&
        !talk.isOfPlaceholders() &&
        !talk.isCode()
      );
    case 'single':
      // Where a file is written in single braces, backticks only set a name off.
      return isKnown ? !inCode : single && /^[a-z_]/.test(name) && !talk.isCode();
  }
}

function tell(
  { kind, name, start, end }: Placeholder,
  passage: Passage,
  known: ReadonlySet<string>,
  context: PromptContext,
): void {
  const source = passage.text.slice(start, end);
  const { yaml } = context;
  const at = passage.place(start, end);
  const range = 'text' in at ? yaml.rangeInScalar(at.pointer, start, end) : undefined;
  const [from, to] = [range?.start.offset ?? 0, range?.end.offset ?? 0];
  const canReplace = known.has(name) && kind !== 'block' && yaml.text.slice(from, to) === source;
  context.report({
    message: MESSAGES[kind](source),
    help:
      kind === 'block'
        ? 'begin the file with `promptctl: 1`, which turns blocks on'
        : `write {{${name}}} for a variable; in backticks it is taken as meant`,
    at,
    // In a strict file the inner braces are a variable that nobody declares: the prompt does not compile.
    ...(kind === 'actions' && context.prompt.mode === 'strict' && !known.has(name)
      ? { severity: 'error' as const }
      : {}),
    ...(canReplace ? { fixes: [{ safe: false, edits: [{ start: from, end: to, text: `{{${name}}}` }] }] } : {}),
  });
}

const asItStands = (source: string): string => `\`${source}\` goes to the model as it stands`;

const MESSAGES: Readonly<Record<Placeholder['kind'], (source: string) => string>> = {
  actions: (source) => `\`${source}\` is an expression of GitHub Actions, and no workflow fills it in here`,
  'many-braces': (source) => `\`${source}\`: the inner pair is replaced, and the other braces stay around the value`,
  block: (source) => `\`${source}\` goes to the model as it stands: a github-mode file has neither blocks nor media`,
  blanks: (source) =>
    `\`${source}\` goes to the model as it stands: in github mode no blanks may stand inside the braces`,
  dollar: asItStands,
  percent: asItStands,
  single: asItStands,
};
