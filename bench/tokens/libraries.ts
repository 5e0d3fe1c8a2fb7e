import { createRequire } from 'node:module';
import { pathToFileURL } from 'node:url';

export type Count = (text: string) => number;

/** Folders that a measuring process needs: the built bundle of promptctl, and where the peers are installed. */
export interface Places {
  readonly bundle: string;
  readonly peers: string;
}

/** The counters, each loaded as its own readme says; all under o200k_base. */
export const LIBRARIES: Readonly<Record<string, (places: Places) => Promise<Count>>> = {
  promptctl: async ({ bundle }) => {
    const { countTokens } = await load<{ countTokens(text: string, encoding: string): number }>(bundle);
    return (text) => countTokens(text, 'o200k_base');
  },
  'bpe-lite': async ({ peers }) => {
    const { openaiO200k } = createRequire(peers)('bpe-lite') as { openaiO200k(): { count: Count } };
    const tokenizer = openaiO200k();
    return (text) => tokenizer.count(text);
  },
  'gpt-tokenizer': async ({ peers }) => {
    const { countTokens } = await load<{ countTokens: Count }>(`${peers}gpt-tokenizer/esm/encoding/o200k_base.js`);
    return countTokens;
  },
  'ai-tokenizer': async ({ peers }) => {
    const { Tokenizer } = await load<{ Tokenizer: new (encoding: unknown) => { count: Count } }>(
      `${peers}ai-tokenizer/dist/index.js`,
    );
    const tokenizer = new Tokenizer(await load(`${peers}ai-tokenizer/dist/encoding/o200k_base.js`));
    return (text) => tokenizer.count(text);
  },
  tiktoken: async ({ peers }) => {
    const { get_encoding } = createRequire(peers)('tiktoken') as {
      get_encoding(name: string): { encode_ordinary(text: string): Uint32Array };
    };
    const tokenizer = get_encoding('o200k_base');
    return (text) => tokenizer.encode_ordinary(text).length;
  },
  'js-tiktoken': async ({ peers }) => {
    const { getEncoding } = createRequire(peers)('js-tiktoken') as {
      getEncoding(name: string): { encode(text: string, allowed: string[], disallowed: string[]): number[] };
    };
    const tokenizer = getEncoding('o200k_base');
    return (text) => tokenizer.encode(text, [], []).length;
  },
};

async function load<T>(path: string): Promise<T> {
  return (await import(pathToFileURL(path).href)) as T;
}
