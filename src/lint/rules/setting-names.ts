/**
 * In github mode no file says who sets a value, and a placeholder's name is all there is to go by. These names are of values that a
 * program chooses: the language to answer in, the version that is released, the schema that the author keeps elsewhere.
 */
const CHOICES = new Set(
  'language languages lang locale version versions tag currency format schema schemas definition definitions mode environment env type kind'.split(
    ' ',
  ),
);
/** Set by a program too, but another one in every call. */
const CLOCKS = new Set('date time today now datetime timestamp timezone'.split(' '));

/** `output_language_name` is the name of a language. */
const SUFFIXES = new Set(['name', 'code', 'id']);

/** Whether a program sets the value, to one of a few that are the same over many calls. */
export function namesAChoice(name: string): boolean {
  return CHOICES.has(headOf(name));
}

/** Whether a program sets the value, so that it is nobody's words. */
export function namesASetting(name: string): boolean {
  const head = headOf(name);
  return CHOICES.has(head) || CLOCKS.has(head);
}

/** The word of a name that says what it is: the last one, or the one before a suffix. */
function headOf(name: string): string {
  const words = name
    .replaceAll(/([a-z\d])(?=[A-Z])/g, '$1_')
    .toLowerCase()
    .split(/[^a-z\d]+/)
    .filter(Boolean);
  return (words.length > 1 && SUFFIXES.has(words.at(-1)!) ? words.at(-2) : words.at(-1)) ?? '';
}
