/** Readable in light and dark, by the reader's own setting. */
export const STYLE: string = `
:root { --ground: #fff; --text: #1b1f24; --quiet: #59636e; --line: #d1d9e0; --raised: #f6f8fa; --pass: #1a7f37; --fail: #cf222e; --error: #9a6700; --mark: #0969da; --added: #dafbe1; --gone: #ffebe9; }
@media (prefers-color-scheme: dark) {
  :root { --ground: #0d1117; --text: #e6edf3; --quiet: #9198a1; --line: #3d444d; --raised: #151b23; --pass: #3fb950; --fail: #f85149; --error: #d29922; --mark: #4493f8; --added: #12361e; --gone: #4b1113; }
}
* { box-sizing: border-box; }
body { margin: 0 auto; max-width: 78rem; padding: 1rem; background: var(--ground); color: var(--text); font: 15px/1.5 system-ui, sans-serif; }
h1 { font-size: 1.4rem; margin: 0.5rem 0; }
.verdict { padding: 0.1rem 0.6rem; border-radius: 0.4rem; color: var(--ground); background: var(--error); }
.verdict.pass { background: var(--pass); }
.verdict.failed, .verdict.regressed { background: var(--fail); }
nav { position: sticky; top: 0; display: flex; flex-wrap: wrap; gap: 0.8rem; align-items: center; padding: 0.6rem 0; background: var(--ground); border-bottom: 1px solid var(--line); }
input, select, button { font: inherit; color: inherit; background: var(--raised); border: 1px solid var(--line); border-radius: 0.3rem; padding: 0.2rem 0.5rem; }
.keys, .quiet { color: var(--quiet); font-size: 0.85rem; }
#charts { display: flex; flex-wrap: wrap; gap: 1rem; margin: 1rem 0; }
figure { margin: 0; padding: 0.5rem; border: 1px solid var(--line); border-radius: 0.4rem; }
figcaption { font-size: 0.85rem; color: var(--quiet); }
svg { display: block; width: 15rem; height: 5rem; }
svg rect { fill: var(--mark); }
svg path { fill: none; stroke: var(--mark); stroke-width: 1.5; }
svg path.old { stroke: var(--quiet); }
details { border-bottom: 1px solid var(--line); }
details[data-at="yes"] { outline: 2px solid var(--mark); outline-offset: -2px; }
summary { display: grid; grid-template-columns: 4.5rem 1fr auto; gap: 0.8rem; padding: 0.35rem 0.4rem; cursor: pointer; }
.passed { color: var(--pass); }
.failed { color: var(--fail); }
.errored { color: var(--error); }
.sides { display: grid; grid-template-columns: repeat(auto-fit, minmax(18rem, 1fr)); gap: 0.8rem; padding: 0 0.4rem 0.8rem; }
pre { margin: 0.3rem 0; padding: 0.6rem; white-space: pre-wrap; overflow-wrap: anywhere; background: var(--raised); border-radius: 0.3rem; font: 13px/1.45 ui-monospace, monospace; }
ins { background: var(--added); text-decoration: none; }
del { background: var(--gone); text-decoration: none; }
`;
