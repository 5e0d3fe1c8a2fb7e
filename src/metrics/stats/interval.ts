import { requireNumber } from '../check.ts';

export interface Interval {
  readonly low: number;
  readonly high: number;
}

export interface Confidence {
  /** Default 0.95. */
  readonly confidence?: number;
}

/** The chance left to each side of a two-sided interval. */
export function tailOf({ confidence = 0.95 }: Confidence): number {
  requireNumber(confidence, 'confidence', Number.EPSILON, 1 - Number.EPSILON);
  return (1 - confidence) / 2;
}
