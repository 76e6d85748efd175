import { above } from '../../domain/case/otherwise.ts';
import { dayIn } from '../../domain/dates.ts';
import { listFormat, shortDay } from './days.ts';
import { type Reminder, textIn } from './texts.ts';
import type { Writer } from './writer.ts';

/** What comes of it if nobody does what is owed: what the case does by itself and when, if that is known, else in general. */
export const consequenceIn = (writer: Writer, text: Reminder): string =>
  byItselfIn(writer, text) || writer.say(text.otherwise);

function byItselfIn({ message, say }: Writer, { byItself = {} }: Reminder): string {
  const event = String(message.facts.byItself);
  const text = Object.hasOwn(byItself, event) ? byItself[event] : undefined;
  return text === undefined ? '' : say(text);
}

/** "A reminder also goes to your superior on 24 December 2018 and the co-chairs on 14 January 2019." Empty: to nobody. */
export function aboveIn({ language, message, zone, say }: Writer): string {
  const { code, ladder } = language;
  const own = (message.level ?? 'owner') === 'owner' ? 'yes' : 'no';
  const told = above
    // Whoever reads it has it.
    .filter((who) => who !== message.level)
    .flatMap((who) => {
      const at = message.facts[`${who}At`];
      return typeof at === 'string' ? [{ who, at }] : [];
    })
    .toSorted((a, b) => (a.at < b.at ? -1 : 1))
    .map(({ who, at }) => say(ladder.unanswered[who], { own, day: shortDay(dayIn(at, zone), code) }));
  if (told.length === 0) return '';
  return say(ladder.unanswered.above, { above: listFormat(code).format(told) });
}

/** What a letter that is no reminder says of it, besides its own text; empty: nothing. */
export function unansweredIn(writer: Writer): string {
  const { language, message, say } = writer;
  const { asksFor } = message.facts;
  if (typeof asksFor !== 'string') return '';
  const { text } = textIn(language.code, asksFor);
  const said = ['ask' in text ? byItselfIn(writer, text) : '', aboveIn(writer)].filter(Boolean);
  return said.length > 0 ? say(language.ladder.unanswered.lead, { sentences: said.join(' ') }) : '';
}
