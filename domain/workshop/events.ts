import { visitLinkEvents } from '../act.ts';
import { spaced } from '../case/label.ts';
import { dayOf, later, minus } from '../dates.ts';
import { counted } from '../derived.ts';
import { evaluationEvents } from '../evaluation/commands.ts';
import { figureLines, summaryLines } from '../evaluation/summary.ts';
import { asNew } from '../letters.ts';
import { type EventRules, nobodyHears } from '../lifecycle.ts';
import { withOneMore, without } from '../lists.ts';
import { nominationEvents } from '../nomination/events.ts';
import { unanswered } from '../nomination.ts';
import { changedIn } from '../numbered.ts';
import { dayBeforeOrMidway, leadOf } from '../meeting/state.ts';
import {
  askedToEvaluate,
  focalPoints,
  hostsOf,
  letters,
  mail,
  materialsOut,
  presenting,
  talkChanged,
  talkDropped,
  tell,
  tellPlan,
  toEvaluate,
  told,
} from './letters.ts';
import { datesBefore, nominationsBefore } from './opening.ts';
import {
  type Change,
  eventRules,
  findTalk,
  type Talk,
  type TalkFields,
  type Workshop,
  type WorkshopEvent,
} from './state.ts';
import { present } from '../parts.ts';

const list = (what: string, names: readonly string[]): string =>
  names.length > 0 ? ` ${what}: ${names.join(', ')}.` : '';

const saysChange = ({ place, startsAt, endsAt }: Change): string =>
  [place ?? '', startsAt ? `from ${startsAt}` : '', endsAt ? `until ${endsAt}` : ''].filter(Boolean).join(', ');

const changed = (workshop: Workshop, { place, startsAt, endsAt }: Change): Workshop => ({
  ...workshop,
  ...present({ place, startsAt, endsAt }),
});

const shared = nominationEvents<Workshop>(letters);

const stages = eventRules({
  announced: {
    says: () => 'The workshop was announced.',
    evolve: (workshop, { at }) => ({ ...workshop, stage: 'announced', announcedOn: dayOf(at) }),
    follows: ({ opensRegistration }, workshop) => [
      ...mail('announcement', [...hostsOf(workshop), ...(opensRegistration ? [] : focalPoints(workshop))]),
      ...workshop.talks.flatMap((talk) => presenting(talk, workshop)),
    ],
  },
  registrationOpened: {
    says: (_, { invited }) => `Nominations are open; invited: ${invited.map(({ country }) => country).join(', ')}.`,
    evolve: (workshop, { at }) => ({
      ...workshop,
      stage: 'registration',
      registrationSince: dayOf(at),
      invited: workshop.invited.map((state) => ({ ...state, invitedOn: state.invitedOn ?? dayOf(at) })),
    }),
    follows: (_, { invited }) => letters.toEach('callForNominations', invited),
  },
  registrationClosed: {
    says: (_, { nominees }) => `Nominations are closed with ${counted(nominees.length, 'nominee')}.`,
    evolve: (workshop, { at }) => ({ ...workshop, stage: 'registrationClosed', registrationClosedOn: dayOf(at) }),
    // A state that has not answered hears that nothing is asked of it any more; 0.2.1 told it nothing.
    follows: (_, workshop) => asNew(letters.toEach('nominationsClosed', unanswered(workshop))),
  },
  stateInvited: {
    ...shared.stateInvited,
    evolve: (workshop, { country, focalPoint, at }) => {
      const asked = workshop.registrationSince ? { invitedOn: dayOf(at) } : {};
      const { nominationsBy = dayBeforeOrMidway(workshop.from, nominationsBefore, dayOf(at)) } = workshop;
      const nominationsByRule = workshop.nominationsBy === undefined || workshop.nominationsByRule === true;
      return {
        ...workshop,
        nominationsBy,
        nominationsByRule,
        invited: [...workshop.invited, { country, focalPoint, ...asked }],
      };
    },
    follows: (event, workshop, header) =>
      workshop.stage === 'announced'
        ? mail('announcement', [event.focalPoint])
        : letters.called(event, workshop, header),
  },
  nominationsExtended: {
    ...shared.nominationsExtended,
    evolve: (workshop, { to }) => ({
      ...workshop,
      stage: 'registration',
      nominationsBy: to,
      nominationsByRule: false,
    }),
  },
  closed: {
    says: () => 'The workshop is closed.',
    evolve: (workshop) => ({ ...workshop, stage: 'closed' }),
    follows: nobodyHears,
  },
});

const description = eventRules({
  described: {
    says: ({ changes }) => `Changed: ${Object.keys(changes).map(spaced).join(', ')}.`,
    evolve: (workshop, { changes }) => ({ ...workshop, ...changes }),
    follows: nobodyHears,
  },
  changed: {
    says: (event) => `Changed: ${saysChange(event)}.`,
    evolve: changed,
    follows: (_, workshop, header) => [...mail('changed', told(workshop)), ...tellPlan(workshop, header)],
  },
  postponed: {
    says: ({ from, to, until, ...change }) =>
      `Moved from ${from} to ${to}${until === to ? '' : `, until ${until}`}${saysChange(change) ? `: ${saysChange(change)}` : ''}.`,
    evolve: (workshop, { from, to, until, at, ...change }) => {
      const moved = { ...changed(workshop, change), from: to, to: until, scheduledOn: dayOf(at) };
      const { nominationsBy, registrationFrom, stage } = workshop;
      const along = (day: string) => later(dayOf(at), minus(to, leadOf(day, from)));
      const closing = nominationsBy && stage !== 'registrationClosed' ? along(nominationsBy) : nominationsBy;
      return {
        ...moved,
        ...(registrationFrom ? { registrationFrom: along(registrationFrom) } : {}),
        ...(closing && closing !== nominationsBy ? { nominationsBy: closing, nominationsByRule: true } : {}),
        ...datesBefore(moved, closing, moved.scheduledOn),
        // A talk was on a day of the old dates; it stays on the programme, and its day is set anew.
        talks: workshop.talks.map(({ on, ...talk }) => (on && on >= to && on <= until ? { ...talk, on } : talk)),
      };
    },
    follows: (event, workshop, header) => [
      ...mail('postponed', told(workshop), { before: event.from, why: event.told }),
      ...tellPlan(workshop, header),
    ],
  },
});

const withTalk = (workshop: Workshop, number: number, change: (talk: Talk) => Talk): Workshop => ({
  ...workshop,
  talks: changedIn(workshop.talks, number, change),
});

const talkFrom = ({ talk, title, minutes, presenter, speaker, on }: TalkFields, since: string): Talk => ({
  number: talk,
  title,
  minutes,
  since,
  ...present({ presenter, speaker, on }),
});

const talks = eventRules({
  talkAdded: {
    says: ({ talk, title, presenter, speaker = presenter }) => `Talk ${talk} added: ${title} (${speaker}).`,
    evolve: (workshop, event) => ({
      ...withOneMore(workshop, 'talks', talkFrom(event, dayOf(event.at))),
      talksEver: event.talk,
    }),
    follows: (event, workshop) => {
      const talk = findTalk(workshop, event.talk);
      return talk ? presenting(talk, workshop) : [];
    },
  },
  talkChanged: {
    says: ({ talk, title, minutes, presenter, speaker = presenter, on }) =>
      `Talk ${talk} is now: ${title} (${speaker}), ${minutes} minutes${on ? `, on ${on}` : ''}.`,
    evolve: (workshop, event) =>
      withTalk(workshop, event.talk, ({ since, document, presenter }) => ({
        ...talkFrom(event, event.presenter === presenter ? since : dayOf(event.at)),
        // What another presenter has sent is not theirs.
        ...(document && event.presenter === presenter ? { document } : {}),
      })),
    follows: (event, workshop) => {
      const talk = findTalk(workshop, event.talk);
      if (!talk) return [];
      const { title, presenter } = talk;
      return presenter === event.before
        ? talkChanged(talk, workshop)
        : [...talkDropped(event, { title, presenter: event.before }, workshop), ...presenting(talk, workshop)];
    },
  },
  talkDropped: {
    says: ({ talk, title }) => `Talk ${talk} was dropped: ${title}.`,
    evolve: (workshop, { talk }) => without(workshop, 'talks', ({ number }) => number === talk),
    follows: (event, workshop) => talkDropped(event, event, workshop),
  },
  talksOrdered: {
    says: ({ talks: order }) => `The order of the talks is now: ${order.join(', ')}.`,
    evolve: (workshop, { talks: order }) => ({
      ...workshop,
      talks: order.flatMap((number) => workshop.talks.filter((talk) => talk.number === number)),
    }),
    follows: nobodyHears,
  },
  materialsReceived: {
    says: ({ talk, document }) => `The materials of talk ${talk} are there: ${document}.`,
    evolve: (workshop, { talk, document }) => withTalk(workshop, talk, (each) => ({ ...each, document })),
    follows: nobodyHears,
  },
});

const proceedings = eventRules({
  held: {
    says: ({ on, guests, attendees }) =>
      `Held; it ended on ${on}.${attendees === undefined ? '' : ` ${counted(attendees, 'person', 'people')} attended.`}${list('Besides', guests)}`,
    evolve: (workshop, { on, guests, attendees }) => ({
      ...workshop,
      stage: 'held',
      heldOn: on,
      guests,
      ...present({ attendees }),
    }),
    follows: (_, workshop, header) => [...toEvaluate(workshop), ...tell('done', workshop, header)],
  },
  materialsCirculated: {
    says: ({ on, documents }) => `The materials were circulated on ${on}.${list('Besides', documents)}`,
    evolve: (workshop, { on, documents }) => ({ ...workshop, stage: 'materialsOut', circulatedOn: on, documents }),
    follows: (_, workshop) => materialsOut(workshop),
  },
  evaluated: {
    says: (_, { responses }) => `The evaluation is closed with ${counted(responses.length, 'response')}.`,
    evolve: (workshop, { at }) => ({ ...workshop, stage: 'evaluated', evaluatedOn: dayOf(at) }),
    follows: (_, workshop) =>
      workshop.responses.length > 0
        ? [
            ...mail('evaluated', hostsOf(workshop), { summary: summaryLines(workshop) }),
            ...asNew(mail('evaluationFigures', askedToEvaluate(workshop), { figures: figureLines(workshop) })),
          ]
        : [],
  },
  reported: {
    says: ({ document, summary }) => `The report is there: ${document}.${summary ? ` ${summary}` : ''}`,
    evolve: (workshop, { document, summary, at }) => ({
      ...workshop,
      report: { document, on: dayOf(at), ...(summary ? { summary } : {}) },
    }),
    follows: nobodyHears,
  },
});

export const events: EventRules<Workshop, WorkshopEvent> = {
  ...shared,
  ...evaluationEvents<Workshop>(),
  ...visitLinkEvents<Workshop>(tellPlan),
  ...stages,
  ...description,
  ...talks,
  ...proceedings,
};
