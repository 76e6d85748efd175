import { describe, expect, it } from 'vitest';
import { render } from '../../activities/mail/render.ts';
import { action } from '../../domain/action.ts';
import type { Message } from '../../domain/case/effects.ts';
import { evolve } from '../../domain/case/evolve.ts';
import type { CaseState } from '../../domain/case/state.ts';
import { committee } from '../../domain/committee.ts';
import type { Plan } from '../../domain/ladder.ts';
import { mou } from '../../domain/mou.ts';
import { request } from '../../domain/request.ts';
import { given } from './given.ts';

/** What lay in the past when a case was opened is shown to its coordinator once, and chases nobody. */

const old = {
  topic: 'Plan the portal',
  owner: 'klid',
  due: '2018-08-01',
  coChairs: ['lee-jiho', 'papadopoulou-eleni'],
};

const chases = (messages: readonly Message[]) => messages.filter(({ deadline }) => deadline !== undefined);
const inEnglish = ({ text, tone, level, at, facts }: Message) =>
  render(
    { case_id: 'action/kr-gr-1', text, tone: tone ?? null, level: level ?? null, at, facts },
    { language: 'en', zone: 'Asia/Seoul' },
    new Map(),
  );

describe('an action that is 58 days overdue when it is opened', () => {
  const opened = given(action, old, { at: '2018-09-28' }).passes('2018-09-29');

  it('writes to its coordinator once, and chases nobody else', () => {
    expect(chases(opened.mailed())).toMatchObject([{ to: 'person/kim-minji', tone: 'past', deadline: 'complete' }]);
    const later = opened.command('accept').passes('2019-09-28').mailed('action.complete');
    expect(later).toHaveLength(1);
  });

  it('tells its coordinator what can be done, and what will go', () => {
    const [shown] = chases(opened.mailed());
    const { subject, text } = inEnglish(shown as Message);
    expect(subject).toBe(
      'Past already on 1 August 2018, for you to look at: Complete the action “Plan the portal” and report it as done',
    );
    expect(text).toContain('Nobody will be, unless you give it a new day.');
    expect(text).toContain('./entente action move-deadline action/kr-gr-1 --deadline complete');
    expect(text).not.toContain('Otherwise');
  });

  it('asks its owner in words that are true', () => {
    const [asked] = opened.mailed('action.asked');
    expect(inEnglish(asked as Message).text.replaceAll(/\s+/g, ' ')).toContain(
      'It was due on Wednesday, 1 August 2018, before it was recorded here.',
    );
  });

  it('chases like any other once it has a new day', () => {
    const moved = opened
      .command('accept')
      .command('moveDeadline', { deadline: 'complete', to: '2018-11-01', reason: 'agreed' });
    const [first] = moved.passes('2018-10-31').mailed('action.complete').slice(1);
    expect(first).toMatchObject({ to: 'agency/klid', tone: 'before', facts: { rung: 1 } });
  });
});

describe('an action that is 8 days overdue when it is opened', () => {
  const opened = given(action, { ...old, due: '2018-09-20' }, { at: '2018-09-28' }).command('accept');
  const letters = opened.passes('2018-11-01').mailed('action.complete').slice(1);

  it('counts what was sent', () => {
    const counts = letters
      .filter(({ level }) => level === 'owner')
      .map(({ facts: { rung, rungs } }) => `${Number(rung)}/${Number(rungs)}`);
    expect(counts).toEqual(['1/4', '2/4', '3/4', '4/4']);
  });

  it('tells nobody that others were reminded before they were', () => {
    const [toOwner, toSuperior, , againToSuperior] = letters.map((letter) =>
      inEnglish(letter).text.replaceAll(/\s+/g, ' '),
    );
    expect(toOwner).toContain('nobody was reminded of it before');
    expect(toSuperior).toContain('they are written to about it now for the first time');
    expect(againToSuperior).toContain('they have been reminded, and it is overdue');
  });
});

it('a request of March that is entered in November chases nobody for its acknowledgement', () => {
  const opened = given(
    request,
    {
      subject: 'e-government',
      how: 'noteVerbale',
      noteNumber: 'F.4711/18',
      receivedOn: '2018-03-05',
      requester: 'agency/infosoc',
      requestingCountry: 'GR',
    },
    { at: '2018-11-20' },
  ).passes('2018-11-21');
  expect(chases(opened.mailed()).every(({ to, tone }) => to === 'person/kim-minji' && tone === 'past')).toBe(true);
  expect(chases(opened.mailed())).toHaveLength(1);
});

it('an old MOU with a committee that was never constituted chases nobody', () => {
  const opened = given(
    mou,
    {
      subject: 'e-government',
      sides: ['mois', 'mindigital'],
      inEffectSince: '2012-02-29',
      duration: 'P3Y',
      renewal: 'tacit',
      notice: 'P6M',
      jointCommittee: true,
    },
    { at: '2018-09-28' },
  ).passes('2018-09-29');
  expect(chases(opened.mailed()).map(({ to, tone }) => [to, tone])).toEqual([['person/kim-minji', 'past']]);
});

it('a committee whose meetings are known until October 2018, entered years later, chases no co-chair abroad for the next', () => {
  const opened = given(
    committee,
    {
      mou: 'mou/kr-gr-2012',
      sides: ['mois', 'mindigital'],
      coChairs: ['shim-bokyun', 'nikos-p'],
      secretaries: ['lee-jiho', 'maria-k'],
      since: '2012-02-29',
      meetingsHeld: 6,
      lastMeetingOn: '2018-10-01',
    },
    { at: '2026-11-20' },
  ).passes('2027-11-20');
  expect(opened.state.subject).toMatchObject({ nextMeetingBy: '2019-10-01' });
  expect(chases(opened.mailed()).map(({ to, tone }) => [to, tone])).toEqual([['person/kim-minji', 'past']]);
});

it('a plan of an earlier version, which bears no mark, still sends its last reminder', () => {
  const opened = given(action, old, { at: '2018-09-28' });
  const [first, planned] = opened.events;
  const plans = (planned as unknown as { plans: Plan[] }).plans.map(({ broughtIn: _, ...plan }) => plan);
  const begun = evolve(action, undefined, first as never);
  const state: CaseState = evolve(action, begun, { ...planned, plans } as never);
  expect(state.deadlines['complete']?.rung).toBe(9);
});
