import { expect, it } from 'vitest';
import { killBatches } from '../support/eval-batch-kill.ts';
import { randomFrom } from '../support/eval-kill.ts';

it.each(['openai', 'anthropic'] as const)(
  '%s: killed at 40 random instants, no batch is handed in twice',
  async (kind) => {
    const report = await killBatches({ kind, kills: 40, random: randomFrom(20261125) });
    console.log(JSON.stringify(report));
    expect(report.wrong).toEqual([]);
    expect(report.handedIn).toBeGreaterThan(10);
  },
);
