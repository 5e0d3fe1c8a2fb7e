import { existsSync } from 'node:fs';
import { resolve } from 'node:path';
import { releaseHistory, repositoryOf, type Verification, verifyBundle, verifyTag } from '../../release/index.ts';
import { PromptctlError } from '../../model/index.ts';
import { nearest } from '../../runtime/index.ts';
import { loadBundleFile } from '../../runtime/node.ts';
import type { Command, Context } from '../command.ts';
import { groundOf } from '../comparison.ts';
import { emit, envelope } from '../emit.ts';
import { EXIT } from '../exit.ts';

export const command: Command = {
  arguments: [{ name: '<tag-or-bundle>', description: 'a release tag, or a bundle file' }],
  formats: ['pretty', 'json'],
  options: [{ flags: '--require-signature', description: 'fail where the tag has no signature that git can verify' }],
  examples: [
    { command: 'promptctl verify prompts@1.2.0', description: 'build the tagged tree again and compare digests' },
    { command: 'promptctl verify dist/prompts.json', description: 'is the bundle what its digests say?' },
  ],
  run: (context) => {
    const verification = verified(context, context.args[0]!);
    const { problems, signature } = verification;
    const isUnsigned = context.options.flag('requireSignature') && signature.state !== 'good';
    const wrong = isUnsigned ? [...problems, `signature: ${signature.words}`] : problems;
    emit(
      context,
      { ...verification, problems: wrong },
      {
        pretty,
        json: (shown) => envelope('verify', context.cwd, { summary: { ok: shown.problems.length === 0 }, ...shown }),
      },
      'pretty',
    );
    return wrong.length > 0 ? EXIT.findings : EXIT.fine;
  },
};

function verified(context: Context, subject: string): Verification {
  const path = resolve(context.cwd, subject);
  if (subject.endsWith('.json') && existsSync(path)) return verifyBundle(loadBundleFile(path).json, subject);
  const ground = groundOf(context);
  const history = releaseHistory(repositoryOf(ground.folder), ground.config, { mayBeShallow: true });
  const tag = history.tags.find(({ name }) => name === subject);
  if (tag) return verifyTag(history, ground.config, tag);
  const near = nearest(
    subject,
    history.tags.map(({ name }) => name),
  );
  throw new PromptctlError('unreadable', `There is no release tag and no bundle \`${subject}\``, {
    hint: near
      ? `did you mean \`${near}\`?`
      : `tags are called ${history.names.template}; \`git fetch --tags\` brings what is missing`,
  });
}

function pretty({ subject, digest, problems, signature }: Verification): string {
  if (problems.length === 0) return `${subject}  ok  ${digest}  ${signature.words}\n`;
  return `${subject}  NOT what it says\n${problems.map((problem) => `  ${problem}\n`).join('')}`;
}
