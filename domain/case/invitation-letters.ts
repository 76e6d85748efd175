import { partyOfPerson } from '../fields.ts';
import type { Lifecycle, Stamp } from '../lifecycle.ts';
import { entryFacts } from './calendar-mails.ts';
import type { KeyedEffect } from './effects.ts';
import type { InvitationEvent } from './invitations.ts';
import { nameOf } from './label.ts';
import { commonLetter } from './letter.ts';
import type { CaseState } from './state.ts';

/** The coordinator hears who does not come, and who comes instead of somebody, unless they have said so themselves. */
export function newsOfInvitation(
  lifecycle: Lifecycle,
  state: CaseState,
  event: InvitationEvent & Stamp,
): readonly KeyedEffect[] {
  const { comes, who, substitute, named, by, told } = event;
  const kept = state.calendarEntries?.[event.entry];
  if (comes === 'yes' || !kept || by === state.coordinator) return [];
  const facts = { ...entryFacts(kept.entry), invitee: who, answeredBy: partyOfPerson(by), why: told };
  const letter =
    comes === 'no'
      ? { name: 'doesNotAttend', summary: `${nameOf(who)} does not come`, facts }
      : {
          name: 'substituteNamed',
          summary: `somebody else comes instead of ${nameOf(who)}`,
          facts: { ...facts, substitute, named },
        };
  return [commonLetter(lifecycle, state, event, letter)];
}
