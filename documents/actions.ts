import { type ActionFilter, listActions } from '../database/lists.ts';
import type { FollowUpAction } from '../domain/action/state.ts';
import { everyRow } from './every-row.ts';
import { day, listOf, number, title, words, yesNo } from './fields.ts';
import type { Register } from './register.ts';

/** The rows of an action matrix: everything that was decided to be done, and how it stands. */
export const actionsField = listOf('the follow-up actions, those due first at the head', {
  number: number('number of the row'),
  id: words('id of the action'),
  topic: words('what is to be done'),
  owner: words('agency that has to do it'),
  country: words('country of that agency'),
  due: day('day on which it is due'),
  firstDue: day('day on which it was due at first'),
  moved: yesNo('whether the due date was moved'),
  extensions: number('how often it was extended'),
  standing: words('how it stands, in words'),
  open: yesNo('whether it is still to be done'),
  late: yesNo('whether it is late now'),
  wasLate: yesNo('whether it ever was late'),
  percent: number('how much of it is done, in per cent'),
  meeting: title('meeting', 'meeting that it comes from'),
  committee: title('committee', 'committee that follows it up'),
  decision: title('promise', 'decision that it comes from'),
  lastReport: words('last report on it'),
  waitsFor: words('what it waits for, if it is blocked'),
});

const standings: Readonly<Record<FollowUpAction['stage'] | 'cancelled', string>> = {
  recorded: 'not yet accepted',
  refused: 'refused by the owner',
  inProgress: 'in progress',
  blocked: 'blocked',
  reportedDone: 'reported done, not yet verified',
  closed: 'done and verified',
  dropped: 'dropped',
  cancelled: 'cancelled',
};

const ended = ['closed', 'dropped', 'cancelled'];

/** Every action that fits, those that are over too. */
export async function actionsIn(register: Register, filter: ActionFilter) {
  const listed = await everyRow((page) => listActions(register.db, { ...filter, all: true }, page));
  return rowsOf(
    register,
    listed.map(({ id }) => id),
  );
}

export async function rowsOf(register: Register, ids: readonly string[]) {
  const actions = await register.all('action', ids);
  const titles = new Map<string, string | undefined>();
  for (const { subject } of actions) {
    for (const [kind, id] of [
      ['meeting', subject.meeting],
      ['committee', subject.committee],
    ] as const)
      if (id !== undefined && !titles.has(id)) titles.set(id, (await register.find(kind, id))?.title);
  }
  return actions.map(({ id, subject, cancelled, deadlines }, index) => {
    const owner = register.agency(subject.owner);
    const stage = cancelled ? 'cancelled' : subject.stage;
    const open = !ended.includes(stage);
    return {
      number: index + 1,
      id,
      topic: subject.topic,
      owner: owner?.name ?? subject.owner,
      country: register.countryName(owner?.country),
      due: subject.due,
      firstDue: subject.firstDue,
      moved: subject.due !== subject.firstDue,
      extensions: subject.extensions,
      standing: standings[stage as keyof typeof standings],
      open,
      late: open && Object.values(deadlines).some((standing) => standing.open && standing.passedAt !== undefined),
      wasLate: subject.wasLate,
      percent: subject.percent,
      meeting: subject.meeting && titles.get(subject.meeting),
      committee: subject.committee && titles.get(subject.committee),
      decision: subject.decision,
      lastReport: subject.lastReport,
      waitsFor: open ? subject.waitsFor : undefined,
    };
  });
}
