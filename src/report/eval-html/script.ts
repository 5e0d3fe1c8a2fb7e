/** What runs in the page, as it runs there. It touches no network and writes text only as text. */
export const SCRIPT: string = `
'use strict';
const PAGE = 200;
const LONGEST_DIFF = 1500;

function wordDiff(before, now) {
  const a = before.match(/\\s+|[\\p{L}\\p{N}_]+|[^]/gu) || [];
  const b = now.match(/\\s+|[\\p{L}\\p{N}_]+|[^]/gu) || [];
  let start = 0;
  while (start < a.length && start < b.length && a[start] === b[start]) start++;
  let end = 0;
  while (end < a.length - start && end < b.length - start && a[a.length - 1 - end] === b[b.length - 1 - end]) end++;
  const runs = [];
  const add = (kind, text) => {
    if (text === '') return;
    if (runs.length > 0 && runs[runs.length - 1].kind === kind) runs[runs.length - 1].text += text;
    else runs.push({ kind, text });
  };
  add('same', a.slice(0, start).join(''));
  const left = a.slice(start, a.length - end);
  const right = b.slice(start, b.length - end);
  if (left.length * right.length > LONGEST_DIFF * LONGEST_DIFF) {
    add('gone', left.join(''));
    add('added', right.join(''));
  } else {
    const width = right.length + 1;
    const common = new Uint16Array((left.length + 1) * width);
    for (let i = left.length - 1; i >= 0; i--) {
      for (let j = right.length - 1; j >= 0; j--) {
        common[i * width + j] = left[i] === right[j] ? common[(i + 1) * width + j + 1] + 1 : Math.max(common[(i + 1) * width + j], common[i * width + j + 1]);
      }
    }
    let i = 0;
    let j = 0;
    while (i < left.length || j < right.length) {
      if (i < left.length && j < right.length && left[i] === right[j]) { add('same', left[i]); i++; j++; }
      else if (j < right.length && (i === left.length || common[i * width + j + 1] > common[(i + 1) * width + j])) add('added', right[j++]);
      else add('gone', left[i++]);
    }
  }
  add('same', a.slice(a.length - end).join(''));
  return runs;
}

function histogram(values, bins) {
  let low = Math.min(0, ...values.slice(0, 1));
  let high = 1;
  for (const value of values) { if (value < low) low = value; if (value > high) high = value; }
  const counts = new Array(bins).fill(0);
  for (const value of values) counts[Math.min(bins - 1, Math.floor(((value - low) / (high - low || 1)) * bins))]++;
  return { counts, low, high };
}

function element(name, attributes, ...children) {
  const made = document.createElement(name);
  for (const [key, value] of Object.entries(attributes || {})) made.setAttribute(key, value);
  for (const child of children) if (child !== undefined && child !== '') made.append(child);
  return made;
}

function drawing(...shapes) {
  const space = 'http://www.w3.org/2000/svg';
  const svg = document.createElementNS(space, 'svg');
  svg.setAttribute('viewBox', '0 0 100 40');
  svg.setAttribute('preserveAspectRatio', 'none');
  svg.setAttribute('aria-hidden', 'true');
  for (const [name, attributes] of shapes) {
    const shape = document.createElementNS(space, name);
    for (const [key, value] of Object.entries(attributes)) shape.setAttribute(key, value);
    svg.append(shape);
  }
  return svg;
}

function start() {
  const data = JSON.parse(document.getElementById('data').textContent);
  const times = JSON.parse(document.getElementById('timings').textContent);
  const oldById = new Map((data.baseline ? data.baseline.pairs : []).map((pair) => [pair.promptId + '\\n' + pair.id, pair.old]));
  const answersOf = (sample) => sample.answers || [sample];
  const rows = data.results.map((result, order) => {
    const answers = answersOf(times.samples[order] || {});
    const ms = answers.filter((answer) => answer.side !== 'old').reduce((most, answer) => Math.max(most, answer.ms || 0), 0);
    return { result, order, ms, old: oldById.get(result.promptId + '\\n' + result.id) };
  });
  charts(data, times, rows, answersOf);

  const [filter, show, sort, count, list, more] = ['filter', 'show', 'sort', 'count', 'results', 'more'].map((id) => document.getElementById(id));
  const rank = { failed: 0, errored: 1, passed: 2 };
  const orders = {
    order: (a, b) => a.order - b.order,
    status: (a, b) => rank[a.result.status] - rank[b.result.status] || a.order - b.order,
    name: (a, b) => (a.result.name < b.result.name ? -1 : a.result.name > b.result.name ? 1 : a.order - b.order),
    cost: (a, b) => (b.result.costUsd || 0) - (a.result.costUsd || 0) || a.order - b.order,
    latency: (a, b) => b.ms - a.ms || a.order - b.order,
  };
  let shown = [];
  let drawn = 0;
  let at = -1;

  const matches = (row, words) => {
    if (show.value === 'changed') { if (!row.old || row.old.status === row.result.status) return false; }
    else if (show.value !== 'all' && row.result.status !== show.value) return false;
    const text = (row.result.promptId + ' ' + row.result.name + ' ' + row.result.id + ' ' + (row.result.output || '') + ' ' + (row.result.error || '')).toLowerCase();
    return words.every((word) => text.includes(word));
  };
  const drawMore = () => {
    for (const row of shown.slice(drawn, drawn + PAGE)) list.append(card(row));
    drawn = Math.min(shown.length, drawn + PAGE);
    more.hidden = drawn >= shown.length;
  };
  const draw = () => {
    const words = filter.value.toLowerCase().split(/\\s+/).filter(Boolean);
    shown = rows.filter((row) => matches(row, words)).sort(orders[sort.value]);
    count.textContent = shown.length + ' of ' + rows.length;
    list.replaceChildren();
    drawn = 0;
    at = -1;
    drawMore();
  };
  const move = (step) => {
    const cards = list.children;
    if (cards.length === 0) return;
    if (at >= 0 && cards[at]) cards[at].removeAttribute('data-at');
    at = Math.max(0, Math.min(shown.length - 1, at + step));
    while (at >= cards.length && drawn < shown.length) drawMore();
    cards[at].setAttribute('data-at', 'yes');
    cards[at].scrollIntoView({ block: 'nearest' });
    cards[at].querySelector('summary').focus({ preventScroll: true });
  };
  filter.addEventListener('input', draw);
  show.addEventListener('change', draw);
  sort.addEventListener('change', draw);
  more.addEventListener('click', drawMore);
  document.addEventListener('keydown', (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    if (event.key === 'Escape') return document.activeElement.blur();
    if (event.target === filter || event.target.tagName === 'SELECT') return;
    if (event.key === '/') { event.preventDefault(); filter.focus(); }
    else if (event.key === 'j' || event.key === 'ArrowDown') { event.preventDefault(); move(1); }
    else if (event.key === 'k' || event.key === 'ArrowUp') { event.preventDefault(); move(-1); }
  });
  draw();
}

function card({ result, ms, old }) {
  const scores = Object.entries(result.scores || {}).map(([name, score]) => name + ' ' + Math.round(score * 1000) / 1000).join('  ');
  const head = element('summary', {},
    element('span', { class: result.status }, result.status),
    element('span', {}, result.promptId + '  ' + result.name),
    element('span', { class: 'quiet' }, scores));
  const made = element('details', {}, head);
  made.addEventListener('toggle', () => {
    if (made.open && made.children.length === 1) made.append(...body(result, ms, old));
  });
  return made;
}

function body(result, ms, old) {
  const why = result.error ? [result.error] : (result.failed || []).map((name) => name + (result.reasons && result.reasons[name] ? ': ' + result.reasons[name] : ''));
  const facts = [result.id, result.usage ? result.usage.inputTokens + ' tokens in, ' + result.usage.outputTokens + ' out' : '', result.costUsd === undefined ? '' : '$' + result.costUsd.toPrecision(3), ms > 0 ? Math.round(ms) + ' ms' : ''].filter(Boolean).join('  ');
  const sides = element('div', { class: 'sides' });
  if (old) {
    const runs = wordDiff(old.output || old.error || '', result.output || '');
    const side = (kept, tag) => {
      const text = element('pre', {});
      for (const run of runs) if (run.kind === 'same') text.append(run.text); else if (run.kind === kept) text.append(element(tag, {}, run.text));
      return text;
    };
    sides.append(element('div', {}, element('b', { class: old.status }, 'old: ' + old.status), side('gone', 'del')));
    sides.append(element('div', {}, element('b', { class: result.status }, 'new: ' + result.status), side('added', 'ins')));
  } else if (result.epochs) {
    result.epochs.forEach((epoch, at) => sides.append(element('div', {}, element('b', { class: epoch.status }, 'epoch ' + (at + 1) + ': ' + epoch.status), element('pre', {}, epoch.output || epoch.error || ''))));
  } else if (result.output !== undefined) sides.append(element('div', {}, element('pre', {}, result.output)));
  return [element('p', { class: 'quiet' }, facts), ...why.map((line) => element('p', { class: result.status }, line)), sides];
}

function charts(data, times, rows, answersOf) {
  const place = document.getElementById('charts');
  for (const { promptId, evaluator, mean } of data.summary.evaluators) {
    const values = rows.filter(({ result }) => result.promptId === promptId && result.scores && result.scores[evaluator] !== undefined).map(({ result }) => result.scores[evaluator]);
    const { counts, low, high } = histogram(values, 10);
    const most = Math.max(1, ...counts);
    const bars = counts.map((count, at) => ['rect', { x: at * 10 + 0.5, y: 40 - (count / most) * 38, width: 9, height: (count / most) * 38 }]);
    place.append(element('figure', {}, drawing(...bars), element('figcaption', {}, promptId + ' ' + evaluator + ': mean ' + Math.round(mean * 1000) / 1000 + ', ' + low + ' to ' + Math.round(high * 100) / 100)));
  }
  const curve = (values) => {
    const sorted = values.slice().sort((a, b) => a - b);
    const most = sorted[sorted.length - 1] || 1;
    const step = Math.max(1, Math.floor(sorted.length / 200));
    let path = '';
    for (let at = 0; at < sorted.length; at += step) path += (path ? 'L' : 'M') + ((at / Math.max(1, sorted.length - 1)) * 100).toFixed(2) + ' ' + (39 - (sorted[at] / most) * 37).toFixed(2);
    return { path, most };
  };
  const costs = rows.map(({ result }) => result.costUsd || 0);
  if (costs.some((cost) => cost > 0)) {
    const { path, most } = curve(costs);
    place.append(element('figure', {}, drawing(['path', { d: path }]), element('figcaption', {}, 'cost a test, sorted: up to $' + most.toPrecision(2))));
  }
  const answers = times.samples.flatMap(answersOf).filter((answer) => answer.ms !== undefined);
  if (answers.length > 0) {
    const { path, most } = curve(answers.filter((answer) => answer.side !== 'old').map((answer) => answer.ms));
    place.append(element('figure', {}, drawing(['path', { d: path }]), element('figcaption', {}, 'latency of an answer, sorted: up to ' + Math.round(most) + ' ms')));
  }
}

if (typeof document !== 'undefined') start();
`;
