import { partyOfPerson } from '../fields.ts';
import type { Facts, Lifecycle, Stamp } from '../lifecycle.ts';
import type { KeyedEffect, Message } from './effects.ts';
import { commonLetter } from './letter.ts';
import { type CaseState, type CommonEvent, deadlinesByTheRules } from './state.ts';
import { earliest, type SuspensionEvent, suspensionDeadline } from './suspension.ts';

type SuspendedOrResumed = SuspensionEvent & Stamp;

/** Whoever owes what rests hears that it rests, and how long they have when it goes on; the coordinator knows. */
export function newsOfSuspension(lifecycle: Lifecycle, state: CaseState, event: SuspendedOrResumed): KeyedEffect[] {
  const names = Object.keys(event.type === 'caseSuspended' ? (state.suspended?.left ?? {}) : event.due);
  const owed = deadlinesByTheRules(lifecycle, state).filter(
    ({ name, owedBy, ladder }) => owedBy && names.includes(name) && ladder.length > 0,
  );
  const coordinator = partyOfPerson(state.coordinator);
  const parties = [...new Set(owed.flatMap(({ owedBy }) => owedBy ?? []))].filter((each) => each !== coordinator);
  return parties.map((to) => {
    const theirs = owed.filter(({ owedBy }) => owedBy === to).map(({ name }) => name);
    const report =
      event.type === 'caseSuspended'
        ? { name: 'suspended', facts: newsOfRest(state), summary: 'it rests' }
        : { name: 'resumed', facts: newsOfDays(event.due, theirs), summary: 'it goes on' };
    const mail = commonLetter(lifecycle, state, event, report, to);
    return { ...mail, ...(mail.type === 'mail' ? withKey(mail.message, `${mail.key}/${to}`) : {}) };
  });
}

const withKey = (message: Message, key: string) => ({ key, message: { ...message, key } });

const newsOfRest = ({ suspended, kind }: CaseState): Facts => ({
  kind,
  until: suspended?.until,
  whoWaits: suspended?.whoWaits,
  forWhom: suspended?.forWhom,
});

const newsOfDays = (due: Readonly<Record<string, string>>, names: readonly string[]): Facts => ({
  due: earliest(names.flatMap((name) => due[name] ?? [])),
  count: names.length,
});

type PassedEvent = Extract<CommonEvent, { type: 'deadlinePassed' }> & Stamp;

/** Withdrawn when the case goes on, or its end is moved, before it was read. */
export function reportSuspensionOver(lifecycle: Lifecycle, state: CaseState, event: PassedEvent): KeyedEffect[] {
  const report = { name: 'suspensionOver', facts: newsOfRest(state), summary: 'the suspension should be over' };
  const mail = commonLetter(lifecycle, state, event, report);
  if (mail.type !== 'mail') return [];
  const version = state.deadlines[suspensionDeadline]?.plan.version ?? 1;
  const key = `${state.id}/${suspensionDeadline}/${version}/over`;
  return [{ ...mail, key, message: { ...mail.message, key, deadline: suspensionDeadline } }];
}
