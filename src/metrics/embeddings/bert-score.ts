import { requireCorpus, requireNumber } from '../check.ts';
import { dot, normalize } from './cosine.ts';
import { requireTokenEmbedder, type TokenEmbedder, type TokenVectors } from './embedder.ts';

export interface BertScore {
  readonly precision: number;
  readonly recall: number;
  readonly f1: number;
}

/** The tokens of one side: their vectors, and how much each counts. */
export interface WeighedVectors {
  readonly vectors: readonly (readonly number[])[];
  /** 0 for special tokens; else 1, or the token's idf. */
  readonly weights: readonly number[];
}

export interface BertScoreOptions {
  readonly embedder: TokenEmbedder | undefined;
  /** Weighs tokens by how rare they are among the references. */
  readonly idf?: boolean;
  /** What unrelated texts score with this model: scores are stretched so that it becomes 0. */
  readonly baseline?: BertScore;
  readonly signal?: AbortSignal;
}

const ZERO: BertScore = { precision: 0, recall: 0, f1: 0 };

/**
 * BERTScore (Zhang et al. 2020), as the authors' bert_score computes it from the same vectors: each token is matched to the most
 * similar one of the other text. Of several references precision, recall and F1 each take their largest, as there.
 *
 * @param references `references[i]` are those of hypothesis i
 * @throws MissingEmbedderError without a token embedder; RangeError for NaN in a vector or lists that don't pair up.
 * @example await bertScore(['the cat sat'], [['a cat sat']], { embedder: httpTokenEmbedder({ url }) });
 */
export async function bertScore(
  hypotheses: readonly string[],
  references: readonly (readonly string[])[],
  { embedder, idf = false, baseline, signal }: BertScoreOptions,
): Promise<BertScore[]> {
  requireCorpus(hypotheses, references);
  requireTokenEmbedder(embedder);
  const flat = references.flat();
  const texts = [...new Set([...hypotheses, ...flat])];
  const embedded = await embedder(texts, signal);
  if (embedded.length !== texts.length)
    throw new RangeError(`the embedder gave ${embedded.length} results for ${texts.length} texts`);
  const tokensByText = new Map(texts.map((text, at) => [text, requireTokens(embedded[at]!)]));
  const tokensOf = (text: string): TokenVectors => tokensByText.get(text)!;
  const idfByToken = idf ? bertIdf(flat.map((text) => tokensOf(text).tokens)) : undefined;
  const weighed = (text: string): WeighedVectors => weigh(tokensOf(text), idfByToken, flat.length);
  return hypotheses.map((hypothesis, at) =>
    references[at]!.map((reference) => bertScoreOfVectors(weighed(hypothesis), weighed(reference), baseline)).reduce(
      largest,
    ),
  );
}

/**
 * BERTScore of one pair from its vectors. Tokens of weight 0 don't count, and still serve as partners: [CLS] and [SEP] do in
 * bert_score. A side without any counting token makes all three 0 before the baseline.
 */
export function bertScoreOfVectors(
  hypothesis: WeighedVectors,
  reference: WeighedVectors,
  baseline?: BertScore,
): BertScore {
  const [ours, theirs] = [hypothesis.vectors.map(normalize), reference.vectors.map(normalize)];
  const isEmpty = [hypothesis, reference].some(({ weights }) => weights.every((weight) => weight === 0));
  let score = ZERO;
  if (!isEmpty) {
    const precision = matchGreedily(ours, hypothesis.weights, theirs);
    const recall = matchGreedily(theirs, reference.weights, ours);
    const sum = precision + recall;
    score = { precision, recall, f1: sum === 0 ? 0 : (2 * precision * recall) / sum };
  }
  return baseline ? rescale(score, baseline) : score;
}

/** The rarity of each token: ln((N + 1) / (documents with it + 1)). */
export function bertIdf(documents: readonly (readonly string[])[]): Map<string, number> {
  const documentsByToken = new Map<string, number>();
  for (const tokens of documents) {
    for (const token of new Set(tokens)) documentsByToken.set(token, (documentsByToken.get(token) ?? 0) + 1);
  }
  for (const [token, count] of documentsByToken)
    documentsByToken.set(token, Math.log((documents.length + 1) / (count + 1)));
  return documentsByToken;
}

function matchGreedily(
  vectors: readonly Float64Array[],
  weights: readonly number[],
  partners: readonly Float64Array[],
): number {
  let [sum, total] = [0, 0];
  vectors.forEach((vector, at) => {
    const weight = weights[at]!;
    requireNumber(weight, 'a weight', 0);
    total += weight;
    if (weight === 0) return;
    let best = -Infinity;
    for (const partner of partners) best = Math.max(best, dot(vector, partner));
    sum += weight * best;
  });
  return sum / total;
}

function weigh(
  { tokens, vectors, special }: TokenVectors,
  idfByToken: Map<string, number> | undefined,
  documents: number,
): WeighedVectors {
  const isSpecial = (at: number): boolean => (special ? special[at] === true : at === 0 || at === tokens.length - 1);
  const unseen = Math.log(documents + 1);
  const weightOf = (token: string): number => (idfByToken ? (idfByToken.get(token) ?? unseen) : 1);
  return { vectors, weights: tokens.map((token, at) => (isSpecial(at) ? 0 : weightOf(token))) };
}

function requireTokens(result: TokenVectors): TokenVectors {
  if (
    result.tokens.length !== result.vectors.length ||
    (result.special && result.special.length !== result.tokens.length)
  ) {
    throw new RangeError(`the embedder gave ${result.vectors.length} vectors for ${result.tokens.length} tokens`);
  }
  return result;
}

const largest = (a: BertScore, b: BertScore): BertScore => ({
  precision: Math.max(a.precision, b.precision),
  recall: Math.max(a.recall, b.recall),
  f1: Math.max(a.f1, b.f1),
});

const rescale = (score: BertScore, baseline: BertScore): BertScore => ({
  precision: (score.precision - baseline.precision) / (1 - baseline.precision),
  recall: (score.recall - baseline.recall) / (1 - baseline.recall),
  f1: (score.f1 - baseline.f1) / (1 - baseline.f1),
});
