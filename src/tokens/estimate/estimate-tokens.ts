import { countTokens } from '../bpe/index.ts';
import { FORMULAS } from './formulas.ts';
import type { EstimateFamily } from './formulas.ts';
import { scriptRuns } from './script-runs.ts';

/** An estimate of a text's tokens under a tokenizer that is no OpenAI encoding. */
export interface TokenEstimate {
  readonly tokens: number;
  /** The formula's name, as `o200k_base x gemini script ratios`. */
  readonly formula: string;
  /** Relative, as a fraction: nine of ten texts of this mix of scripts are within it. */
  readonly error: number;
  /** Where the ratios come from. */
  readonly source: string;
}

/**
 * Estimates tokens from the exact count under a related OpenAI encoding, times a measured ratio for each script in the text.
 *
 * @example estimateTokens('Summarise the ticket in two sentences.', 'gemini').tokens // 9
 */
export function estimateTokens(text: string, family: EstimateFamily): TokenEstimate {
  const { base, digits, scripts, source } = FORMULAS[family];
  let counted = 0;
  let weighted = 0;
  let uncertain = 0;
  for (const run of scriptRuns(text)) {
    const tokens = countTokens(run.text, base);
    const [ratio, error] = scripts[run.script];
    const share = ratio * (digits === 'each' && run.script === 'digits' ? run.text.length : tokens);
    counted += tokens;
    weighted += share;
    uncertain += share * error;
  }
  // Runs counted apart lose the merges across their borders; the whole text's exact count puts them back.
  const tokens = counted === 0 ? 0 : Math.round((countTokens(text, base) * weighted) / counted);
  const error = weighted === 0 ? 0 : Math.round((100 * uncertain) / weighted) / 100;
  return { tokens, formula: `${base} x ${family} script ratios`, error, source };
}
