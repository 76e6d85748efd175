import { plus } from '../dates.ts';
import { refuseBefore, refuseTooFar } from '../date-rules.ts';
import { counted, slugUnder } from '../derived.ts';
import { refuseIntention } from '../edition/hosts.ts';
import { refuseDays } from '../edition/preparation.ts';
import {
  descriptionFields,
  fixedFields,
  intentionFields,
  mostStates,
  outlineFields,
  outlineParts,
} from '../edition/outline.ts';
import { refuseQuestions } from '../evaluation.ts';
import { count, country, date, party } from '../fields.ts';
import { type Refusal, refuse, refuseTwice } from '../refusal.ts';
import { alive, course } from './course.ts';
import { openingDay, openingDayOf, refuseOpeningDay } from './opening.ts';
import { command, nextNumber, nextYear, type Programme, type EditionOpened } from './state.ts';

const termOfCoordination = 'P2Y';

const state = country.describe('the state');

/** Opens the next edition, early or when its day has come. */
export function opening(programme: Programme, header: { readonly id: string }, start: string): EditionOpened {
  const nth = nextNumber(programme);
  const attempt = programme.editions.filter(({ number }) => number === nth).length + 1;
  const slug = slugUnder(header.id, attempt > 1 ? `${nth}-try${attempt}` : `${nth}`);
  return {
    type: 'editionOpened',
    edition: `edition/${slug}`,
    nth,
    year: Number(start.slice(0, 4)),
    start,
    intended: programme.intended,
  };
}

const editions = {
  openEdition: command({
    says: 'Open the next edition now, before it opens by itself',
    by: ['coordinator'],
    from: ['running'],
    input: {
      number: count.min(1).describe('its number, so that nobody opens one edition twice'),
      from: date.optional().describe('its first day; without it, the day planned for the next edition'),
      ...fixedFields,
    },
    decide: ({ number, from, ...fixed }, programme, { header, today }) => {
      const start = from ?? programme.nextStart;
      if ((fixed.hostCountry === undefined) !== (fixed.hostCity === undefined))
        return refuse('InvalidInput', 'hostCountry, hostCity: a host has both; give the country and the city.');
      return (
        refuseNumber(programme, number) ??
        refuseBefore('from', start, 'today', today) ??
        refuseDays({ from: start, to: fixed.to }, today) ?? [{ ...opening(programme, header, start), ...fixed }]
      );
    },
  }),
  skipYear: command({
    says: 'Hold no edition in the planned year; the next one comes a period later, under the same number',
    by: ['coordinator'],
    from: ['running'],
    reason: 'required',
    tells: 'told',
    input: { year: count.min(1945).max(2199).describe('the year in which none is held') },
    decide: ({ year }, programme, { today }) => {
      if (programme.skippedYears.includes(year)) return refuse('AlreadyDone', `${year} is skipped already.`);
      if (year !== nextYear(programme))
        return refuse(
          'NotReady',
          `The next edition is planned for ${nextYear(programme)}; only that year can be skipped.`,
        );
      return (
        refuseTooFar('year', plus(programme.nextStart, programme.period), today) ?? [{ type: 'yearSkipped', year }]
      );
    },
  }),
  planOpening: command({
    says: 'Change when the next edition is planned, and when it is opened',
    by: ['coordinator'],
    from: ['running'],
    input: openingDay,
    decide: (given, _, { today }) =>
      refuseOpeningDay(given, today) ?? [{ type: 'openingPlanned', ...openingDayOf(given, today) }],
  }),
  intendNext: command({
    says: 'Record what is intended for the next edition; it is carried into it',
    by: ['coordinator'],
    from: alive,
    input: intentionFields,
    decide: (intention) => refuseIntention(intention) ?? [{ type: 'nextIntended', ...intention }],
  }),
};

/** Of two coordinators who open the next edition at once, the second hears that it is open. */
function refuseNumber(programme: Programme, number: number): Refusal | undefined {
  const next = nextNumber(programme);
  if (number === next) return undefined;
  if (number > next) return refuse('NotReady', `The next edition is number ${next}; ${number} comes later.`);
  const known = programme.editions.find((edition) => edition.number === number && edition.outcome !== 'cancelled');
  return refuse(
    'AlreadyDone',
    known
      ? `Edition ${number} was opened on ${known.openedOn} (${known.edition}); the next one is number ${next}.`
      : `Edition ${number} was held before the programme came into Entente; the next one is number ${next}.`,
  );
}

const outline = {
  describe: command({
    says: 'Change organisers, funding, purpose or audience for the editions to come',
    by: ['coordinator'],
    from: alive,
    input: descriptionFields,
    decide: (changes) => refuseNothing(changes) ?? [{ type: 'described', changes }],
  }),
  changePlaces: command({
    says: 'Change how many can take part in the editions to come',
    by: ['coordinator'],
    from: alive,
    input: { places: outlineParts.places, placesPerState: outlineFields.placesPerState },
    decide: (places) => [{ type: 'placesChanged', ...places }],
  }),
  outlineActivities: command({
    says: 'Say what the activities of an edition usually are; each edition begins with them',
    by: ['coordinator'],
    from: alive,
    input: { activities: outlineParts.activities, days: outlineParts.days.optional() },
    decide: ({ activities, days }, programme) => {
      const last = days ?? programme.days;
      const beyond = activities.find(({ onDay }) => onDay !== undefined && onDay > last);
      return beyond
        ? refuse(
            'DateOutOfOrder',
            `"${beyond.title}" is on day ${beyond.onDay}, but an edition lasts ${counted(last, 'day')}.`,
          )
        : [{ type: 'activitiesOutlined', activities, days }];
    },
  }),
  setQuestions: command({
    says: 'Set what participants are asked after the editions to come',
    by: ['coordinator'],
    from: alive,
    input: { questions: outlineParts.questions },
    decide: ({ questions }) => refuseQuestions(questions) ?? [{ type: 'questionsSet', questions }],
  }),
};

/** What changes a description names something to change, and nobody twice. */
const refuseNothing = (changes: { readonly organisers?: readonly string[] }): Refusal | undefined =>
  Object.keys(changes).length === 0
    ? refuse('InvalidInput', 'Nothing is given: say which of organisers, funding, purpose, audience is another.')
    : refuseTwice('organisers', changes.organisers ?? []);

const states = {
  inviteState: command({
    says: 'Invite one more state to the editions to come',
    by: ['coordinator'],
    from: alive,
    input: { country: state, focalPoint: party.describe('who answers for it') },
    decide: ({ country: invited, focalPoint }, programme) => {
      if (programme.invited.some((each) => each.country === invited))
        return refuse('AlreadyDone', `${invited} is invited already.`);
      return programme.invited.length >= mostStates
        ? refuse('TooLarge', `${mostStates} states are invited; the programme takes no more.`)
        : [{ type: 'stateInvited', country: invited, focalPoint }];
    },
  }),
  changeFocalPoint: command({
    says: 'Record who answers for a state in the editions to come',
    by: ['coordinator'],
    from: alive,
    input: { country: state, focalPoint: party.describe('the new focal point') },
    decide: ({ country: of, focalPoint }, programme) =>
      refuseOtherState(programme, of) ??
      (programme.invited.some((each) => each.country === of && each.focalPoint === focalPoint)
        ? refuse('AlreadyDone', `${focalPoint} answers for ${of} already.`)
        : [{ type: 'focalPointChanged', country: of, focalPoint }]),
  }),
  dropState: command({
    says: 'Invite a state no more',
    by: ['coordinator'],
    from: alive,
    reason: 'required',
    tells: 'told',
    input: { country: state },
    decide: ({ country: of }, programme) => refuseOtherState(programme, of) ?? [{ type: 'stateDropped', country: of }],
  }),
  handOverCoordination: command({
    says: 'Record which state coordinates the programme from a day on, for two years unless said otherwise',
    by: ['owing', 'coordinator'],
    from: alive,
    input: {
      country: state,
      party: party.describe('who acts for it'),
      since: date.optional().describe('from which day; without it, today'),
      until: date.optional().describe(`until which day; without it, ${termOfCoordination} later`),
    },
    decide: ({ country: to, party: acts, since, until }, { countryCoordinator: now }, { today }) => {
      const from = since ?? today;
      const last = until ?? plus(from, termOfCoordination);
      if (now?.country === to && now.until === last && now.party === acts)
        return refuse('AlreadyDone', `${to} coordinates the programme until ${last} already.`);
      return (
        refuseTooFar('since', from, today) ??
        refuseTooFar('until', last, today) ??
        refuseBefore('since', from, 'the day the present coordination began', now?.since) ??
        refuseBefore('until', last, 'its first day', plus(from, 'P1D')) ?? [
          {
            type: 'coordinationHandedOver',
            country: to,
            party: acts,
            since: from,
            until: last,
            ...(until ? {} : { byRule: true }),
            ...(now && now.party !== acts ? { former: now.party } : {}),
          },
        ]
      );
    },
  }),
};

const refuseOtherState = ({ invited }: Programme, state: string): Refusal | undefined =>
  invited.some(({ country: each }) => each === state)
    ? undefined
    : refuse(
        'NotAParty',
        `${state} is not invited; invited: ${invited.map((each) => each.country).join(', ') || 'none'}.`,
      );

export const commands = { ...editions, ...outline, ...states, ...course };
