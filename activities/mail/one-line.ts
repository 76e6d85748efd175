const longestSubject = 160;

/** One line, whatever is in it: a line break in a subject would begin another header. */
export const oneLine = (text: string): string =>
  (/[^\S ]|\p{Cc}| {2}/u.test(text) ? text.replace(/[\s\p{Cc}]+/gu, ' ') : text).trim();

/** As long as a header may be. */
export function subjectLine(text: string): string {
  const line = oneLine(text);
  if (line.length <= longestSubject) return line;
  const letters = Array.from(line);
  return letters.length > longestSubject ? `${letters.slice(0, longestSubject - 1).join('')}…` : letters.join('');
}

/** Of a word that begins a sentence, Greek keeps the accent; in capitals throughout it would not. */
export const capitalised = (text: string, language: string): string => {
  const [first = ''] = text;
  return (language === 'el' ? first.toUpperCase() : first.toLocaleUpperCase(language)) + text.slice(first.length);
};
