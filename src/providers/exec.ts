import { spawn } from 'node:child_process';
import { PromptctlError } from '../model/index.ts';
import { ProviderError } from './error.ts';
import type { CallOptions, Provider, ProviderConfig } from './provider.ts';
import { readCustom } from './custom.ts';

/** Asks a program: the request as JSON on stdin, `{ text, ... }` as JSON on stdout. */
export function exec(config: ProviderConfig, environment: NodeJS.ProcessEnv, directory: string): Provider {
  const { command } = config;
  if (!command?.[0]) {
    throw new PromptctlError('config', 'An exec provider needs a command', { hint: 'command: [node, answer.mjs]' });
  }
  const env = withoutSecrets(environment, config.apiKeyEnv);
  const secret = config.apiKeyEnv === undefined ? undefined : environment[config.apiKeyEnv];
  return {
    kind: 'exec',
    baseUrl: command.join(' '),
    async complete(request, options) {
      const output = await runCommand(command, JSON.stringify(request), { ...options, env, directory });
      return readCustom(secret ? output.replaceAll(secret, '[key]') : output, command[0]!);
    },
    close: () => Promise.resolve(),
  };
}

/** What a program said on stdout. @throws ProviderError where it can't be run, fails, or takes too long. */
export function runCommand(
  command: readonly string[],
  input: string,
  options: CallOptions & { readonly env: NodeJS.ProcessEnv; readonly directory: string },
): Promise<string> {
  return new Promise((resolve, reject) => {
    const child = spawn(command[0]!, command.slice(1), {
      cwd: options.directory,
      env: options.env,
      stdio: ['pipe', 'pipe', 'ignore'],
    });
    const chunks: Buffer[] = [];
    const stop = (error: ProviderError): void => {
      child.kill('SIGKILL');
      reject(error);
    };
    const timer = setTimeout(
      () => stop(new ProviderError('timeout', `${command[0]} took over ${options.timeoutMs} ms`)),
      options.timeoutMs,
    );
    const onAbort = (): void => stop(new ProviderError('cancelled', 'Stopped'));
    options.signal.addEventListener('abort', onAbort, { once: true });
    child.stdout.on('data', (chunk: Buffer) => chunks.push(chunk));
    // A program may answer without reading what it was asked.
    child.stdin.on('error', () => undefined);
    child.stdin.end(input);
    child.on('error', (error) =>
      reject(new ProviderError('unreachable', `${command[0]} could not be run: ${error.message}`)),
    );
    child.on('close', (code) => {
      clearTimeout(timer);
      options.signal.removeEventListener('abort', onAbort);
      if (code === 0) resolve(Buffer.concat(chunks).toString('utf8'));
      else reject(new ProviderError('rejected', `${command[0]} ended with status ${code ?? 'none'}`));
    });
  });
}

const SECRET_NAME = /KEY|TOKEN|SECRET|PASSWORD|PASSWD|CREDENTIAL/i;

/** A program gets the environment without what looks like a secret, but for the one key it is given by name. */
export function withoutSecrets(environment: NodeJS.ProcessEnv, keep: string | undefined): NodeJS.ProcessEnv {
  return Object.fromEntries(Object.entries(environment).filter(([name]) => name === keep || !SECRET_NAME.test(name)));
}
