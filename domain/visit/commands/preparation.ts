import { z } from 'zod';
import { refuseBefore, refuseFuture } from '../../date-rules.ts';
import type { CivilDate } from '../../dates.ts';
import { agency, count, date, line, period, text, pastDate } from '../../fields.ts';
import { isRefusal, type Refusal, refuse } from '../../refusal.ts';
import { refusesDays } from '../../rules-version.ts';
import { agenciesOn, changing, legFields, legFor, liveLegs, onLeg, openItems, planning } from '../legs.ts';
import { type ChecklistItem, command, type Leg, type Visit } from '../state.ts';
import { refuseOutsider } from './delegation.ts';

/** What the agencies bring along, and what they prepare before. */
export const preparationCommands = {
  addProposal: command({
    says: 'Record what is proposed or shared on a leg, and the agency whose field it is',
    by: ['side', 'coordinator'],
    from: [...changing, 'returned'],
    input: {
      ...legFields,
      how: z.enum(['proposes', 'shares']).default('proposes').describe('whether it is proposed, or shared'),
      what: line.describe('what it is'),
      agency: agency.optional().describe('the agency whose field it is, where it is that of one'),
      background: text.optional().describe('why there: how things stand in that country'),
    },
    decide: ({ leg: number, country, ...given }, visit) =>
      onLeg(visit, { leg: number, country }, (leg) => {
        if (visit.proposals.some((each) => each.leg === leg.number && each.what === given.what))
          return refuse('AlreadyDone', `"${given.what}" is on record for leg ${leg.number} already.`);
        const proposal = Math.max(0, ...visit.proposals.map((each) => each.number)) + 1;
        const outside = given.agency === undefined ? undefined : refuseOutsider(visit, given.agency);
        return outside ?? [{ type: 'proposalAdded', proposal, leg: leg.number, ...given }];
      }),
  }),
  withdrawProposal: command({
    says: 'Withdraw what was to be proposed or shared',
    by: ['coordinator'],
    from: changing,
    reason: 'required',
    input: { proposal: count.min(1).describe('its number') },
    decide: ({ proposal }, { proposals }) =>
      proposals.some(({ number }) => number === proposal)
        ? [{ type: 'proposalWithdrawn', proposal }]
        : refuse(
            'UnknownItem',
            `There is no proposal ${proposal}; there are ${proposals.map(({ number }) => number).join(', ') || 'none'}.`,
          ),
  }),
  addChecklistItem: command({
    says: 'Put something on the checklist of an agency, for one leg or for all of its legs',
    by: ['coordinator'],
    from: changing,
    input: {
      subject: line.describe('what is to be prepared'),
      agency: agency.describe('the agency that prepares it'),
      ...legFields,
      due: date.optional().describe('when it is due'),
      before: period.optional().describe('how long before the leg it is due, instead of a day'),
    },
    decide: ({ subject, agency: id, leg: number, country, due, before }, visit, { today, rules }) => {
      if ((due === undefined) === (before === undefined))
        return refuse('InvalidInput', 'due: say when it is due, either by a day (due) or by a period before the leg.');
      const outsider = refuseOutsider(visit, id);
      if (outsider) return outsider;
      const named = number !== undefined || country !== undefined ? legFor(visit, { leg: number, country }) : undefined;
      if (isRefusal(named)) return named;
      const concerned = (named ? [named] : liveLegs(visit)).filter((leg) => agenciesOn(visit, leg.number).includes(id));
      const legs = concerned.map((leg) => leg.number);
      if (legs.length === 0) return refuse('NotReady', `${id} goes on no such leg; add the leg first (\`add-leg\`).`);
      const untimely = due !== undefined && refusesDays(rules) ? refuseUntimely(due, concerned, today) : undefined;
      if (untimely) return untimely;
      return openItems(visit).some((item) => isItem(item, subject, id) && legs.includes(item.leg))
        ? refuse('AlreadyDone', `"${subject}" is on the checklist of ${id} already.`)
        : [{ type: 'checklistItemAdded', subject, agency: id, legs, due, before }];
    },
  }),
  dropChecklistItem: command({
    says: 'Take something off the checklist of an agency, for one leg or for all; an agency that was reminded of it is told',
    by: ['coordinator'],
    from: changing,
    reason: 'required',
    tells: 'told',
    input: {
      subject: line.describe('what need not be prepared any more'),
      agency: agency.describe('the agency on whose checklist it is'),
      ...legFields,
    },
    decide: ({ subject, agency: id, ...where }, visit) => {
      const items = openItemsOf(visit, id, subject, where);
      return isRefusal(items) ? items : [{ type: 'checklistItemDropped', items: items.map(({ number }) => number) }];
    },
  }),
  checkOff: command({
    says: 'An agency has prepared something: of its checklist, one subject or all, for one leg or for all',
    by: ['owing', 'side', 'coordinator'],
    from: changing,
    input: {
      agency: agency.describe('the agency that has prepared it'),
      subject: line.optional().describe('what is prepared; everything of the agency if left out'),
      ...legFields,
      on: pastDate.optional().describe('the day; today unless said otherwise'),
      note: line.optional().describe('where it is, or what to know of it'),
    },
    decide: ({ agency: id, subject, on, note, ...where }, visit, { today }) => {
      const items = openItemsOf(visit, id, subject, where);
      if (isRefusal(items)) return items;
      return (
        refuseFuture('on', on ?? today, today) ?? [
          { type: 'checkedOff', items: items.map(({ number }) => number), on: on ?? today, note },
        ]
      );
    },
  }),
  circulateBriefingBook: command({
    says: 'The briefing book goes to the delegation, with who travels and what lies ahead',
    by: ['owing', 'coordinator'],
    from: planning,
    to: ['prepared'],
    input: {
      on: pastDate.optional().describe('the day; today unless said otherwise'),
      document: line.optional().describe('where it is: a name, a number or an address'),
    },
    decide: ({ on, document }, visit, { today }) => {
      if (!visit.head)
        return refuse(
          'NotReady',
          'A delegation has a head, whose name stands in the book; name one first (`name-head`).',
        );
      if (liveLegs(visit).length === 0)
        return refuse('NotReady', 'The visit has no leg yet; add one first (`add-leg`).');
      return refuseFuture('on', on ?? today, today) ?? [{ type: 'briefingBookCirculated', on: on ?? today, document }];
    },
  }),
};

/** What is prepared for a leg is there when it begins; for one that has begun, before it ends. */
function refuseUntimely(due: CivilDate, legs: readonly Leg[], today: CivilDate): Refusal | undefined {
  const lastDayFor = ({ from, to }: Leg) => (from < today ? to : from);
  const late = legs.find((leg) => due > lastDayFor(leg));
  return (
    refuseBefore('due', due, 'today', today) ??
    (late &&
      refuse(
        'DateOutOfOrder',
        `due: ${due} is too late for leg ${late.number} (${late.country}), which ${late.from < today ? `ends on ${late.to}` : `begins on ${late.from}`}; name a day until then, or another leg.`,
      ))
  );
}

/** What an agency has still to prepare: one subject or all, for one leg or for all. */
function openItemsOf(
  visit: Visit,
  agencyId: string,
  subject: string | undefined,
  where: Parameters<typeof legFor>[1],
): readonly ChecklistItem[] | Refusal {
  const named = where.leg !== undefined || where.country !== undefined ? legFor(visit, where) : undefined;
  if (isRefusal(named)) return named;
  const items = openItems(visit).filter(
    (item) => isItem(item, subject ?? item.subject, agencyId) && (!named || item.leg === named.number),
  );
  return items.length > 0 ? items : refuse('UnknownItem', nothingOpen(openItems(visit), agencyId));
}

type Named = { readonly subject: string; readonly agency: string };

const isItem = (item: Named, subject: string, agencyId: string): boolean =>
  item.agency === agencyId && item.subject === subject;

function nothingOpen(items: readonly Named[], agencyId: string): string {
  const subjects = [...new Set(items.filter((item) => item.agency === agencyId).map(({ subject }) => subject))];
  return `Nothing of that kind is open for ${agencyId}; open are: ${subjects.join(', ') || 'none'}.`;
}
