import { html } from 'hono/html';
import { longDay } from '../activities/mail/days.ts';
import type { Change } from '../client/forecast/previews.ts';
import { absenceAsChange, leavingAsChange, returnAsChange, stayingAsChange } from '../client/people-changes.ts';
import type { OpenedPerson, SentByForm } from '../client/staff.ts';
import { date } from '../domain/fields.ts';
import { isRefusal, type Refusal } from '../domain/refusal.ts';
import { aheadOfAll } from './ahead-view.ts';
import { isTheirs, type Visitor } from './door.ts';
import { NoForm, typedIn } from './sent.ts';
import { handOver, lookAtHandingOver } from './handing-over.ts';
import { linesOfLeaving, linesOfStaying } from './leaving.ts';
import { type Html, notice, recorded, refusalIn } from './pages.ts';
import { concernLine, daysIn, namedByConcerns, nameIn, namesOf, type PersonSaid, personView } from './people.ts';
import type { Turn } from './replies.ts';

/** The page of one person, and what is said of them there: when they are away, that they are back, that they leave or stay. */

const opened = ({ c, entente, session }: Visitor): Promise<OpenedPerson | undefined> =>
  entente.desks.staff.open(session, c.req.param('id') ?? '');

export async function personPage(visitor: Visitor): Promise<Turn | undefined> {
  const found = await opened(visitor);
  const isDone = visitor.c.req.query('done') !== undefined;
  const body = html`<div class="notice" role="status"><p>${visitor.texts.say('personDone')}</p></div>`;
  return found && personView(visitor, found, isDone ? { body } : {});
}

/** Takes a form of that page: first what would follow, then what was said. Sent twice it is known already. */
export async function changePerson(visitor: Visitor): Promise<Turn | undefined> {
  const { c, texts } = visitor;
  const found = await opened(visitor);
  if (!found) return undefined;
  try {
    const typed = typedIn(await c.req.text());
    if (!isTheirs(visitor, typed)) return fault(visitor, found, texts.say('stale'), { typed, status: 403 });
    const what = typed.get('do') ?? '';
    const act = Object.hasOwn(forms, what) ? forms[what] : undefined;
    if (!act) throw new NoForm('There is no such form.');
    return await act(visitor, found, typed);
  } catch (error) {
    if (!(error instanceof NoForm)) throw error;
    return { page: notice(texts, texts.say('refused'), [recorded(texts, error.message)]), status: 400 };
  }
}

type Typed = ReadonlyMap<string, string>;

const isSureIn = (typed: Typed): boolean => typed.has('sure') && !typed.has('look');

const sentBy = async ({ entente, session, secret }: Visitor, typed: Typed): Promise<SentByForm> => ({
  session,
  id: await entente.desks.idBesideCases(session, secret, typed.get('sending') ?? ''),
  idIn: (caseId, form) => entente.desks.idIn(session, secret, caseId, form),
  isTrial: !isSureIn(typed),
});

const fault = (visitor: Visitor, found: OpenedPerson, sentence: string | Html, said: PersonSaid): Promise<Turn> =>
  personView(visitor, found, { ...said, body: html`<div class="fault" role="alert"><p>${sentence}</p></div>` });

const refused = (visitor: Visitor, found: OpenedPerson, refusal: Refusal, typed: Typed): Promise<Turn> =>
  fault(visitor, found, refusalIn(visitor.texts, refusal), { typed, status: 409 });

/** @param ahead what would be different in the year to come */
function looked(
  visitor: Visitor,
  found: OpenedPerson,
  [lines, ahead]: readonly [readonly Html[], Html],
  said: PersonSaid,
): Promise<Turn> {
  const { texts } = visitor;
  const body = html`<div class="notice" role="status"><p><strong>${texts.say('wouldFollow')}</strong></p>
<ul>${lines.map((line) => html`<li>${line}</li>`)}</ul>${ahead}<p>${texts.say('notYet')}</p></div>`;
  return personView(visitor, found, { ...said, body });
}

/** What a change beside the cases would make different; signed as the form would be. */
const aheadOf = ({ entente, texts, session: { person } }: Visitor, { id }: SentByForm, { said, ...change }: Change) =>
  aheadOfAll({ entente, texts, person }, { ...change, ...(said ? { said: { ...said, id } } : {}) });

const done = ({ person: { person } }: OpenedPerson): Turn => ({ to: `/person/${person}?done` });

async function sayAway(visitor: Visitor, found: OpenedPerson, typed: Typed): Promise<Turn> {
  const { entente, texts } = visitor;
  const { person, name } = found.person;
  const [from = '', until = '', standIn = ''] = ['from', 'until', 'standIn'].map((each) => typed.get(each) ?? '');
  if (![from, until].every((day) => date.safeParse(day).success) || standIn === '')
    return fault(visitor, found, texts.say('correct'), { typed, status: 422 });
  const isSure = isSureIn(typed);
  const sent = await sentBy(visitor, typed);
  const absence = { person, from, until, standIn };
  const outcome = await entente.desks.staff.away(sent, absence);
  if (isRefusal(outcome)) return refused(visitor, found, outcome, typed);
  if (isSure) return done(found);
  const others = outcome.passedOn.map((each) => `person/${each.person}`);
  const due = found.concerns.filter(({ due: day }) => day && from <= day && day <= until);
  const names = await namesOf(visitor, [`person/${standIn}`, ...others, ...namedByConcerns(due)]);
  const to = nameIn(names, `person/${standIn}`);
  const lines = [
    html`${texts.say('awayLook', { ...daysIn(visitor, { from, until }), person: name, standIn: to })}`,
    ...outcome.passedOn.map(
      (each) =>
        html`${texts.say('awayPassedOn', { ...daysIn(visitor, each), person: name, other: nameIn(names, `person/${each.person}`), standIn: to })}`,
    ),
    ...(due.length > 0
      ? [html`${texts.say('awayDue')}<ul>${due.map((each) => concernLine(visitor, names, each))}</ul>`]
      : []),
  ];
  const ahead = await aheadOf(visitor, sent, absenceAsChange({ ...absence, by: visitor.session.person.person }));
  return looked(visitor, found, [lines, ahead], { typed, seen: 'away' });
}

async function sayBack(visitor: Visitor, found: OpenedPerson, typed: Typed): Promise<Turn> {
  const { entente, texts } = visitor;
  const { person, name } = found.person;
  const on = typed.get('on') ?? '';
  if (!date.safeParse(on).success) return fault(visitor, found, texts.say('correct'), { typed, status: 422 });
  const isSure = isSureIn(typed);
  const sent = await sentBy(visitor, typed);
  const outcome = await entente.desks.staff.back(sent, { person, on });
  if (isRefusal(outcome)) return refused(visitor, found, outcome, typed);
  if (isSure) return done(found);
  const day = longDay(on, texts.code);
  const line = texts.say(outcome.from === on ? 'backNever' : 'backLook', { person: name, day });
  const ahead = await aheadOf(visitor, sent, returnAsChange({ person, on, by: visitor.session.person.person }));
  return looked(visitor, found, [[html`${line}`], ahead], { typed, seen: 'back' });
}

async function giveCases(visitor: Visitor, found: OpenedPerson, typed: Typed): Promise<Turn> {
  const [to = '', reason = ''] = [typed.get('to'), typed.get('reason')?.trim()];
  if (to === '') return fault(visitor, found, visitor.texts.say('correct'), { typed, status: 422 });
  const asked = { to, reason: reason || undefined, form: typed.get('sending') ?? '' };
  if (isSureIn(typed)) {
    const refusal = await handOver(visitor, found, asked);
    return refusal ? refused(visitor, found, refusal, typed) : done(found);
  }
  const look = await lookAtHandingOver(visitor, found, asked);
  return isRefusal(look) ? refused(visitor, found, look, typed) : looked(visitor, found, look, { typed, seen: 'hand' });
}

async function sayLeaves(visitor: Visitor, found: OpenedPerson, typed: Typed): Promise<Turn> {
  const { entente, texts } = visitor;
  const leaving = { person: found.person.person, on: typed.get('leavesOn') ?? '' };
  if (!date.safeParse(leaving.on).success) return fault(visitor, found, texts.say('correct'), { typed, status: 422 });
  const sent = await sentBy(visitor, typed);
  if (!sent.isTrial) {
    const refusal = await entente.desks.staff.left(sent, leaving);
    return refusal ? refused(visitor, found, refusal, typed) : done(found);
  }
  const outcome = await entente.desks.staff.wouldLeave(sent, leaving);
  if (isRefusal(outcome)) return refused(visitor, found, outcome, typed);
  const ahead = await aheadOf(visitor, sent, leavingAsChange({ ...leaving, by: visitor.session.person.person }));
  const lines = await linesOfLeaving(visitor, found, leaving.on, outcome);
  return looked(visitor, found, [lines, ahead], { typed, seen: 'left' });
}

async function sayStays(visitor: Visitor, found: OpenedPerson, typed: Typed): Promise<Turn> {
  const { entente } = visitor;
  const { person, leftOn } = found.person;
  const sent = await sentBy(visitor, typed);
  if (!sent.isTrial) {
    const refusal = await entente.desks.staff.stays(sent, person);
    // Sent twice, it is done already.
    const isDone = refusal === undefined || (refusal.refused === 'AlreadyDone' && leftOn === null);
    return isDone ? done(found) : refused(visitor, found, refusal, typed);
  }
  const outcome = await entente.desks.staff.wouldStay(sent, person);
  if (isRefusal(outcome)) return refused(visitor, found, outcome, typed);
  const ahead = await aheadOf(visitor, sent, stayingAsChange({ person, by: visitor.session.person.person }));
  const lines = await linesOfStaying(visitor, found, outcome);
  return looked(visitor, found, [lines, ahead], { typed, seen: 'stays' });
}

const forms: Readonly<Record<string, typeof sayAway>> = {
  away: sayAway,
  back: sayBack,
  hand: giveCases,
  left: sayLeaves,
  stays: sayStays,
};
