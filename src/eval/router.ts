import { PromptctlError } from '../model/index.ts';
import {
  BATCHING_KINDS,
  type CompletionRequest,
  createEmbeddings,
  createProvider,
  type EmbeddingLevel,
  type Provider,
  type ProviderConfig,
  type ProviderOptions,
  type Usage,
} from '../providers/index.ts';
import { nearest } from '../runtime/index.ts';
import { type AskOptions, Asker, mostAtOnce } from './ask.ts';
import type { Route } from './prompt.ts';

/** What is known of a model's prices and of how much it may say. */
export interface Pricing {
  costUsd(model: string, usage: Usage): number | undefined;
  worstCaseUsd(model: string, request: CompletionRequest): number | undefined;
  mostOutputTokens(model: string, request: CompletionRequest): number;
  /** The publisher of a model that is named without one. */
  publisherOf(model: string): string | undefined;
}

export interface RouterOptions extends ProviderOptions {
  readonly providers: Readonly<Record<string, ProviderConfig & { readonly models?: readonly string[] }>>;
  /** Where models go whose publisher is no configured provider. */
  readonly defaultProvider?: string | undefined;
  /** Where vectors come from, as `eval.embeddings` and `eval.tokenEmbeddings` name it. */
  readonly embeddings?: Readonly<Partial<Record<EmbeddingLevel, EmbeddingBackend>>>;
  readonly ask: AskOptions;
  readonly pricing: Pricing;
}

export interface EmbeddingBackend {
  /** A provider's name. */
  readonly provider: string;
  readonly model?: string | undefined;
}

/** Publishers whose own API is known, so that no configuration is needed. */
const BUILT_IN: Readonly<Record<string, ProviderConfig>> = {
  openai: { kind: 'openai' },
  anthropic: { kind: 'anthropic' },
  google: { kind: 'gemini' },
  echo: { kind: 'echo' },
  replay: { kind: 'replay' },
};

/** The one backend that runs here, without a server. */
const ENERGETIC = 'energetic';

/** Gateways that serve many publishers want the model's whole name. */
const GATEWAY_HOST = /(^|\.)(models\.github\.ai|models\.inference\.ai\.azure\.com|openrouter\.ai)$/;

/** Finds where each model goes, with one limiter for each provider. */
export class Router {
  readonly #options: RouterOptions;
  readonly #askers = new Map<string, Asker>();
  readonly #routes = new Map<string, Route>();

  constructor(options: RouterOptions) {
    this.#options = options;
  }

  /** @throws PromptctlError where no provider serves the model. */
  route(model: string): Route {
    let route = this.#routes.get(model);
    if (!route) {
      route = this.#find(model);
      this.#routes.set(model, route);
    }
    return route;
  }

  /** The same for answers that come in batches, at their price. @throws PromptctlError where the provider has no batch API. */
  batched(model: string): Route {
    const route = this.route(model);
    const { batching, kind } = route.asker.provider;
    if (!batching) {
      throw new PromptctlError(
        'usage',
        `--batch: ${model} goes to a provider of kind ${kind}, which has no batch API`,
        {
          hint: `Providers of kind ${BATCHING_KINDS.join(' and ')} have one`,
        },
      );
    }
    const share = (usd: number | undefined): number | undefined =>
      usd === undefined ? undefined : usd * batching.priceShare;
    return {
      ...route,
      costUsd: (usage) => share(route.costUsd(usage)),
      worstCaseUsd: (request) => share(route.worstCaseUsd(request)),
    };
  }

  /** Where vectors are asked for; undefined where no backend is named. @throws PromptctlError for one that gives none. */
  embeddings(level: EmbeddingLevel): Route | undefined {
    const backend = this.#options.embeddings?.[level];
    if (!backend) return undefined;
    const { provider, model } = backend;
    // What is asked is what is kept: vectors of texts and of tokens are answers to two questions.
    const asked = `${model ?? provider} (${level === 'tokens' ? 'token vectors' : 'vectors'})`;
    let route = this.#routes.get(asked);
    if (!route) {
      const config = provider === ENERGETIC ? { kind: ENERGETIC } : this.#named(provider);
      const asker = this.#askerOf(asked, (options) => createEmbeddings(config, { level, model }, options));
      route = this.#routeOver(asker, model === undefined ? provider : `${provider}/${model}`, asked);
      // What runs here costs nothing.
      if (config.kind === ENERGETIC || config.kind === 'module')
        route = { ...route, costUsd: () => 0, worstCaseUsd: () => 0 };
      this.#routes.set(asked, route);
    }
    return route;
  }

  /** Endpoints that could not be reached, each once. */
  dead(): { readonly provider: string; readonly message: string }[] {
    return [...this.#askers].flatMap(([provider, { deadBecause }]) =>
      deadBecause === undefined ? [] : [{ provider, message: deadBecause }],
    );
  }

  async close(): Promise<void> {
    await Promise.all([...this.#askers.values()].map(({ provider }) => provider.close()));
  }

  #find(model: string): Route {
    const { providers, defaultProvider, pricing } = this.#options;
    const cut = model.indexOf('/');
    const publisher = cut < 0 ? undefined : model.slice(0, cut);
    const rest = model.slice(cut + 1);
    if (publisher !== undefined && Object.hasOwn(providers, publisher))
      return this.#routeTo(publisher, providers[publisher]!, model, rest);
    const serving = Object.entries(providers).find(([, { models }]) =>
      models?.some((name) => name === model || name === rest),
    );
    if (serving) return this.#routeTo(serving[0], serving[1], model, serving[1].models!.includes(model) ? model : rest);
    if (defaultProvider !== undefined)
      return this.#routeTo(defaultProvider, this.#named(defaultProvider), model, model);
    const maker = publisher ?? pricing.publisherOf(model) ?? '';
    const builtIn = Object.hasOwn(BUILT_IN, maker) ? BUILT_IN[maker] : undefined;
    if (builtIn) return this.#routeTo(maker, builtIn, model, rest);
    const near = nearest(maker, [...Object.keys(providers), ...Object.keys(BUILT_IN)]);
    throw new PromptctlError(
      'config',
      `No provider serves the model ${model}${near ? `; did you mean ${near}/${rest}?` : ''}`,
      {
        hint: 'Declare one in promptctl.yaml: providers: { local: { kind: openai-compatible, baseUrl: "http://127.0.0.1:11434/v1" } }',
      },
    );
  }

  #named(name: string): ProviderConfig {
    const { providers } = this.#options;
    const config = Object.hasOwn(providers, name)
      ? providers[name]
      : Object.hasOwn(BUILT_IN, name)
        ? BUILT_IN[name]
        : undefined;
    if (config) return config;
    const near = nearest(name, [...Object.keys(providers), ...Object.keys(BUILT_IN)]);
    throw new PromptctlError('config', `There is no provider \`${name}\`${near ? `; did you mean \`${near}\`?` : ''}`, {
      hint: `Declared are ${Object.keys(providers).join(', ') || 'none'}`,
    });
  }

  #routeTo(name: string, config: ProviderConfig, model: string, asked: string): Route {
    const asker = this.#askerOf(name, (options) => createProvider(config, options));
    const isGateway = GATEWAY_HOST.test(hostOf(config.baseUrl));
    return this.#routeOver(asker, model, isGateway ? model : ownName(config.kind, asked));
  }

  #askerOf(name: string, create: (options: ProviderOptions) => Provider): Asker {
    let asker = this.#askers.get(name);
    if (!asker) {
      const { ask } = this.#options;
      asker = new Asker(create({ ...this.#options, connections: mostAtOnce(ask) }), ask);
      this.#askers.set(name, asker);
    }
    return asker;
  }

  #routeOver(asker: Asker, priced: string, asked: string): Route {
    const { pricing } = this.#options;
    return {
      asker,
      model: asked,
      costUsd: (usage) => pricing.costUsd(priced, usage),
      worstCaseUsd: (request) => pricing.worstCaseUsd(priced, request),
      mostOutputTokens: (request) => pricing.mostOutputTokens(priced, request),
    };
  }
}

/** OpenAI, Anthropic and Gemini know their models without a publisher. */
function ownName(kind: string, model: string): string {
  const publisher = { openai: 'openai/', anthropic: 'anthropic/', gemini: 'google/' }[kind];
  return publisher !== undefined && model.startsWith(publisher) ? model.slice(publisher.length) : model;
}

function hostOf(baseUrl: string | undefined): string {
  return baseUrl === undefined || !URL.canParse(baseUrl) ? '' : new URL(baseUrl).hostname;
}
