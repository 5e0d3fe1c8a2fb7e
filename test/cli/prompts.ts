/** A strict prompt that nothing is wrong with; tests spoil one thing of it. */
export function ticketPrompt(content = '"{{ticket}}"', more = ''): string {
  return `promptctl: 1
model: openai/gpt-4o-mini
variables:
  ticket: { type: string, maxLength: 200, trust: user }
messages:
  - role: user
    content: ${content}
${more}`;
}
