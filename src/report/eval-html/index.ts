import { createHash } from 'node:crypto';
import type { EvalReport } from '../../eval/index.ts';
import { resultsJson, timingsJson } from '../eval-json.ts';
import { comparisonLine, countsLine, gateLine, rateLine, VERDICTS } from '../eval-words.ts';
import { attributeText, xmlText } from '../xml.ts';
import { SCRIPT } from './script.ts';
import { STYLE } from './style.ts';

/**
 * One file that needs no other: results and times as JSON, and a script that shows them. Nothing of a result is ever read as markup: it
 * is parsed from JSON and put into the page as text, and the page's policy lets no other script run.
 */
export function* htmlEval(report: EvalReport): Iterable<string> {
  const hash = createHash('sha256').update(SCRIPT).digest('base64');
  yield `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'; script-src 'sha256-${hash}'">
<meta name="color-scheme" content="light dark">
<title>Eval ${VERDICTS[report.verdict]}: ${xmlText(countsLine(report))}</title>
<style>${STYLE}</style>
</head>
<body>
<header>
<h1><span class="verdict ${attributeText(report.verdict)}">${VERDICTS[report.verdict]}</span> ${xmlText(countsLine(report))}</h1>
<p>${xmlText(rateLine(report))}</p>
${lists(report)}
</header>
<section id="charts" aria-label="Scores, cost and latency"></section>
<nav>
<label>Filter <input id="filter" type="search" placeholder="name, prompt, output" accesskey="f"></label>
<label>Show <select id="show"><option value="all">all</option><option value="failed">failed</option><option value="errored">errors</option><option value="passed">passed</option>${report.baseline ? '<option value="changed">changed</option>' : ''}</select></label>
<label>Sort <select id="sort"><option value="order">order of the tests</option><option value="status">worst first</option><option value="name">name</option><option value="cost">cost</option><option value="latency">latency</option></select></label>
<span id="count" role="status"></span>
<span class="keys">j k move, Enter opens, / filters, Esc leaves</span>
</nav>
<main id="results"></main>
<button id="more" hidden>Show more</button>
<noscript>The results stand as JSON in the source of this page.</noscript>
<script type="application/json" id="data">`;
  yield* inert(resultsJson(report));
  yield `</script>\n<script type="application/json" id="timings">`;
  yield* inert(timingsJson(report));
  yield `</script>\n<script>${SCRIPT}</script>\n</body>\n</html>\n`;
}

function lists({ baseline, gates, notes, dead }: EvalReport): string {
  const lines = [
    ...(baseline
      ? baseline.comparisons.map((comparison) => `against ${baseline.ref}: ${comparisonLine(comparison)}`)
      : []),
    ...(baseline && baseline.unchanged.length > 0
      ? [`unchanged since ${baseline.ref}: ${baseline.unchanged.join(', ')}`]
      : []),
    ...gates.map(gateLine),
    ...notes,
    ...dead.map(({ provider, message }) => `${provider}: ${message}`),
  ];
  return lines.length === 0 ? '' : `<ul>${lines.map((line) => `<li>${xmlText(line)}</li>`).join('')}</ul>`;
}

/** JSON inside a script element may not hold `</script>` or `<!--`; every `<` is inside a text, where its escape means the same. */
function* inert(pieces: Iterable<string>): Iterable<string> {
  for (const piece of pieces) yield piece.replaceAll('<', '\\u003c');
}
