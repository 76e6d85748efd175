/**
 * Titles and reports are people's words. The Temporal UI reads them as Markdown, with HTML and links in it; like this
 * they stay the words that they are, in one line. Long texts are cut after 300 characters.
 */
export const markdownOf = (words: string): string =>
  clipped(words)
    .replaceAll(/[\\`*_{}[\]<>#|~&!$^]/g, '\\$&')
    .replaceAll(/:(?=\S)|(?<=www)\./gi, '\\$&')
    .replaceAll(/\s*\n\s*/g, ' ');

/** By characters, not halves of them. */
const clipped = (words: string): string => {
  const [start = ''] = /^.{0,300}/su.exec(words) ?? [];
  return start.length < words.length ? `${start}…` : words;
};
