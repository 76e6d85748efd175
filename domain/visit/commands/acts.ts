import { z } from 'zod';
import { actReport, actWords, kindOfAct } from '../../act.ts';
import { forms } from '../../appointment/state.ts';
import { spanOf, whenOf } from '../../dates.ts';
import { slugUnder } from '../../derived.ts';
import { present } from '../../parts.ts';
import { agency, caseId, caseOf, date, line, listOf, party, person, slug, text } from '../../fields.ts';
import type { Context } from '../../lifecycle.ts';
import { isRefusal, type Refusal, refuse } from '../../refusal.ts';
import { workshopTitle } from '../../titles.ts';
import { changing, isPending, isWithin, legFields, legFor, legOf, onLeg } from '../legs.ts';
import { type Act, command, type Leg, type Visit } from '../state.ts';
import { refuseOutsider } from './delegation.ts';

const open = [...changing, 'returned', 'reported'];
const act = caseId.describe('the act: a signing (its mou), a meeting, a workshop or an appointment');
const known = caseId.describe('the act');

/** What takes place on the legs: cases of their own. */
export const actCommands = {
  addAct: command({
    says: 'Make a case an act of the visit: an MOU to be signed, a meeting, a workshop or an appointment on a leg',
    by: ['coordinator'],
    from: changing,
    input: { act, ...legFields },
    decide: ({ act: id, ...where }, visit) => {
      const wrong = refuseKind(id);
      if (wrong) return wrong;
      const before = visit.acts.find((each) => each.act === id);
      if (before && isPending(before) && !before.refused)
        return refuse('AlreadyDone', `${id} is an act of leg ${before.leg} already.`);
      return onLeg(visit, where, ({ number }) => [{ type: 'actAdded', act: id, leg: number }]);
    },
  }),
  planAppointment: command({
    says: 'Plan a bilateral talk or a site visit on a leg; it becomes a case of its own',
    by: ['coordinator'],
    from: changing,
    input: {
      form: z.enum(forms).describe('a talk or a visit to a site'),
      subject: line.describe('what it is about, or what is seen'),
      on: date.describe('the day'),
      ...legFields,
      place: line.optional().describe('where; the place of the leg if left out'),
      host: party.optional().describe('who confirms it; the host of the leg if left out'),
      counterpart: line.optional().describe('whom the delegation meets, with office; as on the leg if left out'),
      agency: agency.optional().describe('our agency in charge; the first sender if left out'),
      participants: listOf(person).default([]).describe('who of the delegation takes part'),
      id: slug.optional().describe('the id of its case; the id of the visit and a number if left out'),
    },
    decide: ({ leg: number, country, id, ...given }, visit, context) => {
      const leg = legOfAct(visit, { leg: number, country, on: given.on });
      if (isRefusal(leg)) return leg;
      const owner = given.agency ?? visit.senders[0] ?? '';
      const { form, subject, on, host = leg.host, participants } = given;
      const opening = {
        form,
        subject,
        on,
        owner,
        host,
        participants,
        ...present({ place: given.place ?? leg.places[0], counterpart: given.counterpart ?? leg.counterpart }),
      };
      const planned = { kind: 'appointment', id, title: given.subject, on: given.on, opening };
      return refuseOutsider(visit, owner) ?? planAct(visit, leg, planned, context);
    },
  }),
  planWorkshop: command({
    says: 'Plan a workshop on a leg; it becomes a case of its own',
    by: ['coordinator'],
    from: changing,
    input: {
      subject: line.describe('what it is about'),
      title: line.optional().describe('its title; "Workshop on" and the subject if left out'),
      from: date.describe('its first day'),
      to: date.optional().describe('its last day; the first if left out'),
      ...legFields,
      place: line.optional().describe('where: city and venue; the place of the leg if left out'),
      hosts: listOf(agency).default([]).describe('the agencies that host it; the first sender if left out'),
      mou: caseOf('mou').optional().describe('the instrument under which it is held'),
      purpose: text.optional().describe('what it is for'),
      id: slug.optional().describe('the id of its case; the id of the visit and a number if left out'),
    },
    decide: ({ leg: number, country, id, title, hosts, place: where, ...given }, visit, context) => {
      const leg = legOfAct(visit, { leg: number, country, on: given.from, until: given.to });
      if (isRefusal(leg)) return leg;
      const place = where ?? leg.places[0];
      if (!place) return refuse('InvalidInput', `place: leg ${leg.number} has no place yet; say where it is held.`);
      const opening = {
        ...present(given),
        country: leg.country,
        place,
        hosts: hosts.length > 0 ? hosts : visit.senders.slice(0, 1),
      };
      const named = title ?? workshopTitle(given.subject);
      return planAct(visit, leg, { kind: 'workshop', id, title: named, on: given.from, opening }, context);
    },
  }),
  handOverAct: command({
    says: 'Hand an act that is not done to an agency or a person who carries it on; it leaves the visit',
    by: ['coordinator'],
    from: open,
    reason: 'required',
    tells: 'told',
    input: { act: known, to: party.describe('who carries it on') },
    decide: ({ act: id, to }, visit) => ofPendingAct(visit, id, () => [{ type: 'actHandedOver', act: id, to }]),
  }),
  dropAct: command({
    says: 'Take an act out of the visit; its case goes on without it',
    by: ['coordinator'],
    from: open,
    reason: 'required',
    input: { act: known },
    decide: ({ act: id }, visit) => ofPendingAct(visit, id, () => [{ type: 'actDropped', act: id }]),
  }),
  recordAct: command({
    says: 'An act tells its day, its place and what became of it',
    by: ['case'],
    from: open,
    input: { act: known, ...actReport },
    decide: ({ act: id, ...report }, visit) => {
      const wrong = refuseKind(id);
      if (wrong) return wrong;
      const before = visit.acts.find((each) => each.act === id);
      if (before?.standing === 'dropped' || before?.standing === 'handedOver')
        return refuse('AlreadyDone', `${id} has left the visit.`);
      return legOf(visit, report.leg)
        ? [{ type: 'actReported', act: id, ...report }]
        : refuse('UnknownItem', `The visit has no leg ${report.leg} on which ${id} could take place.`);
    },
  }),
};

const refuseKind = (id: string): Refusal | undefined =>
  kindOfAct(id)
    ? undefined
    : refuse('WrongKind', `${id} cannot be an act of a visit; ${Object.keys(actWords).join(', ')} can.`);

type WhereAndWhen = Parameters<typeof legFor>[1] & { readonly on: string; readonly until?: string };

/** An act lies on the days of its leg. */
function legOfAct(visit: Visit, where: WhereAndWhen): Leg | Refusal {
  const { on, until = on } = where;
  const leg = legFor(visit, where);
  return isRefusal(leg) || isWithin(leg, on, until)
    ? leg
    : refuse(
        'DateOutOfOrder',
        `${until === on ? `${on} is no day` : `${spanOf(on, until)} are not days`} of leg ${leg.number}, which is ${whenOf(leg.from, leg.to)}.`,
      );
}

interface PlannedAct {
  readonly kind: string;
  readonly id: string | undefined;
  readonly title: string;
  readonly on: string;
  readonly opening: Readonly<Record<string, unknown>>;
}

function planAct(visit: Visit, leg: Leg, { kind, id, title, on, opening }: PlannedAct, { header }: Context) {
  const planned = `${kind}/${id ?? slugUnder(header.id, `${visit.acts.length + 1}`)}`;
  return visit.acts.some((each) => each.act === planned)
    ? refuse('AlreadyDone', `${planned} is planned already; give the new one an id of its own (\`id\`).`)
    : [{ type: 'actPlanned' as const, act: planned, leg: leg.number, title, on, opening }];
}

function ofPendingAct<T>(visit: Visit, id: string, answer: (found: Act) => T): T | Refusal {
  const found = visit.acts.find((each) => each.act === id);
  if (!found)
    return refuse(
      'UnknownItem',
      `${id} is no act of the visit; its acts are ${visit.acts.map((each) => each.act).join(', ') || 'none'}.`,
    );
  return isPending(found) ? answer(found) : refuse('AlreadyDone', `${id} is settled already: ${found.standing}.`);
}
