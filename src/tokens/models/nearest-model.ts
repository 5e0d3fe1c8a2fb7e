import { nearestName } from '../bpe/index.ts';
import { pricedPublishers, priceRows } from '../prices/index.ts';
import { catalogueNames } from './catalogue.ts';
import { canonicalPublisher, CANONICAL_PUBLISHERS, parseModelId, publishers } from './publishers.ts';

/**
 * The known model whose name is nearest in edits, for messages; always one.
 *
 * @example nearestModel('openai/gtp-4o') // 'openai/gpt-4o'
 */
export function nearestModel(id: string): string {
  const { publisher, name } = parseModelId(id);
  const slash = name.indexOf('/');
  if (publisher === undefined && slash > 0) {
    const meant = canonicalPublisher(nearestName(name.slice(0, slash), publishers())) ?? CANONICAL_PUBLISHERS[0]!;
    return nearestModel(`${meant}/${name.slice(slash + 1)}`);
  }
  const candidates = publisher === undefined ? pricedPublishers() : [publisher];
  const names = candidates.flatMap((owner) => namesOf(owner).map((known) => ({ owner, known })));
  if (names.length === 0) return nearestModel(name);
  const nearest = nearestName(name, names.map(({ known }) => known));
  const owner = names.find(({ known }) => known === nearest)?.owner;
  return `${owner}/${nearest}`;
}

function namesOf(publisher: string): string[] {
  const listed = priceRows(publisher).flatMap(({ match }) => match.filter((glob) => !/[*#]/.test(glob)));
  return [...listed, ...catalogueNames(publisher)];
}
