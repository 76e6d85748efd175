import { dayOf, type Days, whenOf } from '../dates.ts';
import { spaced } from '../case/label.ts';
import { counted } from '../derived.ts';
import { evaluationEvents } from '../evaluation/commands.ts';
import { partyOfPerson } from '../fields.ts';
import { atStage, type EventRules, nobodyHears } from '../lifecycle.ts';
import { dayBeforeOrMidway } from '../meeting/state.ts';
import { withOneMore, without } from '../lists.ts';
import { nominationEvents } from '../nomination/events.ts';
import { hasAnswered, unanswered } from '../nomination.ts';
import { planEvents } from './activity-events.ts';
import { movedHosts } from './hosts.ts';
import { changesOf, concerned, evaluated, letters, mail, questionnaires, tellProgramme } from './letters.ts';
import { intentionOf } from './outline.ts';
import { changed, type Edition, type EditionEvent, eventRules, lengthOf } from './state.ts';
import { present } from '../parts.ts';

const shared = nominationEvents<Edition>(letters);

const nominations = eventRules({
  stateInvited: {
    ...shared.stateInvited,
    evolve: (edition, { country, focalPoint, at }) => {
      const asked = edition.stage === 'announced' ? {} : { invitedOn: dayOf(at) };
      return changed(withOneMore(edition, 'invited', { country, focalPoint, ...asked }), 'invited');
    },
  },
  focalPointChanged: {
    ...shared.focalPointChanged,
    evolve: (edition, event) => changed(shared.focalPointChanged.evolve(edition, event), 'invited'),
  },
  placesChanged: {
    ...shared.placesChanged,
    evolve: (edition, event) => changed(shared.placesChanged.evolve(edition, event), 'places'),
  },
  stateDropped: {
    says: ({ country }) => `${country} is not invited any more.`,
    evolve: (edition, { country }) =>
      without(changed(edition, 'invited'), 'invited', (state) => state.country === country),
    follows: ({ asked: wasAsked, focalPoint, country: state, told: why }) =>
      wasAsked ? mail('dropped', [focalPoint], { state, why }) : [],
  },
  nominationsOpened: {
    says: ({ nominationsBy }, { invited }) =>
      `${counted(invited.length, 'state is', 'states are')} asked to nominate by ${nominationsBy}.`,
    evolve: (edition, { nominationsBy, byRule = false, at }) => ({
      ...atStage(edition, 'nominationsOpen', at),
      nominationsBy,
      nominationsByRule: byRule,
      invited: edition.invited.map((state) => ({ ...state, invitedOn: dayOf(at) })),
    }),
    follows: (_, edition) => letters.toEach('callForNominations', unanswered(edition)),
  },
  nominationsOver: {
    says: (_, edition) =>
      `The last day of the nominations is over; ${edition.invited.filter((state) => hasAnswered(edition, state)).length} of ${counted(edition.invited.length, 'state has', 'states have')} answered.`,
    evolve: (edition) => edition,
    follows: (_, __, { coordinator }) => mail('nominationsOver', [partyOfPerson(coordinator)], {}, { what: 'confirm' }),
  },
  nominationsClosed: {
    says: () => 'The nominations are closed; the list of participants stands.',
    evolve: (edition, { at }) => atStage(edition, 'participantsConfirmed', at),
    follows: (_, edition) => letters.toEach('nominationsClosed', unanswered(edition)),
  },
});

/** Activities on days that the edition no longer has lose their day. */
const within = (edition: Edition): Edition => ({
  ...edition,
  activities: edition.activities.map(({ onDay, ...activity }) =>
    onDay !== undefined && onDay <= lengthOf(edition) ? { ...activity, onDay } : activity,
  ),
});

/** What is due before it follows, but a last day of the nominations that has been let pass stays. */
function moved(edition: Edition, { from, to }: Days, instant: string): Edition {
  const today = dayOf(instant);
  const isOver = edition.stage === 'participantsConfirmed' || edition.nominationsBy < today;
  return within({
    ...edition,
    hosts: movedHosts(edition, { from, to }),
    from,
    to,
    ...(isOver
      ? {}
      : { nominationsBy: dayBeforeOrMidway(from, edition.nominateBefore, today), nominationsByRule: true }),
  });
}

const description = eventRules({
  described: {
    says: ({ changes }) => `Changed: ${Object.keys(changes).map(spaced).join(', ')}.`,
    evolve: (edition, { changes }) =>
      changed({ ...edition, ...changes }, ...(Object.keys(changes) as (keyof typeof changes)[])),
    follows: nobodyHears,
  },
  questionsSet: {
    says: ({ questions }) => `Participants are asked ${counted(questions.length, 'question')}.`,
    evolve: (edition, { questions }) => changed({ ...edition, questions }, 'questions'),
    follows: nobodyHears,
  },
  hostAdded: {
    says: ({ country, city, from, to }) =>
      `Held in ${city} (${country})${from ? `, from ${from}` : ''}${to ? `, until ${to}` : ''}.`,
    evolve: (edition, { country, city, from, to }) =>
      withOneMore(edition, 'hosts', { country, city, ...present({ from, to }) }),
    follows: nobodyHears,
  },
  hostRemoved: {
    says: ({ country }) => `Not held in ${country}.`,
    evolve: (edition, { country }) => without(edition, 'hosts', (host) => host.country === country),
    follows: nobodyHears,
  },
  daysFixed: {
    says: ({ from, to }) => `Takes place ${whenOf(from, to)}.`,
    evolve: (edition, { from, to, at }) => ({
      ...moved(edition, { from, to }, at),
      fixedOn: dayOf(at),
      firstFrom: from,
    }),
    follows: ({ from, to }, edition, header) => tellProgramme('recordEditionFixed', edition, header, { from, to }),
  },
  postponed: {
    says: ({ was, from, to }) => `Moved from ${was} to ${from}${to === from ? '' : `, until ${to}`}.`,
    evolve: (edition, { from, to, at }) => ({ ...moved(edition, { from, to }, at), fixedOn: dayOf(at) }),
    follows: ({ was, from, to, told: why }, edition, header) => [
      ...mail('postponed', concerned(edition), { was, why }),
      ...tellProgramme('recordEditionFixed', edition, header, { from, to }),
    ],
  },
});

const conclusion = eventRules({
  begun: {
    says: (_, { number }) => `Edition ${number} has begun.`,
    evolve: (edition, { at }) => atStage(edition, 'underWay', at),
    follows: nobodyHears,
  },
  held: {
    says: ({ on, outcomes }) => `Held until ${on}.${outcomes.map((outcome) => ` ${outcome}`).join('')}`,
    evolve: (edition, { on, outcomes, at }) => ({
      ...atStage(edition, 'held', at),
      heldOn: on,
      outcomes: [...new Set([...edition.outcomes, ...outcomes])],
    }),
    follows: ({ on }, edition, header) => [
      ...questionnaires(edition),
      ...tellProgramme('recordEditionHeld', edition, header, { on, ...changesOf(edition) }),
    ],
  },
  outcomeRecorded: {
    says: ({ outcome }) => `Outcome: ${outcome}`,
    evolve: (edition, { outcome }) => withOneMore(edition, 'outcomes', outcome),
    follows: nobodyHears,
  },
  evaluationClosed: {
    says: (_, { responses }) => `The evaluation is closed with ${counted(responses.length, 'answer')}.`,
    evolve: (edition, { at }) => atStage(edition, 'evaluated', at),
    follows: (_, edition) => evaluated(edition),
  },
  reportSubmitted: {
    says: ({ document, on }) => `Wrap-up report submitted on ${on}: ${document}.`,
    evolve: (edition, { document, on }) => ({ ...edition, report: { document, on } }),
    follows: ({ document }, edition) => mail('reported', concerned(edition), { document }),
  },
  nextProposed: {
    says: ({ intention }) => `Intended for the next edition: ${intention}`,
    evolve: (edition, event) => ({ ...atStage(edition, 'nextProposed', event.at), next: intentionOf(event) }),
    follows: (event, edition, header) => [
      ...mail('nextProposed', concerned(edition)),
      ...tellProgramme('recordIntention', edition, header, intentionOf(event)),
    ],
  },
  closed: {
    says: () => 'The edition is closed.',
    evolve: (edition, { at }) => atStage(edition, 'closed', at),
    follows: (_, edition, header) => tellProgramme('recordEditionClosed', edition, header),
  },
});

export const events: EventRules<Edition, EditionEvent> = {
  ...shared,
  ...evaluationEvents<Edition>(),
  ...nominations,
  ...description,
  ...planEvents,
  ...conclusion,
};
