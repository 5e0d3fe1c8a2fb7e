import { nearest } from '../../runtime/index.ts';
import { isPattern, pricedPublishers, priceRows } from '../prices/index.ts';
import { catalogueNames } from './catalogue.ts';
import { findModel } from './find-model.ts';
import { canonicalPublisher, parseModelId, publishers } from './publishers.ts';

/**
 * The known model an unknown one was probably meant to be, for messages; undefined where none is near.
 *
 * @example nearestModel('openai/gtp-4o') // 'openai/gpt-4o'
 */
export function nearestModel(id: string): string | undefined {
  const { publisher, name } = parseModelId(id);
  if (publisher !== undefined) return prefixed(publisher, nearest(name, namesOf(publisher)));
  const slash = name.indexOf('/');
  if (slash > 0) {
    const meant = canonicalPublisher(nearest(name.slice(0, slash), publishers()) ?? '');
    if (meant === undefined) return undefined;
    const corrected = `${meant}/${name.slice(slash + 1)}`;
    return findModel(corrected)?.id ?? nearestModel(corrected);
  }
  const ids = pricedPublishers().flatMap((owner) =>
    namesOf(owner).map((known) => [known, `${owner}/${known}`] as const),
  );
  const idByName = new Map(ids.toReversed());
  return idByName.get(nearest(name, idByName.keys()) ?? '');
}

function prefixed(publisher: string, name: string | undefined): string | undefined {
  return name === undefined ? undefined : `${publisher}/${name}`;
}

function namesOf(publisher: string): string[] {
  const listed = priceRows(publisher).flatMap(({ match }) => match.map((glob) => glob.replace(/[-@]?\*$/, '')));
  return [...listed.filter((name) => !isPattern(name)), ...catalogueNames(publisher)];
}
