import { isObject, type JsonValue, member } from '../model/index.ts';
import type { Change } from './change.ts';
import { compareVersions, parseVersion } from './semver.ts';

/** A waiver of a prompt file, and what became of it. */
export interface WaiverReport {
  readonly promptId: string;
  readonly kind: string;
  readonly reason: string;
  readonly until: string;
  readonly state: 'used' | 'unused' | 'expired' | 'invalid';
  readonly message: string;
}

interface Waiver {
  readonly kind: string;
  readonly path: string | undefined;
  readonly fingerprint: string | undefined;
  readonly reason: string;
  readonly until: string;
}

/**
 * Marks the changes that a prompt's waivers quiet. A waiver needs a kind, a reason and an end: a date, the last day it holds,
 * or the version from which it no longer does. It never changes a level.
 */
export function applyWaivers(
  changes: readonly Change[],
  waivers: readonly JsonValue[],
  about: { readonly promptId: string; readonly version: string | undefined; readonly today: string },
): { readonly changes: readonly Change[]; readonly waivers: readonly WaiverReport[] } {
  const marked = new Map<Change, Change>();
  const reports = waivers.map((written): WaiverReport => {
    const waiver = readWaiver(written);
    const named = { promptId: about.promptId, kind: waiver.kind, reason: waiver.reason, until: waiver.until };
    const problem = problemOf(waiver);
    if (problem !== undefined) return { ...named, state: 'invalid', message: problem };
    const meant = changes.filter((change) => covers(waiver, change));
    if (isOver(waiver, about)) {
      return { ...named, state: 'expired', message: `the waiver of ${waiver.kind} ended with ${waiver.until}` };
    }
    if (meant.length === 0)
      return { ...named, state: 'unused', message: `the waiver of ${waiver.kind} waives nothing; take it out` };
    for (const change of meant)
      marked.set(change, { ...change, waived: { reason: waiver.reason, until: waiver.until } });
    return { ...named, state: 'used', message: `${waiver.kind} is waived until ${waiver.until}: ${waiver.reason}` };
  });
  return { changes: changes.map((change) => marked.get(change) ?? change), waivers: reports };
}

function readWaiver(written: JsonValue): Waiver {
  const text = (name: string): string | undefined => {
    const value = isObject(written) ? member(written, name) : undefined;
    return typeof value === 'string' || typeof value === 'number' ? String(value) : undefined;
  };
  return {
    kind: text('kind') ?? '',
    path: text('path'),
    fingerprint: text('fingerprint'),
    reason: text('reason')?.trim() ?? '',
    until: text('until') ?? '',
  };
}

function problemOf({ kind, reason, until }: Waiver): string | undefined {
  if (kind === '') return 'a waiver names no kind of change';
  if (reason === '') return `the waiver of ${kind} gives no reason, so it waives nothing`;
  if (!isDate(until) && parseVersion(until) === undefined)
    return `the waiver of ${kind} has no end: write \`until:\` as a date (2026-12-31) or a version (3.0.0)`;
  return undefined;
}

function covers(waiver: Waiver, change: Change): boolean {
  if (waiver.kind !== change.kind) return false;
  if (waiver.fingerprint !== undefined && waiver.fingerprint !== change.fingerprint) return false;
  return waiver.path === undefined || change.path === waiver.path || change.path.startsWith(`${waiver.path}/`);
}

function isOver({ until }: Waiver, about: { readonly version: string | undefined; readonly today: string }): boolean {
  if (isDate(until)) return about.today > until;
  const version = about.version === undefined ? undefined : parseVersion(about.version);
  return version !== undefined && compareVersions(version, parseVersion(until)!) >= 0;
}

function isDate(text: string): boolean {
  return /^\d{4}-\d{2}-\d{2}$/.test(text) && !Number.isNaN(Date.parse(text));
}
