import { Chalk, type ChalkInstance } from 'chalk';
import type { Severity } from '../model/index.ts';

/** Colours, or none: they mark severity, and nothing depends on them. */
export interface Paint {
  severity(severity: Severity, text: string): string;
  bold(text: string): string;
  dim(text: string): string;
  good(text: string): string;
  bad(text: string): string;
}

export function paint(color: boolean): Paint {
  const chalk: ChalkInstance = new Chalk({ level: color ? 1 : 0 });
  const bySeverity: Record<Severity, ChalkInstance> = { error: chalk.red, warning: chalk.yellow, info: chalk.blue };
  return {
    severity: (severity, text) => bySeverity[severity](text),
    bold: (text) => chalk.bold(text),
    dim: (text) => chalk.dim(text),
    good: (text) => chalk.green(text),
    bad: (text) => chalk.red(text),
  };
}

/** `1 file`, `2 files`. */
export function counted(count: number, noun: string): string {
  return `${grouped(count)} ${noun}${count === 1 ? '' : 's'}`;
}

/** Thousands in groups, by a thin gap that no locale changes: 12 500. */
export function grouped(count: number): string {
  return String(count).replace(/\B(?=(?:\d{3})+(?!\d))/g, ' ');
}

/**
 * Text for a terminal: control characters and direction marks of a prompt are shown, not obeyed. Tabs become a blank, so
 * that carets stand right.
 */
export function printable(text: string): string {
  return text
    .replaceAll('\t', ' ')
    .replace(
      /[\u0000-\u001f\u007f-\u009f\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff]/g,
      (unit) => `\\u{${unit.charCodeAt(0).toString(16)}}`,
    );
}
