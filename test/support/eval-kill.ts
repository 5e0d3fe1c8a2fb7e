import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { deskFolder, runEval, startEval, readRun, tickets } from './eval-cli.ts';
import { LlmServer } from './llm-server.ts';

export interface KillReport {
  readonly kills: number;
  /** Kills that came while the run was under way: the journal was begun and the run not at its end. */
  readonly midway: number;
  /** Requests for answers that a journal already held. */
  readonly askedAgain: number;
  readonly wrong: readonly string[];
}

/** A small seeded generator (mulberry32): the instants of a proof repeat. */
export function randomFrom(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}

/**
 * Kills a run at random instants with SIGKILL, resumes it each time to its end, and holds its result file against that of an
 * undisturbed run.
 */
export async function killAndResume(options: {
  readonly cases: number;
  readonly kills: number;
  readonly seed: number;
}): Promise<KillReport> {
  const random = randomFrom(options.seed);
  const server = await LlmServer.start({
    answer: ({ user }) => (Number(/\d+/.exec(user)![0]) % 50 === 0 ? 'no' : user),
    fault: ({ index }) => ({ kind: 'delay', ms: index % 5 }),
  });
  const wrong: string[] = [];
  let [midway, askedAgain, tries] = [0, 0, 0];
  try {
    const folder = deskFolder({ url: server.url, rows: tickets(options.cases) });
    const started = performance.now();
    await runEval(folder);
    const wholeMs = performance.now() - started;
    const whole = readRun(folder, 'results.json');
    for (let kill = 0; kill < options.kills; kill++) {
      rmSync(join(folder, '.promptctl'), { recursive: true, force: true });
      server.asked.length = 0;
      const { child, done } = startEval(folder, ['eval', '--json']);
      setTimeout(() => child.kill('SIGKILL'), random() * wholeMs * 0.95);
      const { signal } = await done;
      const journaled = journaledTickets(folder);
      if (signal !== 'SIGKILL' || journaled === undefined) {
        // Too early, with nothing to resume yet, or too late: another instant.
        if (++tries > options.kills * 20) throw new Error('the kills never hit the run');
        kill--;
        continue;
      }
      if (journaled.size > 0 && journaled.size < options.cases) midway++;
      server.asked.length = 0;
      const { status, stderr } = await startEval(folder, ['eval', '-q', '--json', '--resume']).done;
      askedAgain += server.asked.filter(({ user }) => journaled.has(user)).length;
      if (status !== 1) wrong.push(`kill ${kill}: exit ${status}: ${stderr}`);
      else if (readRun(folder, 'results.json') !== whole) wrong.push(`kill ${kill}: another result file`);
      else if (server.asked.length !== options.cases - journaled.size)
        wrong.push(`kill ${kill}: ${server.asked.length} asked for ${options.cases - journaled.size} left`);
    }
  } finally {
    await server.stop();
  }
  return { kills: options.kills, midway, askedAgain, wrong };
}

/** The tickets whose whole line the journal holds; undefined where there is no run to go on with. */
function journaledTickets(folder: string): ReadonlySet<string> | undefined {
  let text: string;
  try {
    text = readRun(folder, 'journal.jsonl');
  } catch {
    return undefined;
  }
  const lines = text
    .slice(0, text.lastIndexOf('\n') + 1)
    .split('\n')
    .slice(0, -1);
  if (lines.length === 0 || lines.at(-1) === '{"end":true}') return undefined;
  return new Set(lines.slice(1).map((line) => `T-${(JSON.parse(line) as { unit: number }).unit + 1} is lost`));
}
