import { figureLines, questionLines, summaryLines } from '../evaluation/summary.ts';
import { type Party, partyOfAgency, partyOfPerson } from '../fields.ts';
import type { CancelledEvent, CaseHeader, Effect, Facts, OpenedEvent, Stamp } from '../lifecycle.ts';
import { nominationMails } from '../nomination/mails.ts';
import type { NominationEvent } from '../nomination/events.ts';
import { type InvitedState, type Nominee, participants, unanswered } from '../nomination.ts';
import { planLines } from './facts.ts';
import { asNew } from '../letters.ts';
import type { Opening } from './opening.ts';
import type { Edition, EditionEvent, Part } from './state.ts';

type Happened = (EditionEvent | OpenedEvent<Opening> | CancelledEvent) & Stamp;

export const effects = (event: Happened, edition: Edition, header: CaseHeader): Effect[] => [
  ...(edition.stage === 'announced'
    ? []
    : nominationMails('edition', event as NominationEvent & Stamp, edition, header)),
  ...mails(event, edition, header),
  ...reports(event, edition, header),
];

const mail = (name: string, recipients: readonly Party[], facts: Facts = {}, answerBy?: string): Effect[] =>
  [...new Set(recipients)].map((to) => ({
    type: 'mail',
    text: `edition.${name}`,
    to,
    facts,
    ...(answerBy ? { answerBy } : {}),
  }));

export const organisersOf = ({ organisers }: Edition): Party[] => organisers.map(partyOfAgency);

/** The states that were asked to nominate, whatever they have answered. */
const asked = ({ invited }: Edition): readonly InvitedState[] => invited.filter(({ invitedOn }) => invitedOn);

export const focalPoints = (states: readonly InvitedState[]): Party[] => states.map(({ focalPoint }) => focalPoint);

/** The states whose nominees take part. */
export const takingPart = (edition: Edition): readonly InvitedState[] =>
  edition.invited.filter(({ country }) => participants(edition).some((participant) => participant.country === country));

const came = (edition: Edition): readonly Nominee[] =>
  participants(edition).filter(({ attended }) => attended !== false);

const statesThatCame = (edition: Edition): readonly InvitedState[] =>
  edition.invited.filter(({ country }) => came(edition).some((participant) => participant.country === country));

const thoseOf = (participants: readonly Nominee[]): Facts => ({
  names: participants.map(({ name }) => name),
  respondents: participants.map(({ id }) => id),
});

/** Those who count on it: until participants are confirmed every state that was asked and has not declined. */
const concerned = (edition: Edition): readonly InvitedState[] =>
  edition.stage === 'announced' || edition.stage === 'nominationsOpen'
    ? asked(edition).filter(({ declinedOn }) => !declinedOn)
    : takingPart(edition);

function mails(event: Happened, edition: Edition, { coordinator }: CaseHeader): Effect[] {
  const toEach = (name: string, states: readonly InvitedState[]) =>
    states.flatMap((state) => mail(name, [state.focalPoint], { state: state.country }));
  const all = [...organisersOf(edition), ...focalPoints(concerned(edition))];
  switch (event.type) {
    case 'opened':
      return mail('announced', [partyOfPerson(coordinator), ...organisersOf(edition)], {}, 'fixDays');
    case 'nominationsOpened':
      return toEach('callForNominations', unanswered(edition));
    case 'stateDropped':
      return event.asked ? mail('dropped', [event.focalPoint], { state: event.country, why: event.told }) : [];
    case 'nominationsOver':
      return mail('nominationsOver', [partyOfPerson(coordinator)], {}, 'confirm');
    case 'nominationsClosed':
      return toEach('nominationsClosed', unanswered(edition));
    case 'postponed':
      return mail('postponed', all, { was: event.was, why: event.told });
    case 'planCirculated':
      return mail('planCirculated', all, { plan: planLines(edition) });
    case 'held':
      return questionnaires(edition);
    case 'evaluationClosed':
      return evaluated(edition);
    case 'reportSubmitted':
      return mail('reported', all, { document: event.document });
    case 'nextProposed':
      return mail('nextProposed', all);
    case 'cancelled':
      return edition.heldOn
        ? []
        : mail('cancelled', [...organisersOf(edition), ...focalPoints(asked(edition))], { why: event.told });
    default:
      return [];
  }
}

/** Who was asked to have the questions answered hears the figures; 0.2.1 told the organisers alone. */
function evaluated(edition: Edition): Effect[] {
  const responses = edition.responses.length;
  const figures = { responses, figures: figureLines(edition) };
  return [
    ...mail('evaluated', organisersOf(edition), { responses, summary: summaryLines(edition) }),
    ...(responses > 0 ? asNew(mail('evaluationFigures', focalPoints(statesThatCame(edition)), figures)) : []),
  ];
}

const questionnaires = (edition: Edition): Effect[] =>
  statesThatCame(edition).flatMap(({ country, focalPoint }) => {
    const those = thoseOf(came(edition).filter((participant) => participant.country === country));
    const facts = { state: country, ...those, questions: questionLines(edition) };
    return mail('questionnaire', [focalPoint], facts, 'evaluate');
  });

/** What the programme hears. */
function reports(event: Happened, edition: Edition, { id }: CaseHeader): Effect[] {
  const tell = (command: string, input: Readonly<Record<string, unknown>> = {}): Effect[] => [
    { type: 'tell', case: edition.programme, command, input: { edition: id, ...input } },
  ];
  switch (event.type) {
    case 'daysFixed':
    case 'postponed':
      return tell('recordEditionFixed', { from: event.from, to: event.to });
    case 'held':
      return tell('recordEditionHeld', { on: event.on, ...changesOf(edition) });
    case 'nextProposed': {
      const { intention, hosts, hostsAtLeast, hostsAtMost } = event;
      return tell('recordIntention', { intention, hosts, hostsAtLeast, hostsAtMost });
    }
    case 'closed':
      return tell('recordEditionClosed');
    case 'cancelled':
      return edition.heldOn ? [] : tell('recordEditionCancelled');
    default:
      return [];
  }
}

/** What people changed in this edition. */
function changesOf(edition: Edition): Readonly<Record<string, unknown>> {
  const { invited, activities } = edition;
  const parts: Readonly<Record<Part, Readonly<Record<string, unknown>>>> = {
    organisers: { organisers: edition.organisers },
    funding: { funding: edition.funding },
    purpose: { purpose: edition.purpose },
    audience: { audience: edition.audience },
    invited: {
      invited: invited.map(({ country }) => country),
      focalPoints: invited.map(({ focalPoint }) => focalPoint),
    },
    places: { places: edition.places },
    activities: { activities: activities.map(({ form, title, onDay }) => ({ form, title, onDay })) },
    questions: { questions: edition.questions },
  };
  return Object.assign({}, ...edition.changed.map((part) => parts[part]));
}
