import type { OpenedLink } from '../client/links.ts';
import { owedFacts } from '../domain/case/letter.ts';
import { otherwiseFacts, otherwiseOf } from '../domain/case/otherwise.ts';
import type { OpenDeadline } from '../domain/case/state.ts';
import { textOf } from '../domain/case/succession.ts';
import { type Owed, writeOwed } from '../activities/mail/render.ts';
import type { Texts } from './texts.ts';

/** A case, and what is called how in it. */
export type Told = Pick<OpenedLink, 'caseId' | 'lifecycle' | 'state' | 'names'>;

/**
 * What is owed as its reminders say it; what nobody owes has none, and the words of the record.
 *
 * @param level as what whoever looks at it was written to
 */
export function owedIn(
  { caseId, lifecycle, state, names }: Told,
  deadline: OpenDeadline,
  { texts, zone, level }: { readonly texts: Texts; readonly zone: string; readonly level: string | null },
): Owed {
  if (!deadline.owedBy) return { language: 'en', ask: deadline.says, rows: [], otherwise: '', why: [], owedBy: '' };
  const otherwise = otherwiseOf(lifecycle, state, deadline.name);
  const facts = { ...owedFacts(lifecycle, state, deadline), ...(otherwise && otherwiseFacts(otherwise)) };
  const at = new Date().toISOString();
  const message = { case_id: caseId, text: textOf(lifecycle, deadline.name), at, facts, level };
  return writeOwed(message, { language: texts.code, zone }, names);
}
