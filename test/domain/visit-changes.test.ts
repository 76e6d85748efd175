import { describe, expect, it } from 'vitest';
import { decide } from '../../domain/case/command.ts';
import { decideOpening } from '../../domain/case/opening.ts';
import { viewOf } from '../../domain/case/view.ts';
import { visit } from '../../domain/visit.ts';
import type { Visit } from '../../domain/visit/state.ts';
import { given, greece, opening, romania, world } from './visit-stages.ts';

describe('what a visit is for', () => {
  it('can be said at any time until it is closed', () => {
    given
      .proposed()
      .command('describe', { visitReason: 'an invitation', aim: 'an MOU' })
      .shows({ reason: 'an invitation', aim: 'an MOU' })
      .says(/^Changed: reason, aim\.$/);
    given.reported().command('describe', { aim: 'a network' }).shows({ aim: 'a network' }).stands('reported');
  });

  it('keeps what is not named, and something must be', () => {
    given
      .proposed({ reason: 'an invitation' })
      .command('describe', { aim: 'an MOU', reason: 'It was left out' })
      .shows({ reason: 'an invitation', aim: 'an MOU' })
      .when('describe')
      .refuses('InvalidInput', /visit reason, aim/);
  });
});

describe('the places of a leg', () => {
  it('change without asking the host again', () => {
    given
      .confirmed()
      .command('changeCounterpart', { leg: 1, places: ['Athens', 'Thessaloniki'] })
      .stands('confirmed')
      .mailsNo('visit.legAsked', 'visit.legAskedAnew')
      .shows({
        legs: expect.arrayContaining([expect.stringMatching(/Athens, Thessaloniki, with the Secretary/)]) as never,
      })
      .says(/places: Athens, Thessaloniki, agency\/mar confirms it/)
      .when('changeCounterpart', { leg: 1, places: ['Athens', 'Thessaloniki'] })
      .refuses('AlreadyDone', /these places/);
  });

  it('stay when only the counterpart changes', () => {
    given
      .confirmed()
      .command('changeCounterpart', { leg: 1, counterpart: 'the Minister' })
      .shows({ legs: expect.arrayContaining([expect.stringMatching(/Athens, with the Minister/)]) as never });
  });
});

describe('days that are refused', () => {
  const long = { from: '2018-05-01', to: '2018-05-05' };

  it('are those of a visit of long ago; one of the last 30 days can still be recorded', () => {
    given.proposed(long).refuses('DateOutOfOrder', /30 days back, 2018-05-02/);
    given.proposed({ ...long, from: '2018-05-02' }).stands('proposed');
  });

  it.each([
    ['in the past', '2018-05-31', /before today, 2018-06-01/],
    ['after its leg has begun', '2018-10-01', /too late for leg 2 \(RO\), which begins on 2018-09-30/],
  ])('are those of a checklist %s', (_, due, because) => {
    given
      .named()
      .when('addChecklistItem', { subject: 'posters', agency: 'klid', country: 'RO', due })
      .refuses('DateOutOfOrder', because);
  });

  it('are, for something on every leg, those after the first of them begins', () => {
    const item = { subject: 'posters', agency: 'klid' };
    given
      .named()
      .when('addChecklistItem', { ...item, due: '2018-09-28' })
      .refuses('DateOutOfOrder', /leg 1 \(GR\), which begins on 2018-09-27; name a day until then, or another leg/)
      .command('addChecklistItem', { ...item, due: '2018-09-27' })
      .isDue('checklist:2', '2018-09-27');
  });

  it('are, while a leg is under way, those after its end', () => {
    const item = { subject: 'minutes', agency: 'klid', leg: 1 };
    const story = given.underWay().passes('2018-09-28');
    story.command('addChecklistItem', { ...item, due: '2018-09-30' }).isDue('checklist:1', '2018-09-30');
    story.when('addChecklistItem', { ...item, due: '2018-10-01' }).refuses('DateOutOfOrder', /ends on 2018-09-30/);
  });

  it('stay accepted where a run from before them replays', () => {
    const before = 1;
    const input = { coordinator: 'kim-minji', by: 'kim-minji', ...opening, ...long };
    expect(decideOpening(visit, input, `${world.at}T06:00:00.000Z`, 'c', before)).toMatchObject({ type: 'opened' });
    const { state, now } = given.named();
    const body = { by: 'kim-minji', subject: 'posters', agency: 'klid', due: '2018-05-01' };
    const command = { id: 'c', name: 'addChecklistItem', body };
    expect(decide(visit, state, command, now, before)).toMatchObject([{ type: 'checklistItemAdded' }]);
  });
});

describe('what need not be prepared any more', () => {
  const posters = { agency: 'klid', subject: 'posters' };
  const reason = 'There is no stand.';
  const asked = () =>
    given
      .named()
      .command('addChecklistItem', { ...posters, before: 'P10D' })
      .isDue('checklist:2', '2018-09-20');

  it('leaves the checklist for one leg or for all, and nobody is reminded of it', () => {
    asked()
      .command('dropChecklistItem', { ...posters, country: 'RO', reason })
      .says(/^No longer on the checklist of klid: posters for leg 2\. Reason: There is no stand\.$/)
      .mailsNo()
      .waitsFor('confirm:1', 'confirm:2', 'checklist:1', 'briefingBook', 'departure');
    asked()
      .command('dropChecklistItem', { ...posters, reason })
      .shows({ toPrepare: [] })
      .passes('2018-09-25')
      .mailsNo('visit.checklist');
  });

  it('is told to an agency that was reminded of it, for the legs that it was reminded of', () => {
    const reminded = asked().passes('2018-09-17').mails('visit.checklist', 'agency/klid');
    reminded
      .command('dropChecklistItem', { ...posters, reason })
      .mails('visit.checklistItemDropped', 'agency/klid')
      .mailsNo('visit.checklist');
    expect(reminded.command('dropChecklistItem', { ...posters, reason, told: 'No stand' }).last.effects).toEqual([
      expect.objectContaining({
        message: expect.objectContaining({
          facts: expect.objectContaining({ forLegs: ['1. GR, 2018-09-27 – 2018-09-30, Athens'], why: 'No stand' }),
        }),
      }),
    ]);
  });

  it('does not come back with another agency or leg, but can be asked for again', () => {
    const visas = { agency: 'klid', subject: 'visas' };
    const story = given
      .withLegs({ checklist: [{ subject: 'visas', before: 'P21D' }] })
      .command('dropChecklistItem', { ...visas, reason })
      .command('addAgency', { agency: 'nia' });
    const toPrepare = (each: typeof story) =>
      (viewOf(visit, each.state).facts['toPrepare'] as string[]).filter((line) => line.includes('klid'));
    expect(toPrepare(story)).toEqual([]);
    const again = story.command('addChecklistItem', { ...visas, leg: 2, before: 'P5D' });
    expect(toPrepare(again)).toEqual(['klid, leg 2: visas, due 2018-09-25']);
  });

  it('is refused when it is not asked of the agency, or without a reason', () => {
    asked().when('dropChecklistItem', posters).refuses('ReasonMissing');
    asked()
      .when('dropChecklistItem', { ...posters, subject: 'gifts', reason })
      .refuses('UnknownItem', /posters/);
    const dropped = asked().command('dropChecklistItem', { ...posters, reason });
    dropped.when('dropChecklistItem', { ...posters, reason }).refuses('UnknownItem');
    dropped.when('checkOff', posters).refuses('UnknownItem');
  });
});

describe('a leg of one day', () => {
  const day = { country: 'RO', from: '2018-10-01', host: 'person/ionescu-andreea' };
  const story = () => given.proposed().command('addLeg', day);

  it('is told with its day once', () => {
    story()
      .says(/^Leg 1: RO, 2018-10-01; /)
      .shows({ legs: ['1. RO, 2018-10-01 (asked)'] })
      .when('confirmLeg', { leg: 2 })
      .refuses('UnknownItem', /it has 1 \(RO, 2018-10-01\)\.$/)
      .when('moveLeg', { leg: 1, from: day.from, reason: 'r' })
      .refuses('AlreadyDone', /is on 2018-10-01 already/)
      .when('addLeg', day)
      .refuses('DateOutOfOrder', /^2018-10-01 overlaps leg 1 \(RO, 2018-10-01\)/);
    story()
      .command('moveLeg', { leg: 1, from: '2018-10-02', reason: 'r' })
      .says(/^Leg 1 is moved: 2018-10-02\. /);
  });

  it('is told with its first and its last where these differ', () => {
    given.withLegs().says(/^Leg 2: RO, 2018-09-30 to 2018-10-02, /);
    given
      .withLegs()
      .when('confirmLeg', { leg: 3 })
      .refuses('UnknownItem', /1 \(GR, 2018-09-27 to 2018-09-30\)/);
  });
});

describe('a leg that there is not', () => {
  it('is answered with those that take place', () => {
    const story = given.withLegs().command('cancelLeg', { leg: 1, reason: 'a strike' });
    story.when('addAgency', { agency: 'nia', legs: [9] }).refuses('UnknownItem', /no leg 9; it has 2\.$/);
    story.when('confirmLeg', { leg: 9 }).refuses('UnknownItem', /it has 2 \(RO, [^)]*\)\.$/);
    const none = story.command('cancelLeg', { leg: 2, reason: 'a strike' });
    none.when('addAgency', { agency: 'nia', legs: [9] }).refuses('UnknownItem', /it has none yet\.$/);
  });
});

it('what an agency has prepared is not asked of it again when a leg or an agency comes later', () => {
  const planned = given.proposed({ usualChecklist: true }).command('addLeg', greece);
  const visas = (story: typeof planned) =>
    (story.state.subject as Visit).checklist.filter(({ agency, subject }) => agency === 'klid' && subject === 'visas');
  const done = planned.command('checkOff', { agency: 'klid', subject: 'visas', leg: 1 });
  expect(visas(done.command('addLeg', romania)).map(({ leg, doneOn }) => [leg, doneOn !== undefined])).toEqual([
    [1, true],
    [2, false],
  ]);
  expect(visas(done.command('addAgency', { agency: 'nts' }))).toHaveLength(1);
});
