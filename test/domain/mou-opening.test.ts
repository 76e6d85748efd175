import { describe, it } from 'vitest';
import { given, threeYearsTacit } from './mou-stages.ts';

describe('an MOU that has lapsed already', () => {
  const lapsed = { lapsedOn: '2009-06-15', duration: undefined, renewal: undefined, notice: undefined };
  it('is opened as lapsed: nobody is written to, and its coordinator can record what survives it', () => {
    const story = given.imported(lapsed).stands('lapsed');
    story.shows({ term: 1, termEnds: '2009-06-15', endedOn: '2009-06-15' }).waitsFor('close').mailsNo();
    story.command('recordSurviving', { activity: 'the exchange of interns' }).command('close').stands('closed');
  });
  it('names the days between which it was in effect, in order and in the past', () => {
    given.imported({ ...lapsed, lapsedOn: '2003-06-15' }).refuses('DateOutOfOrder', /before its effect/);
    given.imported({ ...lapsed, lapsedOn: '2199-06-15' }).refuses('DateInFuture', /term-ends/);
    given.imported({ ...lapsed, termEnds: '2009-06-15' }).refuses('InvalidInput', /lapsed-on/);
    given
      .imported({ ...lapsed, inEffectSince: undefined, signedOn: undefined })
      .refuses('InvalidInput', /in-effect-since/);
  });
});

describe('an MOU that is in effect already', () => {
  it('is opened in the term that runs, and asks nothing of its past', () => {
    const story = given.imported({ place: 'Seoul', inPresenceOf: ['The President'] }).stands('inEffect');
    story.shows({ term: 8, termStarted: '2024-06-15', termEnds: '2027-06-15', decideBy: '2026-12-15', place: 'Seoul' });
    story.waitsFor('decide:8', 'termEnd:8').mailsNo();
  });
  it('has taken effect by its signature, or waits for notifications', () => {
    given.imported({ inEffectSince: undefined }).shows({ inEffectSince: '2003-05-20', term: 8 });
    given
      .imported({ inEffectSince: undefined, effect: 'onNotifications' })
      .waitsFor('notify:mois', 'notify:mindigital', 'posting');
  });
  it('that waits for notifications asks nobody at once, as its signing was known: it reminds a month before they are due', () => {
    const signed = { inEffectSince: undefined, effect: 'onNotifications', signedOn: '2026-02-16', posting: false };
    const story = given.imported(signed).stands('signed').mailsNo().isDue('notify:mois', '2026-08-14');
    story.passes('2026-07-14').mailsNo();
    story.passes('2026-07-15').mails('mou.notify', 'agency/mois', { deadline: 'notify:mois', tone: 'before' });
  });
  it('that was renewed expressly names its current term', () => {
    const expressly = { renewal: 'express' };
    given.imported(expressly).refuses('DateOutOfOrder', /Its term ended on 2006-06-15.*term-ends/);
    given
      .imported({ ...expressly, termEnds: '2027-06-15', termNumber: 8 })
      .shows({ term: 8, termStarted: '2024-06-15', termEnds: '2027-06-15' });
    given.imported({ termEnds: '2005-01-01' }).shows({ term: 9, termEnds: '2029-01-01' });
  });
  it('says how long it is valid, with dates in order and not in the future', () => {
    given.imported({ duration: undefined }).refuses('InvalidInput', /duration/);
    given.imported({ signedOn: '2003-06-16' }).refuses('DateOutOfOrder', /the signature/);
    given.imported({ inEffectSince: '2026-03-04' }).refuses('DateInFuture');
    given.imported({ termEnds: '2003-06-15' }).refuses('DateOutOfOrder');
    given.imported({ termNumber: 3 }).refuses('InvalidInput', /term-ends/);
    given.proposed({ ...threeYearsTacit, termEnds: '2027-01-01' }).refuses('InvalidInput', /in-effect-since/);
  });
});
