import { expect, it } from 'vitest';
import { killAndResume } from '../support/eval-kill.ts';

it('a run of 1 000 tests, killed at 100 random instants and resumed each time', async () => {
  const report = await killAndResume({ cases: 1000, kills: 100, seed: 20261125 });
  console.log(JSON.stringify(report));
  expect(report).toMatchObject({ kills: 100, askedAgain: 0, wrong: [] });
  expect(report.midway).toBeGreaterThan(50);
});
