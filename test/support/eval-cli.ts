import { type ChildProcess, spawn } from 'node:child_process';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { folderOf } from './folder.ts';

const BIN = fileURLToPath(new URL('../../bin/promptctl.js', import.meta.url));

export interface EvalJson {
  readonly schema: string;
  readonly verdict: string;
  readonly summary: {
    readonly total: number;
    readonly passed: number;
    readonly failed: number;
    readonly errored: number;
    readonly notRun: number;
    readonly costUsd?: number;
  };
  readonly results: readonly {
    readonly id: string;
    readonly promptId: string;
    readonly name: string;
    readonly status: string;
    readonly output?: string;
    readonly error?: string;
    readonly scores?: Record<string, number>;
    readonly reasons?: Record<string, string>;
    readonly passShare?: number;
    readonly epochs?: readonly { readonly status: string; readonly output?: string }[];
  }[];
  readonly missing: readonly { readonly key: string; readonly promptId: string; readonly name: string }[];
  readonly gates: readonly { readonly gate: string; readonly answer: string }[];
  readonly baseline?: {
    readonly ref: string;
    readonly commit: string;
    readonly unchanged: readonly string[];
    readonly added: readonly string[];
    readonly newOnly: readonly string[];
    readonly comparisons: readonly { readonly measure: string; readonly verdict: string }[];
    readonly pairs: readonly {
      readonly id: string;
      readonly promptId: string;
      readonly old: { readonly status: string };
      readonly new: { readonly status: string };
    }[];
  };
}

export interface EvalRun {
  readonly status: number | null;
  readonly signal: NodeJS.Signals | null;
  readonly stdout: string;
  readonly stderr: string;
}

/** Starts the built command line and leaves this process free to answer it. */
export function startEval(
  cwd: string,
  args: readonly string[],
  env: Readonly<Record<string, string>> = {},
): { readonly child: ChildProcess; readonly done: Promise<EvalRun> } {
  const {
    CI: _ci,
    FORCE_COLOR: _color,
    OPENAI_API_KEY: _openai,
    ANTHROPIC_API_KEY: _anthropic,
    ...inherited
  } = process.env;
  const child = spawn(process.execPath, [BIN, ...args], {
    cwd,
    env: { ...inherited, NO_COLOR: '1', ...env },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const out: Buffer[] = [];
  const err: Buffer[] = [];
  child.stdout.on('data', (chunk: Buffer) => out.push(chunk));
  child.stderr.on('data', (chunk: Buffer) => err.push(chunk));
  const done = new Promise<EvalRun>((resolve) => {
    child.on('close', (status, signal) =>
      resolve({
        status,
        signal,
        stdout: Buffer.concat(out).toString('utf8'),
        stderr: Buffer.concat(err).toString('utf8'),
      }),
    );
  });
  return { child, done };
}

/** Runs `promptctl eval --json` to its end. */
export async function runEval(
  cwd: string,
  args: readonly string[] = [],
  env: Readonly<Record<string, string>> = {},
): Promise<EvalRun & { readonly json: EvalJson }> {
  const run = await startEval(cwd, ['eval', '--json', ...args], env).done;
  return {
    ...run,
    get json() {
      try {
        return JSON.parse(run.stdout) as EvalJson;
      } catch {
        throw new Error(`No JSON on stdout; status ${run.status}, stderr: ${run.stderr}`);
      }
    },
  };
}

export interface DeskOptions {
  readonly url: string;
  readonly rows?: readonly object[];
  readonly evaluators?: readonly object[];
  readonly provider?: object;
  readonly config?: object;
  readonly prompt?: object;
  readonly files?: Readonly<Record<string, string>>;
}

/** Tickets that the echoing server answers with `ECHO:` and their text, which is what they expect. */
export function tickets(count: number): object[] {
  return Array.from({ length: count }, (_, at) => ({
    $name: `ticket ${at + 1}`,
    ticket: `T-${at + 1} is lost`,
    expected: `T-${at + 1}`,
  }));
}

/** A workspace with one prompt of a support desk, asking the server at a URL. JSON is YAML. */
export function deskFolder({
  url,
  rows = tickets(10),
  evaluators,
  provider,
  config,
  prompt,
  files,
}: DeskOptions): string {
  const local = provider ?? { kind: 'openai-compatible', baseUrl: `${url}/v1` };
  const desk = {
    name: 'desk',
    model: 'local/desk-1',
    messages: [
      { role: 'system', content: 'You sort tickets.' },
      { role: 'user', content: '{{ticket}}' },
    ],
    tests: './cases.jsonl',
    evaluators: evaluators ?? [{ name: 'names the ticket', uses: 'promptctl/contains' }],
    ...prompt,
  };
  return folderOf({
    'promptctl.yaml': JSON.stringify({ prompts: ['prompts/**/*.prompt.yml'], providers: { local }, ...config }),
    'prompts/desk.prompt.yml': JSON.stringify(desk, undefined, 1),
    'prompts/cases.jsonl': rows.map((row) => `${JSON.stringify(row)}\n`).join(''),
    ...files,
  });
}

/** The folder of the newest run. */
export function newestRun(folder: string): string {
  const runs = join(folder, '.promptctl/runs');
  return join(runs, readdirSync(runs).sort().at(-1)!);
}

export function readRun(folder: string, file: string): string {
  return readFileSync(join(newestRun(folder), file), 'utf8');
}
