import type { Wording } from './facts.ts';
import { formatted } from './icu.ts';
import type { Language } from './texts.ts';
import { agendaIn, questionsIn, titleIn } from './titles.ts';

/** How a language puts facts into words, from its message files. */
export function wordingIn(language: Language): Wording {
  const { frame, code } = language;
  const naming = (text: string) => (name: string) => formatted(text, code, () => name);
  return {
    person: naming(frame.person),
    superiorOf: naming(frame.superiorOf),
    dayAndHours: (day, hours) => formatted(frame.dayAndHours, code, (name) => (name === 'day' ? day : hours)),
    titleOf: (kind, title) => titleIn(language, kind, title),
    agenda: (agenda) => agendaIn(language, agenda),
    questions: (lines) => questionsIn(language, lines),
    facts: frame.facts,
    roles: frame.roles,
    countries: frame.countries ?? {},
  };
}
