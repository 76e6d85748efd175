import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { viewOf } from '../../domain/case/view.ts';
import { type CaseEvent, type CaseState, plannedDeadlines, unplannedDeadlines } from '../../domain/case/state.ts';
import { fold } from '../../domain/case/evolve.ts';
import { workingCalendar } from '../../domain/calendar.ts';
import { kinds } from '../../domain/kinds.ts';
import { byRule, type Plan } from '../../domain/ladder.ts';
import { meeting } from '../../domain/meeting.ts';
import { appointment } from '../../domain/appointment.ts';
import { mou } from '../../domain/mou.ts';
import { workshop as workshopRules } from '../../domain/workshop.ts';
import { dueDayOf, mondayToFriday } from '../../domain/planning.ts';
import { aDocument } from './a-document.ts';
import { given as givenCase } from './given.ts';
import { given as meetings } from './meeting-stages.ts';
import { given as mous, threeYearsTacit } from './mou-stages.ts';
import { opened, strides, walks } from './walk.ts';
import { given as visits } from './visit-stages.ts';
import { given as workshops, nominee } from './workshop-stages.ts';

/** A due day that a rule gives, and nobody's word, is a working day of whoever owes it. */

const seoul = mondayToFriday('Asia/Seoul');
const saturday = '2018-09-29';

describe('a day that a rule gives', () => {
  it('is the working day before', () => {
    expect(dueDayOf(seoul, byRule(saturday).due)).toBe('2018-09-28');
  });

  it('is the next one where none is left since the obligation began', () => {
    expect(dueDayOf(seoul, byRule(saturday).due, saturday)).toBe('2018-10-01');
  });

  it('of what the case does by itself is such that it happens on a working day', () => {
    expect(dueDayOf(seoul, { on: saturday, roll: 'eve' })).toBe('2018-09-27');
    expect(dueDayOf(seoul, { on: '2018-10-01', roll: 'eve' })).toBe('2018-09-30');
  });
});

describe('of a meeting on Monday, 1 October', () => {
  const story = meetings.convened({ on: '2018-10-01', agendaBefore: 'P15D' });

  it('the agenda is due on Friday, not on Sunday, and the letters say so', () => {
    story.isDue('agenda', '2018-09-14');
    expect(viewOf(meeting, story.state).facts).toMatchObject({ agendaBy: '2018-09-14' });
    expect(story.mailed('meeting.callForItems')[0]?.facts).toMatchObject({ agendaBy: '2018-09-14' });
    expect(story.passes('2018-09-01').mailed('meeting.invitation')[0]?.facts).toMatchObject({ agendaBy: '2018-09-14' });
  });

  it('invitations go out on Friday, 31 August, not on a Saturday', () => {
    story.isDue('invite', '2018-08-30').passes('2018-08-31').mails('meeting.invitation', 'agency/mois');
  });

  it('a day that somebody named is kept, day off or not', () => {
    const moved = story.command('moveDeadline', {
      deadline: 'agenda',
      to: '2018-09-15',
      reason: 'Agreed by telephone',
    });
    moved.isDue('agenda', '2018-09-15').passes('2018-08-31').isDue('agenda', '2018-09-15');
    expect(moved.passes('2018-09-01').mailed('meeting.invitation')[0]?.facts).toMatchObject({ agendaBy: '2018-09-15' });
  });

  it('what an earlier version has planned stays', () => {
    const earlier = JSON.parse(
      JSON.stringify(story.state, (key, value: unknown) =>
        key === 'basis' ? String(value).replace('"2018-09-16",0,"back"', '"2018-09-16",0,""') : value,
      ),
    ) as CaseState;
    expect(earlier).not.toEqual(story.state);
    expect(plannedDeadlines(meeting, earlier).map(({ name }) => name)).toContain('agenda');
    expect(unplannedDeadlines(meeting, earlier)).toEqual([]);
  });
});

it('a workshop is announced on a working day, and its hosts read that one', () => {
  const story = workshops.planned({ from: '2017-12-11', to: '2017-12-12', nominationsBy: '2017-11-27' });
  story.isDue('announce', '2017-10-27');
  expect(story.mailed('workshop.hosting')[0]?.facts).toMatchObject({ announceBy: '2017-10-27' });
});

describe('of nominations, three weeks before a workshop on a Saturday', () => {
  const workshop = (fields: object = {}) =>
    workshops
      .planned({ from: '2017-12-02', to: '2017-12-03', nominationsBy: undefined, ...fields })
      .command('announce');

  it('each state has until Friday and reads so, and is in time until the common last day is over', () => {
    const story = workshop().isDue('nominate:RO', '2017-11-10');
    expect(story.mailed('workshop.callForNominations').map(({ facts }) => facts['nominationsBy'])).toEqual(
      Array.from({ length: 3 }, () => '2017-11-10'),
    );
    story.passes('2017-11-11').command('nominate', { nominees: [nominee('RO', 'Ana Ionescu')] });
    story.isDue('registration', '2017-11-11').passes('2017-11-13').stands('registrationClosed');
  });

  it('a day that somebody named is kept, also one that is set later', () => {
    workshop({ nominationsBy: '2017-11-12' }).isDue('nominate:RO', '2017-11-12');
    workshop().command('extendNominations', { to: '2017-11-19', reason: 'r' }).isDue('nominate:RO', '2017-11-19');
  });

  it('what an earlier version has planned stays', () => {
    const { nominationsByRule: _, ...subject } = workshop().state.subject as object as { nominationsByRule: boolean };
    const earlier = { ...workshop({ nominationsBy: '2017-11-11' }).state, subject } as unknown as CaseState;
    expect(unplannedDeadlines(workshopRules, earlier)).toEqual([]);
    const folded = { ...earlier, subject: workshop().state.subject };
    expect(unplannedDeadlines(workshopRules, folded)).toEqual([]);
  });
});

describe('of an appointment on a Saturday, which its host confirms a fortnight before', () => {
  const planned = (fields: object = {}) =>
    givenCase(
      appointment,
      { form: 'siteVisit', subject: 'a centre', on: saturday, owner: 'klid', host: 'agency/mar', ...fields },
      { at: '2018-08-01' },
    );

  it('the confirmation is due on Friday, and the letter says so', () => {
    const story = planned().isDue('confirm', '2018-09-14');
    expect(story.mailed('appointment.asked')[0]?.facts).toMatchObject({ confirmBy: '2018-09-14' });
    const moved = story.command('postpone', { to: '2018-10-07', reason: 'r' }).isDue('confirm:2', '2018-09-21');
    expect(moved.mailed('appointment.askedAnew')[0]?.facts).toMatchObject({ confirmBy: '2018-09-21' });
  });

  it('a day that somebody named is kept', () => {
    planned({ confirmBy: '2018-09-15' }).isDue('confirm', '2018-09-15');
    planned()
      .command('postpone', { to: '2018-10-07', confirmBy: '2018-09-23', reason: 'r' })
      .isDue('confirm:2', '2018-09-23');
  });
});

describe('of a leg of a visit, which its host confirms three weeks before', () => {
  // Three weeks before a Saturday is a Saturday.
  const leg = { country: 'GR', from: saturday, to: '2018-09-30', host: 'agency/mar' };
  const asked = (by: object = {}) => visits.proposed().command('addLeg', { ...leg, ...by });

  it('the confirmation is due on Friday, and every letter about it says so', () => {
    const story = asked().isDue('confirm:1', '2018-09-07');
    expect(story.mailed('visit.legAsked')[0]?.facts).toMatchObject({ confirmBy: '2018-09-07' });
    const reminded = story.passes('2018-09-10');
    expect(reminded.mailed('visit.confirm')[0]?.facts).toMatchObject({ confirmBy: '2018-09-07', due: '2018-09-07' });
    expect(reminded.mailed('visit.legUnconfirmed')[0]?.facts).toMatchObject({ confirmBy: '2018-09-07' });
  });

  it('each of two legs of one host says its own day', () => {
    const story = asked().command('addLeg', { ...leg, from: '2018-10-01', to: '2018-10-02' });
    expect(story.mailed('visit.legAsked').map(({ facts }) => facts['confirmBy'])).toEqual(['2018-09-07', '2018-09-10']);
  });

  it('falls on a working day again when the leg or the whole visit moves', () => {
    asked().command('moveLeg', { leg: 1, from: '2018-09-30', reason: 'r' }).isDue('confirm:1-2', '2018-09-07');
    asked().command('postpone', { from: '2018-10-04', reason: 'r' }).isDue('confirm:1-2', '2018-09-14');
  });

  it('a day that somebody named is kept', () => {
    asked({ confirmBy: '2018-09-08' }).isDue('confirm:1', '2018-09-08');
    asked()
      .command('moveLeg', { leg: 1, from: '2018-09-30', confirmBy: '2018-09-09', reason: 'r' })
      .isDue('confirm:1-2', '2018-09-09');
  });
});

const plansIn = (event: CaseEvent): readonly Plan[] =>
  event.type === 'planned' ? (event as unknown as { plans: readonly Plan[] }).plans : [];

const rollOf = ({ basis }: Plan): string => String((JSON.parse(basis) as unknown[])[2]);

it.each(kinds)(
  'what a case of kind %s owes by a rule is due on a working day; on a day off, where somebody named it',
  (kind) => {
    const onDaysOff = fc.sample(walks, { seed: 57, numRuns: 20 }).flatMap(({ dice, moves }) => {
      const begun = opened(kind, dice);
      const said: object[] = begun.steps.flatMap(({ events }) => events.filter(({ type }) => type !== 'planned'));
      const end = moves.reduce((run, move) => {
        const { after, input = {} } = strides(run, move);
        said.push(input);
        return after;
      }, begun);
      // Somebody may also say how many days later.
      said.push(...end.steps.flatMap(({ events }) => events.filter(({ type }) => type === 'deadlineMoved')));
      const named = new Set(JSON.stringify(said).match(/\d{4}-\d\d-\d\d(?!T)/gu));
      return end.steps
        .flatMap(({ events }) => events.flatMap(plansIn))
        .filter(({ due, rungs }) => rungs.length > 0 && !seoul.isWorkingDay(due))
        .map((plan) => ({ ...plan, wasNamed: named.has(plan.due) && rollOf(plan) !== 'back' }));
    });
    const wrong = onDaysOff.filter(({ wasNamed }) => !wasNamed);
    expect(wrong.map(({ deadline, due }) => `${deadline} on ${due}`)).toEqual([]);
  },
);

describe('of an MOU, a month after a Thursday', () => {
  const thursday = '2017-05-04';
  const [saturday, friday] = ['2017-06-03', '2017-06-02'];
  const takenUp = (by: object = {}) => mous.proposed({}, thursday).command('takeUp', { drafter: 'mois', ...by });
  const sent = (by: object = {}) =>
    takenUp().command('sendDraft', { document: aDocument(), from: 'mois', on: thursday, ...by });

  it('the first draft is due on Friday, not on Saturday, and letter and page say so', () => {
    const story = takenUp().isDue('draft:mois', friday);
    expect(story.mailed('mou.draftAsked')[0]?.facts).toMatchObject({ draftBy: friday });
  });

  it('so is the reply to a draft', () => {
    const story = sent().isDue('reply:mindigital', friday);
    expect(viewOf(mou, story.state).facts).toMatchObject({ replyBy: friday });
    expect(story.mailed('mou.draftReceived')[0]?.facts).toMatchObject({ replyBy: friday });
  });

  it('so is the reply of a side that is given the turn', () => {
    const story = sent().command('giveTurn', { to: 'mois', on: thursday, reason: 'r' }).isDue('reply:mois-2', friday);
    expect(story.mailed('mou.turnGiven')[0]?.facts).toMatchObject({ replyBy: friday });
  });

  it('so is the authority to sign', () => {
    const agreed = mous
      .proposed(threeYearsTacit, thursday)
      .command('takeUp', { drafter: 'mois' })
      .command('sendDraft', { document: aDocument(), from: 'mois' })
      .command('acceptDraft', { side: 'mindigital' })
      .command('askOpinion', { from: 'mofa', kind: 'foreignMinistry' })
      .command('giveOpinion', { from: 'mofa', opinion: 'inFavour' })
      .command('agreeText', { on: thursday });
    agreed.isDue('authority:mois', friday).isDue('authority:mindigital', friday);
    expect(viewOf(mou, agreed.state).facts).toMatchObject({ authorityBy: friday });
    expect(agreed.mailed('mou.authorityAsked')[0]?.facts).toMatchObject({ authorityBy: friday });
  });

  it('a day that somebody named is kept, and so is one that was moved', () => {
    takenUp({ draftBy: saturday }).isDue('draft:mois', saturday);
    sent({ replyBy: saturday }).isDue('reply:mindigital', saturday).shows({ replyBy: saturday });
    sent()
      .command('moveDeadline', { deadline: 'reply:mindigital', to: '2017-06-10', reason: 'r' })
      .isDue('reply:mindigital', '2017-06-10');
  });

  it('each side is told the working day of its own calendar', () => {
    const closed = workingCalendar('Europe/Athens', undefined, [{ date: friday, kind: 'office closed' }]);
    const story = givenCase(
      mou,
      { subject: 'e-government', sides: ['mois', 'mindigital', 'infosoc'] },
      { at: thursday, calendarOf: ({ owedBy }) => (owedBy === 'agency/mindigital' ? closed : seoul) },
    )
      .command('takeUp', { drafter: 'mois' })
      .command('sendDraft', { document: aDocument(), from: 'mois', on: thursday })
      .isDue('reply:mindigital', '2017-06-01')
      .isDue('reply:infosoc', friday);
    const told = story.mailed('mou.draftReceived').map(({ to, facts }) => [to, facts['replyBy']]);
    expect(told).toEqual([
      ['agency/mindigital', '2017-06-01'],
      ['agency/infosoc', friday],
    ]);
  });

  it('after a day that was named, one that nobody names follows the rule again', () => {
    sent({ replyBy: saturday })
      .command('giveTurn', { to: 'mois', on: thursday, reason: 'r' })
      .isDue('reply:mois-2', friday);
  });

  it('events of earlier versions keep the day that was worked out then', () => {
    const { state, events } = sent();
    const before = events.map((event) => {
      const { byRule: _, ...rest } = event as CaseEvent & { readonly byRule?: true };
      return rest as CaseEvent;
    });
    const earlier = fold(
      mou,
      before.filter(({ type }) => type !== 'planned'),
    );
    expect(unplannedDeadlines(mou, earlier).map(({ due }) => due)).toEqual([{ on: saturday }]);
    expect(unplannedDeadlines(mou, state)).toEqual([]);
  });
});
