import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { compareText, PromptctlError } from '../model/index.ts';
import { writeFileAtomic } from './atomic.ts';
import { errorCode } from './disk-error.ts';

/** One recorded answer. `name` and `judge` are for the reader; `key` is what is looked up. */
export interface Recording {
  readonly key: string;
  readonly promptId: string;
  readonly name: string;
  readonly epoch?: number;
  /** The evaluator that asked, where it was not the test itself. */
  readonly judge?: string;
  readonly model: string;
  readonly answer: unknown;
}

interface CassetteJson {
  readonly schema: 'promptctl.cassette/1';
  readonly prompt: string;
  /** Says where the answers come from when they come from no model, as the starter's do. */
  readonly note?: string;
  readonly recordings: readonly Omit<Recording, 'promptId'>[];
}

/**
 * Recorded answers in the repository, one file a prompt, made to be read in a review: no header, no key, no time. Files are read when
 * their prompt is first asked for.
 */
export class Cassettes {
  readonly #folder: string;
  readonly #answersByPrompt = new Map<string, ReadonlyMap<string, unknown>>();

  constructor(folder: string) {
    this.#folder = folder;
  }

  get(promptId: string, key: string): unknown {
    let answers = this.#answersByPrompt.get(promptId);
    if (!answers) {
      answers = new Map(this.#read(promptId)?.recordings.map((recording) => [recording.key, recording.answer]));
      this.#answersByPrompt.set(promptId, answers);
    }
    return answers.get(key);
  }

  /** Writes the recordings of each prompt. With `isWhole` they replace what was recorded before, else they join it. */
  write(recordings: Iterable<Recording>, isWhole: boolean): void {
    const byPrompt = new Map<string, Map<string, Omit<Recording, 'promptId'>>>();
    for (const { promptId, ...recording } of recordings) {
      let kept = byPrompt.get(promptId);
      if (!kept) {
        kept = new Map(isWhole ? [] : this.#read(promptId)?.recordings.map((before) => [before.key, before]));
        byPrompt.set(promptId, kept);
      }
      kept.set(recording.key, recording);
    }
    for (const [promptId, kept] of byPrompt) {
      const sorted = [...kept.values()].sort(
        (a, b) =>
          compareText(a.name, b.name) ||
          (a.epoch ?? 0) - (b.epoch ?? 0) ||
          compareText(a.judge ?? '', b.judge ?? '') ||
          compareText(a.key, b.key),
      );
      const cassette: CassetteJson = { schema: 'promptctl.cassette/1', prompt: promptId, recordings: sorted };
      writeFileAtomic(this.#path(promptId), `${JSON.stringify(cassette, null, 2)}\n`);
    }
    this.#answersByPrompt.clear();
  }

  #path(promptId: string): string {
    return join(this.#folder, `${promptId}.json`);
  }

  #read(promptId: string): CassetteJson | undefined {
    const path = this.#path(promptId);
    let text: string;
    try {
      text = readFileSync(path, 'utf8');
    } catch (error) {
      if (errorCode(error) === 'ENOENT') return undefined;
      throw new PromptctlError('unreadable', `${path} could not be read`, { cause: error });
    }
    try {
      const cassette = JSON.parse(text) as CassetteJson;
      if (cassette.schema === 'promptctl.cassette/1' && Array.isArray(cassette.recordings)) return cassette;
    } catch {
      // Told below, as for any other file that is no cassette.
    }
    throw new PromptctlError('unreadable', `${path} is no cassette`, {
      hint: 'Record it again with `promptctl eval --record`',
    });
  }
}
