import type { EvaluationEvent } from '../evaluation/commands.ts';
import type { Evaluation } from '../evaluation.ts';
import type { NominationEvent } from '../nomination/events.ts';
import { findNominee, type Nominations } from '../nomination.ts';
import type { Detail, Details } from './told.ts';

const mostNamed = 5;

/** Nominees by their names, as people nominated them: the first of them, and how many more there are. */
const named = (names: readonly string[]): Detail => ({
  facts: { nominees: names.slice(0, mostNamed), more: Math.max(0, names.length - mostNamed) },
});

const namesOf = (known: Nominations, ids: readonly string[]): readonly string[] =>
  ids.map((id) => findNominee(known, id)?.name ?? id);

const ofNominees = ({ nominees }: { readonly nominees: readonly string[] }, known: Nominations): Detail =>
  named(namesOf(known, nominees));

/** What the events of nominations say besides their fields, in whichever kind of case. */
export const nominations: Details<Nominations, NominationEvent> = {
  nominated: ({ nominees }) => ({
    facts: {
      ...named(nominees.map(({ name }) => name)).facts,
      count: nominees.length,
      nominatedBy: [...new Set(nominees.map(({ country }) => country))],
    },
  }),
  nomineeWithdrawn: ({ nominee }, known) => named(namesOf(known, [nominee])),
  nomineeReplaced: ({ nominee, successor }, known) => ({
    facts: { ...named(namesOf(known, [nominee])).facts, replacement: successor.name },
  }),
  participantsConfirmed: ofNominees,
  putOnWaitingList: ofNominees,
  notSelected: ofNominees,
  attendanceRecorded: ({ absent }, known) => named(namesOf(known, absent)),
};

export const evaluations: Details<Evaluation, EvaluationEvent> = {
  evaluationAnswered: ({ responses }, known) => ({
    facts: { count: responses.length, all: known.responses.length },
  }),
};
