export { importPrompts } from './import.ts';
export type { Converted, Format, ImportReport, PlacedNote, Refused } from './report.ts';
