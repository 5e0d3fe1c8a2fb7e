import { globMatcher, isPattern } from './glob.ts';
import type { Matcher } from './glob.ts';
import type { Price } from './price.ts';
import { priceTableJson } from './table.ts';

/** A line of the price table. `price` is missing where the publisher has no price per token of text. */
export interface PriceRow {
  readonly id: string;
  /** Context window in tokens. */
  readonly window?: number;
  readonly price?: Price;
  /** Names that mean this model; `*` is anything, `#` a digit. */
  readonly match: readonly string[];
}

/** The shape that scripts/price-table.ts writes; the tests run its `--check`. */
interface Table {
  readonly source: string;
  readonly date: string;
  readonly publishers: Readonly<Record<string, PublisherTable>>;
}

interface PublisherTable {
  readonly fallback: readonly string[];
  readonly models: Readonly<Record<string, Omit<PriceRow, 'id'>>>;
}

interface Publisher {
  readonly fallback: readonly string[];
  readonly rows: readonly PriceRow[];
  readonly rowByName: ReadonlyMap<string, PriceRow>;
  readonly patterns: readonly (readonly [Matcher, PriceRow])[];
}

let tableOnceRead: Table | undefined;
const publisherByName = new Map<string, Publisher>();

/** Where the prices come from (package and version) and the day they are of, as `2026-09-23`. */
export function priceSource(): { readonly source: string; readonly date: string } {
  const { source, date } = table();
  return { source, date };
}

/** Publishers the table has prices of. */
export function pricedPublishers(): readonly string[] {
  return Object.keys(table().publishers);
}

/** The models of a publisher, without those it resells. */
export function priceRows(publisher: string): readonly PriceRow[] {
  return publisherOf(publisher)?.rows ?? [];
}

/** The row for a model's name (lower case, without its publisher), or undefined when the table does not know it. */
export function findPriceRow(publisher: string, name: string): PriceRow | undefined {
  const entry = publisherOf(publisher);
  if (entry === undefined) return undefined;
  const named = entry.rowByName.get(name) ?? strongest(entry.patterns, name);
  if (named !== undefined) return named;
  for (const maker of entry.fallback) {
    const resold = findPriceRow(maker, name);
    if (resold !== undefined) return resold;
  }
  return undefined;
}

function strongest(patterns: Publisher['patterns'], name: string): PriceRow | undefined {
  let found: PriceRow | undefined;
  let most = -1;
  for (const [match, row] of patterns) {
    const strength = match(name);
    if (strength > most) {
      most = strength;
      found = row;
    }
  }
  return found;
}

function table(): Table {
  if (tableOnceRead !== undefined) return tableOnceRead;
  const read: Table = JSON.parse(priceTableJson);
  tableOnceRead = read;
  return read;
}

/** Indexes a publisher when it is first asked for: most commands need one or two. */
function publisherOf(name: string): Publisher | undefined {
  const known = publisherByName.get(name);
  if (known !== undefined || !Object.hasOwn(table().publishers, name)) return known;
  const { fallback, models } = table().publishers[name]!;
  const rows = Object.entries(models).map(([id, row]) => ({ id, ...row }));
  const named = rows.flatMap((row) => row.match.map((glob) => [glob, row] as const));
  const publisher = {
    fallback,
    rows,
    rowByName: new Map(named.filter(([glob]) => !isPattern(glob))),
    patterns: named.filter(([glob]) => isPattern(glob)).map(([glob, row]) => [globMatcher(glob), row] as const),
  };
  publisherByName.set(name, publisher);
  return publisher;
}
