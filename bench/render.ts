import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { createRequire } from 'node:module';
import { pathToFileURL } from 'node:url';
import { compileBundle } from '../src/compile/index.ts';
import { loadWorkspace, memorySource, parseConfig } from '../src/workspace/index.ts';
import { interleaved, table, verdict } from './support/interleaved.ts';

/**
 * Rendering a system and a user message with six variables to 3 kB: the runtime (checks and provenance included) against a bare walk
 * of the same segments, precompiled Handlebars, LangChain's ChatPromptTemplate and Langfuse's cached get and compile.
 *
 * Needs the build, and the peers: (cd bench/peers/render && npm install --no-package-lock).
 */

const RENDERS = 2000;
const require = createRequire(new URL('peers/render/package.json', import.meta.url));
const peer = (name: string): Promise<Record<string, never>> =>
  import(pathToFileURL(require.resolve(name)).href) as Promise<Record<string, never>>;

const filler = 'Answer with care, keep to the facts of the case, and say so where the facts are thin. ';
const SYSTEM = `You help {{product}} customers on the {{plan}} plan in {{locale}}. ${filler.repeat(14)}`;
const USER = `Ticket from {{customer}}: {{ticket}} The search found: {{article}}\n${filler.repeat(3)}`;
const values = {
  product: 'Photos',
  plan: 'pro',
  locale: 'English',
  customer: 'Ada Lovelace',
  ticket: 'Since the update the app closes when I open an album with more than a hundred pictures. '.repeat(8),
  article: 'Open the album, choose Share, and enter a mail address; the other person gets a link. '.repeat(6),
};

const yaml = `promptctl: 1
model: openai/gpt-4o-mini
variables:
  product: { type: string, maxLength: 40, trust: trusted }
  plan: { type: string, enum: [free, pro], trust: trusted }
  locale: { type: string, maxLength: 40, trust: trusted }
  customer: { type: string, maxLength: 80, trust: trusted }
  ticket: { type: string, maxLength: 8000, trust: user }
  article: { type: string, maxLength: 8000, trust: retrieved }
messages:
  - { role: system, content: ${JSON.stringify(SYSTEM)} }
  - { role: user, content: ${JSON.stringify(USER)} }
`;
const workspace = loadWorkspace(memorySource({ 'case.prompt.yml': yaml }), parseConfig('', undefined));
const bundle = compileBundle(workspace.prompts.map(({ prompt }) => prompt!));
const { loadBundle } = (await import(
  new URL('../dist/runtime.js', import.meta.url).href
)) as typeof import('../src/runtime/index.ts');
const prompt = loadBundle(bundle).prompt('case');

/** The floor: the same segments, no checks, no fences, no provenance. */
const flatMessages = bundle.prompts['case']!.messages.map((message) => ('role' in message ? message.segments : []));
function bareWalk(): { content: string }[] {
  return flatMessages.map((segments) => {
    let out = '';
    for (const segment of segments) {
      if (segment.kind === 'text') out += segment.text;
      else if (segment.kind === 'value' && 'ref' in segment.value)
        out += (values as Record<string, string>)[segment.value.ref[0]!];
    }
    return { content: out };
  });
}

interface Handlebars {
  compile(text: string, options: object): (values: object) => string;
}
const handlebars = (await peer('handlebars')) as unknown as { default: Handlebars };
const compiled = [SYSTEM, USER].map((text) => handlebars.default.compile(text, { noEscape: true }));
for (const template of compiled) template(values);

interface ChatTemplate {
  formatMessages(values: object): Promise<{ content: string }[]>;
}
const { ChatPromptTemplate } = (await peer('@langchain/core/prompts')) as unknown as {
  ChatPromptTemplate: { fromMessages(messages: (readonly [string, string])[]): ChatTemplate };
};
const chat = ChatPromptTemplate.fromMessages([
  ['system', SYSTEM.replaceAll('{{', '{').replaceAll('}}', '}')],
  ['human', USER.replaceAll('{{', '{').replaceAll('}}', '}')],
]);

const server = createServer((_request, response) => {
  const body = {
    name: 'case',
    version: 1,
    type: 'chat',
    config: {},
    labels: ['production'],
    tags: [],
    prompt: [
      { type: 'chatmessage', role: 'system', content: SYSTEM },
      { type: 'chatmessage', role: 'user', content: USER },
    ],
  };
  response.setHeader('content-type', 'application/json');
  response.end(JSON.stringify(body));
});
await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
const baseUrl = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
interface LangfusePrompt {
  compile(values: object): { content: string }[];
}
const { LangfuseClient } = (await peer('@langfuse/client')) as unknown as {
  LangfuseClient: new (options: object) => { prompt: { get(name: string, options: object): Promise<LangfusePrompt> } };
};
const langfuse = new LangfuseClient({ publicKey: 'pk', secretKey: 'sk', baseUrl });
const getOptions = { type: 'chat', cacheTtlSeconds: 3600 };
await langfuse.prompt.get('case', getOptions);

/** Concatenation is lazy in V8: reading a character makes it the string that a request would send. */
let sink = 0;
function flatten(messages: readonly { content: string }[]): void {
  for (const { content } of messages) sink += content.charCodeAt(content.length >> 1);
}

const outputs = {
  'bare walk': bareWalk().map(({ content }) => content.length),
  promptctl: prompt.render(values).messages.map(({ content }) => content.length),
  langchain: (await chat.formatMessages(values)).map(({ content }) => content.length),
  langfuse: (await langfuse.prompt.get('case', getOptions)).compile(values).map(({ content }) => content.length),
};
console.log('characters written:', JSON.stringify(outputs));

const results = await interleaved(
  {
    'bare walk': () => {
      for (let at = 0; at < RENDERS; at++) flatten(bareWalk());
    },
    promptctl: () => {
      for (let at = 0; at < RENDERS; at++) flatten(prompt.render(values).messages as readonly { content: string }[]);
    },
    'handlebars (precompiled, noEscape)': () => {
      for (let at = 0; at < RENDERS; at++) flatten(compiled.map((template) => ({ content: template(values) })));
    },
    '@langchain/core ChatPromptTemplate': async () => {
      for (let at = 0; at < RENDERS; at++) flatten(await chat.formatMessages(values));
    },
    'langfuse cached get + compile': async () => {
      for (let at = 0; at < RENDERS; at++) flatten((await langfuse.prompt.get('case', getOptions)).compile(values));
    },
  },
  { rounds: 15, warmup: 4 },
);
server.close();
console.log(table(`${RENDERS} renders of a system and a user message, 6 variables, 3 kB`, results));
const median = (name: string): number => results[name]!.median;
console.log(verdict('promptctl over a bare walk', median('promptctl') / median('bare walk'), 3, 'at most'));
console.log(
  verdict(
    'handlebars over promptctl',
    median('handlebars (precompiled, noEscape)') / median('promptctl'),
    1,
    'at least',
  ),
);
console.log(
  verdict(
    'langchain over promptctl',
    median('@langchain/core ChatPromptTemplate') / median('promptctl'),
    10,
    'at least',
  ),
);
console.log(
  verdict('langfuse over promptctl', median('langfuse cached get + compile') / median('promptctl'), 3, 'at least'),
);
console.log(`(${sink % 2})`);
process.exit(0);
