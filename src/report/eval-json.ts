import type { EvalReport, Outcome } from '../eval/index.ts';

/** The envelope's own members, put before the rest. */
export type Envelope = Readonly<Record<string, unknown>>;

/** results.json, and what `--json` prints: one line a result, in the order of the tests, with no times in it. */
export function* resultsJson(report: EvalReport, envelope: Envelope = {}): Iterable<string> {
  const { verdict, prompts, summary, gates, missing, dead, notes, shard, baseline } = report;
  const { schema: _, ...more } = envelope;
  yield `{\n"schema": "promptctl.eval/1",\n`;
  for (const [key, value] of Object.entries({
    ...more,
    verdict,
    summary,
    ...(shard ? { shard } : {}),
    prompts,
    gates,
    dead,
    notes,
    missing,
  }))
    yield `${JSON.stringify(key)}: ${JSON.stringify(value)},\n`;
  if (baseline) {
    yield `"baseline": ${JSON.stringify(baseline).slice(0, -1)}, "pairs": `;
    yield* list(report.outcomes(), (outcome) => (outcome.before ? pairOf(outcome) : undefined));
    yield '},\n';
  }
  yield `"results": `;
  yield* list(report.outcomes(), ({ result }) => result);
  yield '\n}\n';
}

function pairOf({ result, before }: Outcome): object {
  const { id, promptId, status, scores } = result;
  return { id, promptId, old: before, new: { status, ...(scores ? { scores } : {}) } };
}

/** timings.json: all that is not the same twice. */
export function* timingsJson(report: EvalReport): Iterable<string> {
  yield `{\n"schema": "promptctl.timings/1",\n"wallMs": ${Math.round(report.wallMs)},\n"latencies": ${JSON.stringify(report.latencies)},\n"samples": `;
  yield* list(report.outcomes(), ({ result, timings }) => ({ id: result.id, ...timingOf(timings) }));
  yield '\n}\n';
}

function timingOf(timings: Outcome['timings']): object {
  const answers = timings.map(({ side, ms, attempts, origin }) => ({
    ...(side === 'old' ? { side } : {}),
    ...(ms === undefined ? {} : { ms }),
    ...(attempts === 1 ? {} : { attempts }),
    ...(origin === 'asked' ? {} : { from: origin }),
  }));
  return answers.length === 1 ? answers[0]! : { answers };
}

function* list(outcomes: Iterable<Outcome>, jsonOf: (outcome: Outcome) => object | undefined): Iterable<string> {
  let isFirst = true;
  yield '[';
  for (const outcome of outcomes) {
    const json = jsonOf(outcome);
    if (!json) continue;
    yield `${isFirst ? '\n' : ',\n'}${JSON.stringify(json)}`;
    isFirst = false;
  }
  yield ']';
}
