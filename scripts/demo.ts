import { execFileSync, spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, symlinkSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

/** The tour: a team's first day with promptctl, in a folder of its own, each command shown with what it prints. */

const root = fileURLToPath(new URL('..', import.meta.url));
const folder = mkdtempSync(join(tmpdir(), 'promptctl-demo-'));
// As `npm install promptctl` would leave it.
mkdirSync(join(folder, 'node_modules'));
symlinkSync(root, join(folder, 'node_modules/promptctl'));

const steps: readonly (readonly [why: string, command: string, allowed?: number])[] = [
  ['A support desk to begin with: three prompts, a partial, tests, an app.', 'promptctl init'],
  ['What is wrong with it?', 'promptctl lint'],
  ['What does it cost, at the worst case?', 'promptctl tokens'],
  ['What does the model get? The ticket is data, and stays data.', 'promptctl render support/reply --row 1 --for text'],
  [
    'Which part is instruction, and which is somebody else’s text?',
    'promptctl render billing/refund --row 1 --segments',
  ],
  ['The bundle that applications load, with types.', 'promptctl compile'],
  ['The application: no YAML, no dependencies. A hostile ticket changes nothing but itself.', 'node app/triage.mjs'],
  [
    'Now a mistake: the ticket goes into the instructions.',
    `sed -i.bak 's/The ticket came in through: {{product}}./Sort this: {{ticket}} from {{product}}./' prompts/support/triage.prompt.yml`,
  ],
  ['The linter finds it.', 'promptctl lint', 1],
  ['And the bundle is not made from it.', 'promptctl compile --check', 1],
];

let failed = false;
for (const [why, command, allowed = 0] of steps) {
  console.log(`\n\u001b[1m# ${why}\u001b[0m\n$ ${command}`);
  const run = spawnSync(
    '/bin/sh',
    ['-c', command.replace(/^promptctl/, `"${process.execPath}" "${join(root, 'bin/promptctl.js')}"`)],
    {
      cwd: folder,
      stdio: 'inherit',
    },
  );
  if (run.status !== allowed) {
    console.error(`exit code ${run.status}, not ${allowed}`);
    failed = true;
    break;
  }
}
rmSync(folder, { recursive: true, force: true });
if (!failed) console.log(`\nThat was promptctl ${version()}. README.md goes on from here.`);
process.exitCode = failed ? 1 : 0;

function version(): string {
  return execFileSync(process.execPath, [join(root, 'bin/promptctl.js'), '--version'], { encoding: 'utf8' }).trim();
}
