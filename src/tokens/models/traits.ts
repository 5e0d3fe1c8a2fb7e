/** Models that think before they answer without being told to. Claude's thinking is asked for, so Claude is not among them. */
const REASONING: readonly RegExp[] = [
  /^o[134](?![a-z\d])/,
  /^gpt-(?:5|6|oss)(?!.*-chat)/,
  /^deepseek-(?:r1|reasoner)/,
  /^mai-ds-r1/,
  /^phi-4-(?:mini-)?reasoning/,
  /^magistral/,
  /^(?:qwq|qwen.*-thinking)/,
  /^gemini-(?:2\.5-(?:pro|flash)(?!-lite|-image)|3)/,
  /^grok-(?:3-mini|4(?!.*non-reasoning))/,
  /^(?:kimi-.*thinking|sonar-reasoning|minimax-m[12])/,
];

/** Whether a model reasons unasked, by its maker's name (lower case). */
export function reasonsUnasked(name: string): boolean {
  return REASONING.some((pattern) => pattern.test(name));
}

/** Whether the name stands for whatever is newest: it has the word `latest`. */
export function isFloatingAlias(name: string): boolean {
  return /(?:^|[-_.:@])latest(?:$|[-_.:@])/.test(name);
}
