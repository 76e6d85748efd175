import { z } from 'zod';
import { daysBetween, plus } from '../dates.ts';
import { caseId, date, line, listOf, period, person, text } from '../fields.ts';
import type { CommandDefinition, Subject } from '../lifecycle.ts';
import { type Refusal, refuse } from '../refusal.ts';
import { seeingTheCase } from './seeing-the-case.ts';
import type { CaseState, LifecycleEvent } from './state.ts';
import { extensionCommands } from './extension.ts';
import { successionCommands } from './succession.ts';

/** The commands that every case takes at any stage. They see the whole case, not only what its lifecycle knows. */

type CommonDefinition = CommandDefinition<Subject, LifecycleEvent>;

const anyStage: readonly string[] = [];

const moveDeadline = seeingTheCase({
  says: 'Move a due date; its reminders are planned anew',
  by: ['coordinator'],
  from: anyStage,
  reason: 'required',
  input: z.strictObject({
    deadline: line.describe('which due date, as `next` names it'),
    to: date.optional().describe('the new due date'),
    later: period.optional().describe('or by how much later it is due, such as P1Y; 29 February becomes the 28th'),
  }),
  decide: ({ deadline, to, later }, state, { today }) => {
    const standing = state.deadlines[deadline];
    if (!standing?.open) return refuseUnknownDeadline(state, deadline);
    if ((to === undefined) === (later === undefined))
      return refuse('InvalidInput', 'Say either when it is due now (to), or by how much later (later).');
    const day = to ?? plus(standing.plan.due, later ?? 'P0D');
    if (day < today) return refuse('DateOutOfOrder', `The new due date ${day} lies in the past: it is ${today}.`);
    if (daysBetween(today, day) > 7306) return refuse('DateTooFar', `${day} is more than 20 years ahead.`);
    return [{ type: 'deadlineMoved', deadline, to: day }];
  },
});

function refuseUnknownDeadline({ id, deadlines }: CaseState, deadline: string): Refusal {
  // The register keeps them in an order of its own.
  const known = Object.entries(deadlines)
    .flatMap(([name, { open }]) => (open ? name : []))
    .toSorted();
  return refuse('UnknownDeadline', `${id} has no open due date "${deadline}"; it has ${known.join(', ') || 'none'}.`);
}

const replan = seeingTheCase({
  says: 'Plan due dates and reminders anew by the calendars of today; a reminder that was sent is not sent again',
  by: ['coordinator', 'operator'],
  from: anyStage,
  reason: 'required',
  input: z.strictObject({
    deadlines: listOf(line).describe('which due dates, as `next` names them'),
  }),
  decide: ({ deadlines }, state) => {
    const unknown = deadlines.filter((name) => !state.deadlines[name]?.open);
    if (unknown.length > 0)
      return refuse(
        'UnknownDeadline',
        `${state.id} has no open due date "${unknown.join('", "')}"; see \`./entente next\`.`,
      );
    if (deadlines.length === 0) return refuse('InvalidInput', 'deadlines: name at least one due date.');
    return [{ type: 'replanned', deadlines: [...new Set(deadlines)] }];
  },
});

const changeCoordinator = seeingTheCase({
  says: 'Hand the case to another coordinator',
  by: ['coordinator', 'colleague', 'administrator'],
  from: anyStage,
  input: z.strictObject({
    coordinator: person.describe('who coordinates from now on'),
    from: person.optional().describe('who does until now; refused if it is somebody else by then'),
    together: listOf(caseId)
      .min(1)
      .optional()
      .describe('all cases that are handed over with this one, which tells both coordinators of them'),
    toldBy: caseId.optional().describe('the case that tells both coordinators of this one, too'),
  }),
  decide: ({ coordinator, from, together, toldBy }, state) => {
    if (state.coordinator === coordinator)
      return refuse('AlreadyDone', `${coordinator} coordinates ${state.id} already.`);
    if (from !== undefined && state.coordinator !== from)
      return refuse('NotReady', `${state.id} is coordinated by ${state.coordinator}, not by ${from}.`);
    const news = { ...(together && { from: state.coordinator, together }), ...(toldBy !== undefined && { toldBy }) };
    return [{ type: 'coordinatorChanged', coordinator, ...news }];
  },
});

const note = seeingTheCase({
  says: 'Put a note on record',
  by: ['owing', 'owner', 'side', 'coChair', 'secretary', 'host', 'coordinator', 'colleague', 'operator'],
  from: anyStage,
  input: z.strictObject({ note: text.describe('what should be remembered') }),
  decide: ({ note }) => [{ type: 'noted', note }],
});

const sendAgain = seeingTheCase({
  says: 'Send a message again that did not arrive; what is in doubt keeps its text and its Message-ID',
  by: ['coordinator', 'colleague', 'operator'],
  from: anyStage,
  reason: 'required',
  offered: ({ undelivered }) => undelivered.length > 0,
  input: z.strictObject({ message: line.describe('its key, as `mail check` shows it') }),
  decide: ({ message }, state) => {
    const found = state.undelivered.find((each) => each.message === message);
    return found
      ? [{ type: 'sentAgain', message, to: found.to, text: found.text }]
      : refuse(
          'UnknownItem',
          `${state.id} knows of no undelivered message "${message}"; see \`./entente mail check\`.`,
        );
  },
});

const recipient = z
  .string()
  .regex(/^(superior-of\/)?(agency|person)\/[a-z0-9-]{1,64}$/, 'must be whom a message was for, such as agency/klid');
const textName = z.string().regex(/^[a-z]{1,32}\.[a-zA-Z]{1,64}$/, 'must be the name of a text, such as action.asked');

const messageReturned = seeingTheCase({
  says: 'Hear that a message that was sent came back, and tell the coordinator',
  by: ['coordinator', 'operator', 'administrator'],
  from: anyStage,
  isPart: true,
  input: z.strictObject({
    message: line.describe('its key'),
    to: recipient.describe('whom it was for'),
    text: textName.describe('which text it has'),
    why: text.describe('what the mail server said'),
  }),
  decide: ({ message, to, text, why }, state) =>
    state.undelivered.some((each) => each.message === message)
      ? refuse('AlreadyDone', `${state.id} knows that "${message}" did not arrive.`)
      : [{ type: 'undelivered', message, to, text, state: 'refused', why }],
});

const cancel = seeingTheCase({
  says: 'Cancel the case: it is over, nobody is reminded any more',
  by: ['coordinator'],
  from: anyStage,
  reason: 'required',
  confirm: true,
  tells: 'told',
  input: z.strictObject({}),
  decide: () => [{ type: 'cancelled' }],
});

export const commonCommands: Readonly<Record<string, CommonDefinition>> = {
  moveDeadline,
  replan,
  changeCoordinator,
  note,
  sendAgain,
  messageReturned,
  ...successionCommands,
  ...extensionCommands,
  cancel,
};
