import { visitLinkCommands } from '../act.ts';
import { refuseBefore, refuseFuture, refuseLongAgo, refuseTooFar } from '../date-rules.ts';
import { slugUnder } from '../derived.ts';
import { agency, count, date, line, listOf, person, slug, text, pastDate } from '../fields.ts';
import { hoursFields, hoursSetOf, movedHoursFields, retimed, setHoursFields } from '../hours.ts';
import { isRefusal, type Refusal, refuse } from '../refusal.ts';
import { answerBy } from './opening.ts';
import { ahead, type Appointment, type AppointmentEvent, command, inCharge, openFollowUps } from './state.ts';

const mostFollowUps = 50;
const followUp = count.min(1).describe('the number of what was promised');

/** The host knows best when it can receive. */
const confirmedHoursFields = {
  ...hoursFields,
  time: hoursFields.time.describe('when it begins, if that has become known or changes'),
};

export const commands = {
  confirm: command({
    says: 'The host confirms the appointment',
    by: ['owing', 'host', 'coordinator'],
    from: ['planned', 'declined'],
    to: ['confirmed'],
    input: {
      on: pastDate.optional().describe('the day it confirmed; today unless said otherwise'),
      place: line.optional().describe('where it takes place, if that has become known or changes'),
      ...confirmedHoursFields,
    },
    decide: ({ on, place, ...said }, known, { today }) => {
      const hours = retimed(known, said, known.on);
      if (isRefusal(hours)) return hours;
      return refuseFuture('on', on ?? today, today) ?? [{ type: 'confirmed', on: on ?? today, place, ...hours }];
    },
  }),
  decline: command({
    says: 'The host cannot; the coordinator proposes another day, or cancels',
    by: ['owing', 'host', 'coordinator'],
    from: ['planned', 'confirmed'],
    to: ['declined'],
    reason: 'required',
    tells: 'reason',
    decide: () => [{ type: 'declined' }],
  }),
  postpone: command({
    says: 'Move the appointment to another day; the host is asked anew',
    by: ['owing', 'owner', 'coordinator'],
    from: ahead,
    to: ['planned'],
    reason: 'required',
    tells: 'told',
    input: {
      to: date.describe('the new day'),
      ...movedHoursFields,
      place: line.optional().describe('the new place, if that changes too'),
      confirmBy: date.optional().describe('when the host is to confirm it'),
    },
    decide: ({ to, place, confirmBy, ...said }, known, { today }) => {
      const { on } = known;
      if (to === on)
        return refuse('AlreadyDone', `The appointment is set for ${on} already; its hour is set with \`set-time\`.`);
      const hours = retimed(known, said, to);
      if (isRefusal(hours)) return hours;
      return (
        refuseTooFar('to', to, today) ??
        refuseLongAgo('to', to, today) ??
        refuseBefore('to', to, 'the day by which it is confirmed', confirmBy) ?? [
          {
            type: 'postponed',
            from: on,
            to,
            ...hours,
            place,
            confirmBy: answerBy(to, today, confirmBy),
            ...(confirmBy ? {} : { byRule: true }),
          },
        ]
      );
    },
  }),
  setTime: command({
    says: 'Set the hours at which the appointment begins and ends, or other ones; the day stays',
    by: ['owner', 'coordinator'],
    from: ahead,
    input: setHoursFields,
    decide: (said, known, { today }) => {
      const hours = hoursSetOf('The appointment', known, said, today);
      return isRefusal(hours) ? hours : [{ type: 'timeSet', ...hours }];
    },
  }),
  addParticipant: command({
    says: 'Somebody more takes part on our side',
    by: ['owner', 'coordinator'],
    from: ahead,
    input: { person: person.describe('who takes part') },
    decide: ({ person: who }, { participants }) =>
      participants.includes(who)
        ? refuse('AlreadyDone', `${who} takes part already.`)
        : [{ type: 'participantAdded', person: who }],
  }),
  removeParticipant: command({
    says: 'Somebody does not take part after all',
    by: ['owner', 'coordinator'],
    from: ahead,
    tells: 'told',
    input: { person: person.describe('who does not take part') },
    decide: ({ person: who }, { participants }) =>
      participants.includes(who)
        ? [{ type: 'participantRemoved', person: who }]
        : refuse(
            'UnknownItem',
            `${who} does not take part; ${participants.join(', ') || 'nobody named yet'} ${participants.length > 1 ? 'do' : 'does'}.`,
          ),
  }),
  recordHeld: command({
    says: 'Record who was there, what came of it, and what was promised',
    by: ['owner', 'coordinator'],
    from: ahead,
    to: ['held', 'closed'],
    input: {
      on: pastDate.optional().describe('the day; that of the appointment unless said otherwise'),
      attended: listOf(person).min(1, 'needs at least one person').describe('who of the directory was there'),
      guests: listOf(line).default([]).describe('others who were there, with their office'),
      outcome: text.describe('what came of it'),
      promised: listOf(line)
        .max(mostFollowUps, `holds more than ${mostFollowUps} follow-ups`)
        .default([])
        .describe('the follow-ups that were promised, one each'),
    },
    decide: ({ on: day, ...held }, { on: planned }, { today }) => {
      const on = day ?? planned;
      return (
        refuseFuture('on', on, today) ?? [
          { type: 'held', on, ...held },
          ...(held.promised.length === 0 ? [{ type: 'closed' as const }] : []),
        ]
      );
    },
  }),
  openAction: command({
    says: 'Open a follow-up action for what was promised; it becomes a case of its own',
    by: ['owing', 'owner', 'coordinator'],
    from: ['held'],
    to: ['closed'],
    input: {
      followUp: followUp.optional(),
      topic: line.optional().describe('what is to be done; as it was promised if left out'),
      owner: agency.describe('the agency that has to do it'),
      due: date.describe('when it is due'),
      id: slug.optional().describe('the id of the action; without it, the id of the appointment and a number'),
    },
    decide: ({ followUp: number, topic, owner, due, id }, appointment, { header, today }) => {
      const found = appointment.promised.find((each) => each.number === number);
      const what = topic ?? found?.what;
      const action = `action/${id ?? slugUnder(header.id, `${appointment.actions.length + 1}`)}`;
      if (!what) return refuse('InvalidInput', 'topic: say what is to be done, or which follow-up it carries out.');
      if (appointment.actions.includes(action))
        return refuse('AlreadyDone', `${action} was opened already; give the new action an id of its own (\`id\`).`);
      return (
        (number === undefined ? undefined : refuseSettled(appointment, number)) ??
        refuseBefore('due', due, 'the appointment', appointment.heldOn) ??
        refuseTooFar('due', due, today) ?? [
          { type: 'actionOpened', action, topic: what, owner, due, followUp: number },
          ...closedAfter(appointment, number),
        ]
      );
    },
  }),
  dropFollowUp: command({
    says: 'Nothing comes of something that was promised',
    by: ['owing', 'owner', 'coordinator'],
    from: ['held'],
    to: ['closed'],
    reason: 'required',
    input: { followUp },
    decide: ({ followUp: number }, appointment) =>
      refuseSettled(appointment, number) ?? [
        { type: 'followUpDropped', followUp: number },
        ...closedAfter(appointment, number),
      ],
  }),
  ...visitLinkCommands<Appointment, AppointmentEvent>({
    what: 'The appointment',
    from: ahead,
    takesPlace: ({ on }) => ({ on }),
    handedOver: (appointment, to) => (to === inCharge(appointment) ? [] : [{ type: 'handedOver', to }]),
  }),
};

function refuseSettled({ promised }: Appointment, number: number): Refusal | undefined {
  const found = promised.find((each) => each.number === number);
  if (!found)
    return refuse(
      'UnknownItem',
      `Nothing was promised under ${number}; there are ${promised.map((each) => each.number).join(', ')}.`,
    );
  return found.action || found.dropped
    ? refuse('AlreadyDone', `Follow-up ${number} is settled: ${found.action ?? 'nothing comes of it'}.`)
    : undefined;
}

/** With the last follow-up settled, nothing is left to do. */
const closedAfter = (appointment: Appointment, settled: number | undefined) =>
  openFollowUps(appointment).every(({ number }) => number === settled) ? [{ type: 'closed' as const }] : [];
