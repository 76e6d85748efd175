import type { Answering } from './answer-link.ts';
import type { Letter } from './letter.ts';
import { isAnswer, isCommand } from './lines-to-type.ts';
import type { Notice, Reminder } from './texts.ts';
import type { Writer } from './writer.ts';

/** What is over may still be moved to another day, or given up. */
export const howIn = (
  { message, language }: Writer,
  { how: texts }: Reminder | Notice,
): readonly string[] | undefined => (message.tone === 'past' ? [...(texts ?? []), ...language.ladder.later] : texts);

/** How to answer: on a page, by lines to type for whoever has a terminal, and what else is said of it. */
export function how(
  writer: Writer,
  texts: readonly string[] = [],
  answering: Answering = { terminal: true },
): Pick<Letter, 'how'> {
  const { language, say, command } = writer;
  const lines = answering.terminal ? texts : texts.filter((text) => !isCommand(text));
  const page = pageFor(writer, texts, answering);
  const isByMail = page === undefined && lines.length === 0 && texts.some(isAnswer);
  const answers = [
    ...lines.map((text) => (isCommand(text) ? { command: command(text) } : { sentence: say(text) })),
    ...(isByMail ? [{ sentence: say(language.frame.answerByMail) }] : []),
  ];
  return page || answers.length > 0
    ? { how: { label: say(language.frame.how), ...(page ? { page } : {}), answers } }
    : {};
}

/** Where a letter is answered, or else what it names commands for is done or seen. */
function pageFor({ language: { frame }, say }: Writer, texts: readonly string[], { url, desk }: Answering) {
  if (url !== undefined) return { button: say(frame.answer), url, note: say(frame.answerPage) };
  if (desk === undefined || !texts.some(isCommand)) return undefined;
  return { button: say(frame.openCase), url: desk, note: say(frame.openCasePage) };
}

/** Where its reader says whether they come. */
export function invitationIn(
  { language: { frame }, say }: Writer,
  answering: Answering | undefined,
): Pick<Letter, 'invitation'> {
  const url = answering?.invitation;
  return url === undefined ? {} : { invitation: { button: say(frame.attend), url, note: say(frame.attendPage) } };
}
