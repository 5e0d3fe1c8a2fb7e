import { requireReferences, requireText } from '../check.ts';
import { cosineSimilarity } from './cosine.ts';
import { requireSentenceEmbedder, type SentenceEmbedder } from './embedder.ts';

/**
 * The largest cosine similarity of a text with any of its references, -1 to 1, over the embedder's vectors. It measures what texts are
 * about, not what they claim: "payment succeeded" is near "payment failed".
 *
 * @throws MissingEmbedderError without an embedder.
 * @example await embeddingSimilarity('hello', ['hi there'], httpEmbedder({ url, model }));
 */
export async function embeddingSimilarity(
  hypothesis: string,
  references: readonly string[],
  embedder: SentenceEmbedder | undefined,
  signal?: AbortSignal,
): Promise<number> {
  requireText(hypothesis, 'hypothesis');
  requireReferences(references);
  requireSentenceEmbedder(embedder);
  const [ours, ...theirs] = await embedder([hypothesis, ...references], signal);
  if (!ours || theirs.length !== references.length) {
    throw new RangeError(
      `the embedder gave ${ours ? theirs.length + 1 : 0} vectors for ${references.length + 1} texts`,
    );
  }
  return Math.max(...theirs.map((vector) => cosineSimilarity(ours, vector)));
}
