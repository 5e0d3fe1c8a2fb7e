import { isObject, type JsonValue, member, type Prompt } from '../../src/model/index.ts';
import { rendererOf } from '../../src/render/index.ts';
import { PromptError, type Rendered } from '../../src/runtime/index.ts';

/** What reaches the model: the rendered prompt without its provenance, or why it does not render. */
export type Sent = Omit<Rendered, 'provenance'> | { readonly refusal: string };

const NONCE = '0123456789abcdef';

/** Renders a prompt, or a variant of it, with a value for each of its variables that names the variable. */
export function sent(prompt: Prompt, variant?: string): Sent {
  const values = Object.fromEntries(
    [...prompt.variables.values()].map((variable) => [variable.name, sample(variable.schema, variable.name)]),
  );
  try {
    const options = { nonce: NONCE, ...(variant === undefined ? {} : { variant }) };
    const { provenance: _, ...request } = rendererOf(prompt).render(values, options);
    return request;
  } catch (cause) {
    if (cause instanceof PromptError) return { refusal: cause.message };
    throw cause;
  }
}

/** The smallest value that a variable's schema takes, as far as the files of the tests go. */
function sample(schema: JsonValue, name: string): JsonValue {
  const known = member(schema, 'const') ?? member(schema, 'default');
  if (known !== undefined) return known;
  const choices = member(schema, 'enum');
  if (Array.isArray(choices)) return choices[0]! as JsonValue;
  switch (member(schema, 'type')) {
    case 'boolean':
      return true;
    case 'integer':
    case 'number':
      return member(schema, 'minimum') ?? member(schema, 'maximum') ?? 3;
    case 'array':
      return itemsOf(schema, name);
    case 'object': {
      const properties = member(schema, 'properties');
      return isObject(properties)
        ? Object.fromEntries(Object.entries(properties).map(([key, inner]) => [key, sample(inner, key)]))
        : {};
    }
    default: {
      const longest = member(schema, 'maxLength');
      return `the ${name}`.slice(0, typeof longest === 'number' ? longest : undefined);
    }
  }
}

function itemsOf(schema: JsonValue, name: string): JsonValue {
  const items = member(schema, 'items');
  // A list without a schema of its items is mostly a history: two turns are one in either case.
  if (items === undefined) return [{ role: 'user', content: `the ${name}` }];
  return Array.from({ length: Number(member(schema, 'minItems') ?? 1) }, () => sample(items, name));
}
