/** Control tokens of chat templates, by the model family that has them; from the published tokenizer configurations. */
const FAMILIES: readonly (readonly [family: string, token: RegExp])[] = [
  [
    'OpenAI',
    /^<\|(?:im_start|im_end|im_sep|endoftext|endofprompt|fim_prefix|fim_middle|fim_suffix|start|end|message|channel|return|call|constrain)\|>$/,
  ],
  [
    'Llama',
    /^<\|(?:begin_of_text|end_of_text|start_header_id|end_header_id|eot_id|eom_id|eot|python_tag|header_start|header_end|finetune_right_pad_id|reserved_special_token_\d+)\|>$/,
  ],
  [
    'Llama 2 or Mistral',
    /^(?:\[\/?INST\]|<<\/?SYS>>|\[\/?(?:AVAILABLE_TOOLS|TOOL_CALLS|TOOL_RESULTS|SYSTEM_PROMPT|TOOL_CONTENT)\])$/,
  ],
  ['Llama 2 or Mistral', /^<\/s>$/],
  ['Gemma', /^<(?:start|end)_of_turn>$/],
  ['Phi or Zephyr', /^<\|(?:system|user|assistant|tool|end_of_turn)\|>$/],
  [
    'Qwen',
    /^<\|(?:object_ref_start|object_ref_end|box_start|box_end|vision_start|vision_end|vision_pad|image_pad|repo_name|file_sep)\|>$/,
  ],
  [
    'Command',
    /^<\|(?:START_OF_TURN_TOKEN|END_OF_TURN_TOKEN|SYSTEM_TOKEN|USER_TOKEN|CHATBOT_TOKEN|START_THINKING|END_THINKING|START_RESPONSE|END_RESPONSE)\|>$/,
  ],
  ['DeepSeek', /^<｜[^｜\n]{1,40}｜>$/],
  ['Granite', /^<\|(?:start_of_role|end_of_role|tool_call)\|>$/],
];

const SHAPE =
  /<\|[A-Za-z_]{2,32}\d{0,4}\|>|<｜[^｜\n]{1,40}｜>|<<\/?SYS>>|\[\/?[A-Z]{4,6}(?:_[A-Z]{4,7})?\]|<(?:start|end)_of_turn>|<\/s>/g;

export interface FoundToken {
  readonly token: string;
  readonly family: string;
  readonly start: number;
  readonly end: number;
}

/** Texts that a model's tokenizer may read as the end of a turn, or the start of another one's. */
export function findSpecialTokens(text: string): readonly FoundToken[] {
  if (
    !text.includes('|>') &&
    !text.includes('｜>') &&
    !text.includes('INST]') &&
    !text.includes('</s>') &&
    !text.includes('SYS>>') &&
    !text.includes('_of_turn>') &&
    !text.includes('TOOL')
  )
    return [];
  // `<s>struck out</s>` is HTML.
  const isHtml = /<s[ >][^<]*<\/s>/.test(text);
  return [...text.matchAll(SHAPE)].flatMap((match) => {
    const [token] = match;
    if (token === '</s>' && isHtml) return [];
    const family = FAMILIES.find(([, pattern]) => pattern.test(token))?.[0];
    return family === undefined ? [] : [{ token, family, start: match.index, end: match.index + token.length }];
  });
}
