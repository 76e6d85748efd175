import type { OpenedLink } from '../client/opened-link.ts';
import { owedFacts } from '../domain/case/letter.ts';
import { otherwiseFacts, otherwiseOf } from '../domain/case/otherwise.ts';
import type { OpenDeadline } from '../domain/case/state.ts';
import { textOf } from '../domain/case/succession.ts';
import { type Owed, writeOwed } from '../activities/mail/owed.ts';
import { capitalised } from '../activities/mail/one-line.ts';
import type { Names } from '../database/names.ts';
import { deadlineTold } from '../domain/story/told.ts';
import { toldIn } from './story.ts';
import type { Texts } from './texts.ts';

/** A case, and what is called how in it. */
export type Told = Pick<OpenedLink, 'caseId' | 'lifecycle' | 'state' | 'names'>;

/**
 * What is owed as its reminders say it; of what nobody owes, what it is.
 *
 * @param level as what whoever looks at it was written to
 */
export function owedIn(
  { caseId, lifecycle, state, names }: Told,
  deadline: OpenDeadline,
  { texts, zone, level }: { readonly texts: Texts; readonly zone: string; readonly level: string | null },
): Owed {
  if (!deadline.owedBy) return { ...byItselfIn(texts, names, lifecycle.kind, deadline), ...nothingAsked };
  const otherwise = otherwiseOf(lifecycle, state, deadline.name);
  const facts = { ...owedFacts(lifecycle, state, deadline), ...(otherwise && otherwiseFacts(otherwise)) };
  const at = new Date().toISOString();
  const message = { case_id: caseId, text: textOf(lifecycle, deadline), at, facts, level };
  return writeOwed(message, { language: texts.code, zone }, names);
}

const nothingAsked = { rows: [], otherwise: '', why: [], owedBy: '' };

/** What a case does by itself when a day is over; in the words of the record where the language has none. */
function byItselfIn(texts: Texts, names: Names, kind: string, deadline: OpenDeadline) {
  const { says, facts } = deadline;
  const told = toldIn(texts, names, deadlineTold(kind, deadline, facts));
  return told === undefined
    ? { language: 'en', ask: says }
    : { language: texts.code, ask: capitalised(told, texts.code) };
}
