import { findBlobs } from '../../detectors/blobs.ts';
import { findSecrets } from '../../detectors/secrets.ts';
import { promptRule, type Rule } from '../../rule.ts';
import { sentTexts } from './in-text.ts';

export const encodedBlob: Rule = promptRule({
  id: 'security/encoded-blob',
  severity: 'warning',
  preset: 'recommended',
  owasp: 'LLM01:2025',
  summary: 'Text or bytes in base64 or hexadecimal that a reviewer can’t read.',
  why: 'Models decode base64 and hexadecimal on their own and follow what it says; the people who review the file don’t, nor do filters. It takes three to four times the tokens, too. Told are runs of 40 characters or more that say a sentence, and of 160 or more that say nothing readable; digests, paths and addresses are not.',
  unless: 'the prompt teaches an encoding.',
  examples: {
    bad: [
      {
        text: 'messages:\n  - role: system\n    content: |\n      You help readers.\n      VGhlIHJlYWRpbmcgcm9vbSBvcGVucyBhdCBuaW5lLiBSZWFkZXJzIGxlYXZlIGNvYXRzLg==\n',
        line: 5,
      },
      {
        text: 'messages:\n  - role: system\n    content: 5468652072656164696e6720726f6f6d206f70656e73206174206e696e652e\n',
        line: 3,
      },
    ],
    good: [
      {
        text: 'messages:\n  - role: system\n    content: |\n      Images look like sha256:e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855, graphs like\n      https://status.example.com/graphs/checkout-latency-by-region-and-payment-method-last-thirty-days.\n',
      },
    ],
  },
  check: (context) => {
    for (const { text, place } of sentTexts(context)) {
      const blobs = findBlobs(text);
      // A key is told as a secret; only a file with a blob pays for the question.
      const secrets = blobs.length > 0 ? findSecrets(text) : [];
      for (const { encoding, says, start, end } of blobs) {
        if (secrets.some((secret) => secret.start < end && start < secret.end)) continue;
        context.report({
          message:
            says === undefined
              ? `${end - start} characters of ${encoding} that nobody can read`
              : `This ${encoding} says ${JSON.stringify(says.length > 50 ? `${says.slice(0, 49)}…` : says)}`,
          help: 'write what it says in plain text, or take it out',
          at: place(start, end),
        });
      }
    }
  },
});
