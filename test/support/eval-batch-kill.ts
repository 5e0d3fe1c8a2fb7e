import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { deskFolder, runEval, startEval, readRun, tickets } from './eval-cli.ts';
import { LlmServer } from './llm-server.ts';

/**
 * Kills a run with `--batch` at random instants with SIGKILL and resumes it to its end: tells what was handed in twice, and results
 * other than an undisturbed run's.
 */
export async function killBatches(options: {
  readonly kind: 'openai' | 'anthropic';
  readonly kills: number;
  /** From 0 to 1: where in the run the next kill falls. */
  readonly random: () => number;
}): Promise<{ readonly kills: number; readonly handedIn: number; readonly wrong: readonly string[] }> {
  const server = await LlmServer.start({ batch: { polls: 1 } });
  const wrong: string[] = [];
  let handedIn = 0;
  try {
    const provider = { kind: options.kind, baseUrl: `${server.url}/v1` };
    const folder = deskFolder({ url: server.url, rows: tickets(40), provider });
    const started = performance.now();
    await runEval(folder, ['--batch']);
    const wholeMs = performance.now() - started;
    const whole = readRun(folder, 'results.json');
    for (let kill = 0; kill < options.kills; kill++) {
      rmSync(join(folder, '.promptctl'), { recursive: true, force: true });
      const before = server.batch.batches.length;
      const { child, done } = startEval(folder, ['eval', '--json', '--batch']);
      setTimeout(() => child.kill('SIGKILL'), options.random() * wholeMs);
      const { signal } = await done;
      if (signal !== 'SIGKILL') continue;
      if (server.batch.batches.length > before) handedIn++;
      const { status, stderr } = await startEval(folder, ['eval', '-q', '--json', '--resume']).done;
      // Too early: there was no run yet to go on with.
      if (status === 2 && server.batch.batches.length === before) continue;
      // Too late: the run had ended, with all its files written.
      const hadEnded = status === 2 && stderr.includes('every run here ended');
      const count = server.batch.batches.length - before;
      if (count !== 1) wrong.push(`kill ${kill}: ${count} batches`);
      else if (status !== 0 && !hadEnded) wrong.push(`kill ${kill}: exit ${status}: ${stderr}`);
      else if (readRun(folder, 'results.json') !== whole) wrong.push(`kill ${kill}: another result file`);
    }
  } finally {
    await server.stop();
  }
  return { kills: options.kills, handedIn, wrong };
}
