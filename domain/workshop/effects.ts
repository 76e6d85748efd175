import { asNew } from '../letters.ts';
import { tellVisit } from '../act.ts';
import { figureLines, questionLines, summaryLines } from '../evaluation/summary.ts';
import { type Party, partyOfAgency } from '../fields.ts';
import type { CancelledEvent, CaseHeader, Effect, Facts, OpenedEvent, Stamp } from '../lifecycle.ts';
import { type Nominee, nomineesOf, participants, unanswered } from '../nomination.ts';
import type { NominationEvent } from '../nomination/events.ts';
import { nominationMails } from '../nomination/mails.ts';
import type { Opening } from './opening.ts';
import { ahead, type Talk, type Workshop, type WorkshopEvent } from './state.ts';

type Happened = (WorkshopEvent | OpenedEvent<Opening> | CancelledEvent) & Stamp;

export const effects = (event: Happened, workshop: Workshop, header: CaseHeader): readonly Effect[] => [
  ...mails(event, workshop),
  ...talkMails(event, workshop),
  // Those of nominations are told apart by their own type.
  ...nominationMails('workshop', event as NominationEvent & Stamp, workshop, header),
  ...reports(event, workshop, header),
  ...newsToSilentStates(event, workshop),
];

export const hostsOf = ({ hosts }: Workshop): Party[] => hosts.map(partyOfAgency);

export const presentersOf = ({ talks }: Workshop): Party[] => talks.flatMap(({ presenter }) => presenter ?? []);

/** The focal points of the states that take part, or have not answered. */
const focalPoints = ({ invited }: Workshop): Party[] =>
  invited.filter(({ declinedOn }) => !declinedOn).map(({ focalPoint }) => focalPoint);

/** Those who know of it: before the announcement these are the hosts alone. */
const told = (workshop: Workshop): Party[] =>
  workshop.announcedOn
    ? [...hostsOf(workshop), ...focalPoints(workshop), ...presentersOf(workshop)]
    : hostsOf(workshop);

const mail = (name: string, recipients: readonly Party[], facts: Facts = {}, answerBy?: string): Effect[] =>
  [...new Set(recipients)].map((to) => ({
    type: 'mail',
    text: `workshop.${name}`,
    to,
    facts,
    ...(answerBy ? { answerBy } : {}),
  }));

function mails(event: Happened, workshop: Workshop): Effect[] {
  switch (event.type) {
    case 'opened':
      return mail('hosting', hostsOf(workshop));
    case 'announced':
      return [
        ...mail('announcement', [...hostsOf(workshop), ...(event.opensRegistration ? [] : focalPoints(workshop))]),
        ...workshop.talks.flatMap((talk) => presenting(talk, workshop)),
      ];
    case 'registrationOpened':
      return workshop.invited.flatMap(({ country, focalPoint }) =>
        mail('callForNominations', [focalPoint], { state: country }),
      );
    case 'stateInvited':
      return workshop.stage === 'announced' ? mail('announcement', [event.focalPoint]) : [];
    case 'postponed':
      return mail('postponed', told(workshop), { before: event.from, why: event.told });
    case 'changed':
      return mail('changed', told(workshop));
    case 'cancelled':
      return workshop.heldOn ? [] : mail('cancelled', told(workshop), { why: event.told });
    case 'held':
      return toEvaluate(workshop);
    case 'materialsCirculated':
      return materialsOut(workshop);
    case 'evaluated':
      return workshop.responses.length > 0
        ? [
            ...mail('evaluated', hostsOf(workshop), { summary: summaryLines(workshop) }),
            ...asNew(mail('evaluationFigures', askedToEvaluate(workshop), { figures: figureLines(workshop) })),
          ]
        : [];
    default:
      return [];
  }
}

/** A state that was asked and has not answered hears that nothing is asked of it any more; 0.2.1 told it nothing. */
const newsToSilentStates = (event: Happened, workshop: Workshop): Effect[] =>
  event.type === 'registrationClosed'
    ? asNew(
        unanswered(workshop).flatMap(({ country, focalPoint }) =>
          mail('nominationsClosed', [focalPoint], { state: country }),
        ),
      )
    : [];

const cameFrom = (workshop: Workshop, country: string): readonly Nominee[] =>
  participants(workshop).filter((each) => each.country === country && each.attended !== false);

/** The focal points who were asked to have the questions answered. */
const askedToEvaluate = (workshop: Workshop): Party[] =>
  workshop.invited.flatMap(({ country, focalPoint }) => (cameFrom(workshop, country).length > 0 ? focalPoint : []));

const toEvaluate = (workshop: Workshop): Effect[] =>
  workshop.invited.flatMap(({ country, focalPoint }) => {
    const came = cameFrom(workshop, country);
    const ids = came.map(({ id }) => id).join(', ');
    const names = came.map((each) => each.name);
    const facts = { questions: questionLines(workshop), state: country, names, respondents: ids };
    return came.length > 0 ? mail('toEvaluate', [focalPoint], facts, 'evaluate') : [];
  });

function materialsOut(workshop: Workshop): Effect[] {
  const documents = [
    ...workshop.talks.flatMap(({ title, document }) => (document ? [`${title}: ${document}`] : [])),
    ...workshop.documents,
  ].join('\n');
  const withAttendees = workshop.invited.filter(({ country }) =>
    nomineesOf(workshop, country).some(({ attended }) => attended === true),
  );
  const facts = { materials: documents, state: undefined };
  return [
    ...mail('materialsOut', [...hostsOf(workshop), ...presentersOf(workshop)], facts),
    ...withAttendees.flatMap(({ country, focalPoint }) =>
      mail('materialsOut', [focalPoint], { ...facts, state: country }),
    ),
  ];
}

const factsOfTalk = ({ number, title, minutes, speaker, on }: Talk, { from }: Workshop): Facts => ({
  talk: number,
  topic: title,
  minutes,
  speaker,
  day: on ?? from,
});

const toPresenter = (talk: Talk, workshop: Workshop, name: string, answerBy?: string): Effect[] =>
  talk.presenter ? mail(name, [talk.presenter], factsOfTalk(talk, workshop), answerBy) : [];

/** Who gives a talk is asked for its materials; of a change they are only told. */
const presenting = (talk: Talk, workshop: Workshop): Effect[] =>
  toPresenter(talk, workshop, 'presenting', `materials:${talk.number}`);

/** Presenters hear of what concerns their own talk, from the announcement on. */
function talkMails(event: Happened, workshop: Workshop): Effect[] {
  if (!workshop.announcedOn || !('talk' in event)) return [];
  const talk = workshop.talks.find(({ number }) => number === event.talk);
  const dropped = (presenter: Party | undefined, title: string): Effect[] =>
    presenter ? mail('talkDropped', [presenter], { topic: title, why: event.told }) : [];
  switch (event.type) {
    case 'talkAdded':
      return talk ? presenting(talk, workshop) : [];
    case 'talkChanged':
      if (!talk) return [];
      return talk.presenter === event.before
        ? toPresenter(talk, workshop, 'talkChanged')
        : [...dropped(event.before, talk.title), ...presenting(talk, workshop)];
    case 'talkDropped':
      return dropped(event.presenter, event.title);
    case 'materialsReceived':
      return [];
  }
}

/** What the visit hears of its act. */
function reports(event: Happened, workshop: Workshop, header: CaseHeader): Effect[] {
  const { from, to, place, heldOn } = workshop;
  const tell = (standing: 'planned' | 'done' | 'cancelled'): Effect[] =>
    tellVisit(workshop, header, { standing, on: from, until: to, place });
  switch (event.type) {
    case 'opened':
    case 'visitJoined':
    case 'postponed':
    case 'changed':
      return ahead.includes(workshop.stage) ? tell('planned') : [];
    case 'held':
      return tell('done');
    case 'cancelled':
      return heldOn ? [] : tell('cancelled');
    default:
      return [];
  }
}
