import { findPriceRow, priceSource } from '../prices/index.ts';
import type { PriceRow } from '../prices/index.ts';
import { isInCatalogue } from './catalogue.ts';
import { familyOf, makersName } from './families.ts';
import type { Family } from './families.ts';
import { limitsOf } from './limits.ts';
import type { ModelInfo } from './model-info.ts';
import type { ModelOverride, ModelOverrides } from './overrides.ts';
import { CANONICAL_PUBLISHERS, parseModelId } from './publishers.ts';
import type { ModelId } from './publishers.ts';
import { retirementOf } from './retirements.ts';
import { isFloatingAlias, reasonsUnasked } from './traits.ts';

/**
 * What is known of a model, or undefined when no such model is known.
 *
 * A name without a publisher is looked for at every publisher, makers first. A dated snapshot that the price table does not
 * list is known by the name before its date, but has no price.
 *
 * @example findModel('openai/gpt-4o-mini')?.price // { input: 0.15, output: 0.6, cachedInput: 0.075 }
 * @example findModel('openai/gpt-4o-maxi') // undefined; see nearestModel
 */
export function findModel(id: string, overrides?: ModelOverrides): ModelInfo | undefined {
  const override = overrides && overrideOf(id, overrides);
  if (override === undefined) return findListed(parseModelId(id));
  const asked = unlisted(parseModelId(id));
  const base = findListed(parseModelId(override.like ?? id)) ?? asked;
  return overridden(override.like === undefined ? base : deployed(base, asked), override, overrides!.date);
}

const listedById = new Map<string, ModelInfo | undefined>();

/** Remembers its answers: lint asks for the same few models thousands of times. */
function findListed(id: ModelId): ModelInfo | undefined {
  const asked = `${id.publisher ?? ''} ${id.name}`;
  if (!listedById.has(asked)) listedById.set(asked, searchListed(id));
  return listedById.get(asked);
}

function searchListed({ publisher, name }: ModelId): ModelInfo | undefined {
  if (name === '') return undefined;
  for (const candidate of publisher === undefined ? CANONICAL_PUBLISHERS : [publisher]) {
    const found = findAt(candidate, name);
    if (found !== undefined) return found;
  }
  return undefined;
}

function findAt(publisher: string, name: string): ModelInfo | undefined {
  const family = familyOf(name);
  for (const spelling of spellings(publisher, name)) {
    const row = findPriceRow(publisher, spelling);
    if (row !== undefined) return describe(publisher, name, family, row);
    if (isInCatalogue(publisher, spelling, family.provider)) return describe(publisher, name, family);
  }
  const undated = /^(.+?)[-@](?:\d{4}-\d{2}-\d{2}|\d{8})$/.exec(name)?.[1];
  const base = undated === undefined ? undefined : findPriceRow(publisher, undated);
  if (base === undefined) return undefined;
  const { price: _priceOfAnother, ...unpriced } = base;
  return describe(publisher, name, family, unpriced);
}

/** GitHub Models repeats some makers in the name (`cohere/cohere-command-a`), Bedrock puts them before a dot. */
function spellings(publisher: string, name: string): string[] {
  const repeated = `${publisher.split('-')[0]}-`;
  const spelled = [name];
  if (name.startsWith(repeated)) spelled.push(name.slice(repeated.length));
  if (publisher === 'amazon') spelled.push(`amazon.${name}`);
  return spelled;
}

function describe(publisher: string, name: string, family: Family, row?: PriceRow): ModelInfo {
  const bare = makersName(name);
  const limits = limitsOf(bare);
  // A host may serve less than the maker's window; of the maker's own models the table rounds some.
  const contextWindow = bare === name ? (limits.window ?? row?.window) : (row?.window ?? limits.window);
  const retired = retirementOf(publisher, name);
  return {
    id: `${publisher}/${name}`,
    publisher,
    name,
    provider: family.provider,
    ...(family.encoding === undefined ? {} : { encoding: family.encoding }),
    ...(family.estimate === undefined ? {} : { estimate: family.estimate }),
    ...(contextWindow === undefined ? {} : { contextWindow }),
    ...(limits.output === undefined ? {} : { maxOutput: limits.output }),
    ...(row?.price === undefined ? {} : { price: row.price }),
    priceDate: priceSource().date,
    ...(retired === undefined ? {} : { retired }),
    floatingAlias: isFloatingAlias(name),
    reasoning: reasonsUnasked(bare),
  };
}

/** A model that only the overrides name. */
function unlisted({ publisher, name }: ModelId): ModelInfo {
  const owner = publisher ?? (name.includes('/') ? name.slice(0, name.indexOf('/')) : 'other');
  const local = publisher === undefined && name.includes('/') ? name.slice(name.indexOf('/') + 1) : name;
  return describe(owner, local, familyOf(local));
}

/** A model under a name of one's own; when its maker stops serving it says nothing of this deployment. */
function deployed(
  { retired: _makersDate, ...base }: ModelInfo,
  { id, publisher, name, floatingAlias }: ModelInfo,
): ModelInfo {
  return { ...base, id, publisher, name, floatingAlias };
}

function overridden(base: ModelInfo, { like: _like, ...given }: ModelOverride, date: string): ModelInfo {
  const { encoding: _ofBase, ...estimated } = base;
  return {
    ...(given.estimate === undefined ? base : estimated),
    ...given,
    ...(given.price === undefined ? {} : { priceDate: date }),
  };
}

/** The override for a model, whichever spelling of the publisher it was given under. */
function overrideOf(id: string, overrides: ModelOverrides): ModelOverride | undefined {
  const wanted = key(id);
  return Object.entries(overrides.models).find(([name]) => key(name) === wanted)?.[1];
}

function key(id: string): string {
  const { publisher, name } = parseModelId(id);
  return publisher === undefined ? name : `${publisher}/${name}`;
}
