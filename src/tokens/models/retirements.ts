import type { Retirement } from './model-info.ts';

interface Retired {
  readonly date: string;
  readonly pattern: RegExp;
}

const SOURCES: Readonly<Record<string, string>> = {
  openai: 'https://platform.openai.com/docs/deprecations',
  anthropic: 'https://platform.claude.com/docs/en/about-claude/model-deprecations',
  google: 'https://ai.google.dev/gemini-api/docs/deprecations',
};

/** Shutdown dates announced on those pages, as read there or in reports that quote them, November 2026. */
const RETIRED: Readonly<Record<string, readonly Retired[]>> = {
  openai: [
    { date: '2024-01-04', pattern: /^(?:text-)?(?:ada|babbage|curie|davinci)(?:-00[123])?$/ },
    { date: '2024-09-13', pattern: /^gpt-3\.5-turbo-(?:0301|0613|16k-0613)$/ },
    { date: '2024-12-06', pattern: /^gpt-4-(?:1106-)?vision-preview$/ },
    { date: '2025-06-06', pattern: /^gpt-4-32k/ },
    { date: '2025-07-14', pattern: /^gpt-4\.5-preview/ },
    { date: '2025-07-28', pattern: /^o1-preview/ },
    { date: '2025-10-27', pattern: /^o1-mini/ },
    { date: '2026-01-16', pattern: /^codex-mini-latest$/ },
    { date: '2026-02-17', pattern: /^chatgpt-4o-latest$/ },
    {
      date: '2026-07-23',
      pattern: /^(?:gpt-5-chat-latest|gpt-5-codex|gpt-5\.1-chat-latest|gpt-5\.1-codex(?:-max|-mini)?|gpt-5\.2-codex)$/,
    },
    { date: '2026-07-23', pattern: /^(?:computer-use-preview|o3-deep-research|o4-mini-deep-research)/ },
    { date: '2026-09-28', pattern: /^gpt-3\.5-turbo-instruct/ },
    { date: '2026-10-23', pattern: /^gpt-3\.5-turbo(?:-0125|-1106)?$/ },
    { date: '2026-10-23', pattern: /^gpt-4(?:-0613|-turbo|-turbo-2024-04-09|-1106-preview)?$/ },
    { date: '2026-10-23', pattern: /^(?:gpt-4o-2024-05-13|gpt-4\.1-nano(?:-2025-04-14)?)$/ },
    {
      date: '2026-10-23',
      pattern: /^(?:o1|o1-2024-12-17|o1-pro(?:-2025-03-19)?|o3-mini(?:-2025-01-31)?|o4-mini(?:-2025-04-16)?)$/,
    },
    { date: '2026-12-11', pattern: /^(?:gpt-5(?:-mini|-nano)?(?:-2025-08-07)?|gpt-5-pro(?:-2025-10-06)?)$/ },
    { date: '2026-12-11', pattern: /^(?:o3(?:-2025-04-16)?|o3-pro(?:-2025-06-10)?)$/ },
    { date: '2027-01-14', pattern: /^(?:gpt-4o(?:-2024-08-06|-2024-11-20)?|gpt-4o-mini(?:-2024-07-18)?)$/ },
    { date: '2027-04-01', pattern: /^gpt-5\.1(?:-2025-11-13)?$/ },
    { date: '2027-01-14', pattern: /^(?:gpt-4\.1(?:-2025-04-14)?|gpt-4\.1-mini(?:-2025-04-14)?)$/ },
  ],
  anthropic: [
    { date: '2024-11-06', pattern: /^claude-(?:1|v1|instant)/ },
    { date: '2025-07-21', pattern: /^claude-(?:2|3-sonnet)/ },
    { date: '2025-10-28', pattern: /^claude-3-5-sonnet/ },
    { date: '2026-01-05', pattern: /^claude-3-opus/ },
    { date: '2026-02-19', pattern: /^claude-3-(?:7-sonnet|5-haiku)/ },
    { date: '2026-04-20', pattern: /^claude-3-haiku/ },
    { date: '2026-06-15', pattern: /^claude-(?:sonnet|opus)-4(?:$|-0$|-20250514)/ },
    { date: '2026-08-05', pattern: /^claude-opus-4-1/ },
  ],
  google: [
    { date: '2025-09-24', pattern: /^gemini-1\.5-/ },
    { date: '2025-12-02', pattern: /^gemini-2\.5-pro-preview-(?:03-25|05-06|06-05)$/ },
    { date: '2026-03-09', pattern: /^gemini-3-pro-preview$/ },
    { date: '2026-06-01', pattern: /^gemini-2\.0-flash(?:-lite)?(?:-001)?$/ },
    { date: '2026-12-01', pattern: /^gemini-2\.5-(?:pro|flash)$/ },
  ],
};

/** When a maker's own API stops, or stopped, serving a model; undefined when no date is known, and for hosts. */
export function retirementOf(publisher: string, name: string): Retirement | undefined {
  if (!Object.hasOwn(RETIRED, publisher)) return undefined;
  const entry = RETIRED[publisher]!.find(({ pattern }) => pattern.test(name));
  return entry && { date: entry.date, source: SOURCES[publisher]! };
}
