import type { BundleJson, PromptJson } from './bundle.ts';
import { checkShape } from './check-shape.ts';
import { PromptError } from './errors.ts';
import { nearest } from './nearest.ts';
import { RuntimePrompt } from './prompt.ts';
import type { Values } from './render-segments.ts';

/** Types by prompt id, as `promptctl compile --types ts` writes them beside the bundle. */
export type PromptTypes = { [id: string]: { variables: unknown; output: unknown } };

type AnyPrompts = { [id: string]: { variables: Values; output: unknown } };

/** A loaded bundle. Get one from `loadBundle` or, on Node, `loadBundleFile`. */
export class Bundle<Prompts extends { [K in keyof Prompts]: { variables: unknown; output: unknown } } = AnyPrompts> {
  readonly json: BundleJson;
  readonly #prompts = new Map<string, RuntimePrompt>();
  readonly #idByAlias = new Map<string, string>();

  constructor(json: BundleJson) {
    this.json = json;
    for (const prompt of Object.values(json.prompts)) {
      for (const alias of prompt.aliases) this.#idByAlias.set(alias, prompt.id);
    }
  }

  get version(): string {
    return this.json.version;
  }

  get ids(): readonly string[] {
    return Object.keys(this.json.prompts);
  }

  /** The prompt of an id, or of a former id that its file lists under `aliases`. @throws PromptError `prompt-unknown`. */
  prompt<Id extends keyof Prompts & string>(id: Id): RuntimePrompt<Prompts[Id]['variables'], Prompts[Id]['output']> {
    let prompt = this.#prompts.get(id);
    if (!prompt) {
      prompt = new RuntimePrompt(this.#find(id), this.json);
      this.#prompts.set(id, prompt);
    }
    return prompt;
  }

  #find(id: string): PromptJson {
    const { prompts } = this.json;
    const known = Object.hasOwn(prompts, id) ? id : this.#idByAlias.get(id);
    if (known !== undefined) return prompts[known]!;
    const near = nearest(id, this.ids);
    throw new PromptError(
      'prompt-unknown',
      `The bundle has no prompt \`${id}\`${near ? `; did you mean \`${near}\`?` : ''}`,
    );
  }
}

/**
 * Loads a bundle from its JSON text or the parsed object.
 *
 * @example
 * const bundle = loadBundle(json);
 * const { messages } = bundle.prompt('support/triage').render({ ticket: 'It crashes' });
 *
 * @throws PromptError `bundle-invalid` where the JSON or its shape is wrong, `bundle-version` where a newer promptctl made it.
 */
export function loadBundle<
  Prompts extends { [K in keyof Prompts]: { variables: unknown; output: unknown } } = AnyPrompts,
>(json: string | object): Bundle<Prompts> {
  return new Bundle<Prompts>(checkShape(typeof json === 'string' ? parse(json) : json));
}

function parse(json: string): unknown {
  try {
    return JSON.parse(json);
  } catch (cause) {
    throw new PromptError('bundle-invalid', `The bundle is not JSON: ${(cause as Error).message}`);
  }
}
