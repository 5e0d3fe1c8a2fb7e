import { globMatcher } from './glob.ts';
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

interface Publisher {
  readonly fallback: readonly string[];
  readonly rows: readonly PriceRow[];
  readonly matchers: readonly (readonly [Matcher, PriceRow])[];
}

interface Table {
  readonly source: string;
  readonly date: string;
  readonly publishers: ReadonlyMap<string, Publisher>;
}

let parsed: Table | undefined;

/** Where the prices come from (package and version) and the day they are of, as `2026-09-23`. */
export function priceSource(): { readonly source: string; readonly date: string } {
  const { source, date } = table();
  return { source, date };
}

/** Publishers the table has prices of. */
export function pricedPublishers(): readonly string[] {
  return [...table().publishers.keys()];
}

/** The models of a publisher, without those it resells. */
export function priceRows(publisher: string): readonly PriceRow[] {
  return table().publishers.get(publisher)?.rows ?? [];
}

/** The row for a model's name (lower case, without its publisher), or undefined when the table does not know it. */
export function findPriceRow(publisher: string, name: string): PriceRow | undefined {
  const entry = table().publishers.get(publisher);
  if (entry === undefined) return undefined;
  let found: PriceRow | undefined;
  let strongest = -1;
  for (const [match, row] of entry.matchers) {
    const strength = match(name);
    if (strength > strongest) {
      strongest = strength;
      found = row;
    }
  }
  return found ?? firstOf(entry.fallback, (maker) => findPriceRow(maker, name));
}

function firstOf<In, Out>(list: readonly In[], find: (entry: In) => Out | undefined): Out | undefined {
  for (const entry of list) {
    const found = find(entry);
    if (found !== undefined) return found;
  }
  return undefined;
}

function table(): Table {
  parsed ??= parse();
  return parsed;
}

/** The shape is written by scripts/price-table.ts, whose `--check` runs in the tests. */
interface TableJson {
  source: string;
  date: string;
  publishers: Record<string, { fallback: string[]; models: Record<string, Omit<PriceRow, 'id'>> }>;
}

function parse(): Table {
  const { source, date, publishers } = JSON.parse(priceTableJson) as TableJson;
  const entries = Object.entries(publishers).map(([name, { fallback, models }]): [string, Publisher] => {
    const rows = Object.entries(models).map(([id, row]) => ({ id, ...row }));
    const matchers = rows.flatMap((row) => row.match.map((glob) => [globMatcher(glob), row] as const));
    return [name, { fallback, rows, matchers }];
  });
  return { source, date, publishers: new Map(entries) };
}
