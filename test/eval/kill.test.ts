import { expect, it } from 'vitest';
import { killAndResume } from '../support/eval-kill.ts';

it('killed at ten random instants and resumed: nothing lost, nothing asked again, the same result file', async () => {
  const report = await killAndResume({ cases: 400, kills: 10, seed: 5 });
  expect(report).toMatchObject({ kills: 10, askedAgain: 0, wrong: [] });
  expect(report.midway).toBeGreaterThan(0);
}, 120_000);
