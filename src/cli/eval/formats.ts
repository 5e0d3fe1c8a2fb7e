import { closeSync, openSync, readSync } from 'node:fs';
import { StringDecoder } from 'node:string_decoder';
import type { EvalReport } from '../../eval/index.ts';
import { csvEval } from '../../report/eval-csv.ts';
import { ghModelsEval } from '../../report/eval-gh-models.ts';
import { githubEval } from '../../report/eval-github.ts';
import { htmlEval } from '../../report/eval-html/index.ts';
import { resultsJson, timingsJson } from '../../report/eval-json.ts';
import { junitEval } from '../../report/eval-junit.ts';
import { markdownEval } from '../../report/eval-markdown.ts';
import { prettyEval } from '../../report/eval-pretty.ts';
import { type RunFolder, writeFileAtomic } from '../../store/index.ts';
import type { Context } from '../command.ts';
import { envelope } from '../emit.ts';
import type { PieceFormats } from './emit-pieces.ts';

export const evalFormatNames: readonly string[] = [
  'pretty',
  'json',
  'junit',
  'markdown',
  'github',
  'csv',
  'html',
  'gh-models',
];

/** `results` is where the run's results.json stands already, whose bytes are the json format's. */
export function evalFormats(context: Context, root: string, results?: string): PieceFormats<EvalReport> {
  return {
    pretty: (report) => prettyEval(report, { color: context.terminal.color }),
    json: (report) => (results === undefined ? resultsJson(report, headOf(root)) : fileText(results)),
    junit: junitEval,
    markdown: markdownEval,
    github: githubEval,
    csv: csvEval,
    html: htmlEval,
    'gh-models': ghModelsEval,
  };
}

/** results.json and timings.json of a run. */
export function writeResults(
  root: string,
  { results, timings }: Pick<RunFolder, 'results' | 'timings'>,
  report: EvalReport,
): void {
  writeFileAtomic(results, resultsJson(report, headOf(root)));
  writeFileAtomic(timings, timingsJson(report));
}

/** The members that every JSON document of ours begins with. */
function headOf(root: string): Readonly<Record<string, unknown>> {
  const { summary: _summary, ...head } = JSON.parse(envelope('eval', root, { summary: {} })) as Record<string, unknown>;
  return head;
}

function* fileText(path: string): Iterable<string> {
  const decoder = new StringDecoder('utf8');
  const file = openSync(path, 'r');
  const block = Buffer.alloc(64 * 1024);
  try {
    for (let taken = readSync(file, block); taken > 0; taken = readSync(file, block))
      yield decoder.write(block.subarray(0, taken));
    yield decoder.end();
  } finally {
    closeSync(file);
  }
}
