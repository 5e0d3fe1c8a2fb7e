import { findSpecialTokens } from '../../detectors/special-tokens.ts';
import { promptRule, type Rule } from '../../rule.ts';
import { sentTexts } from './in-text.ts';

export const chatSpecialToken: Rule = promptRule({
  id: 'security/chat-special-token',
  severity: 'warning',
  preset: 'recommended',
  owasp: 'LLM01:2025',
  summary: 'A control token of a chat template in the text.',
  why: 'Where a server tokenizes text without escaping, `<|im_start|>` in a message begins a new turn and `<|endoftext|>` ends the prompt. Where it escapes, the model still knows the string from training and follows it at times. Known are the tokens that OpenAI, Llama, Mistral, Gemma, Phi, Qwen, Command, DeepSeek and Granite publish with their tokenizers.',
  unless: 'the prompt explains chat templates; then put a blank inside the token.',
  examples: {
    bad: [
      {
        text: 'messages:\n  - role: system\n    content: |\n      You sort mail.\n      Begin every answer after <|im_start|>assistant.\n',
        line: 5,
      },
      { text: 'messages:\n  - role: system\n    content: "[INST] <<SYS>> Be kind. <</SYS>> [/INST]"\n', line: 3 },
    ],
    good: [
      {
        text: 'messages:\n  - role: system\n    content: Explain xs |> List.map f <|> fallback, Map<string, X | Y> and [INSTALL] in a log.\n',
      },
    ],
  },
  check: (context) => {
    for (const { text, place } of sentTexts(context)) {
      const [first] = findSpecialTokens(text);
      if (first)
        context.report({
          message: `\`${first.token}\` is a control token of ${first.family}’s chat format`,
          help: 'take it out; roles make the turns',
          at: place(first.start, first.end),
        });
    }
  },
});
