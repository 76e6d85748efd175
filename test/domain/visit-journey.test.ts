import { describe, it } from 'vitest';
import { visit } from '../../domain/visit.ts';
import { given, greece, head, opening, world } from './visit-stages.ts';

describe('departure', () => {
  it('happens by itself on the day, once nothing is missing', () => {
    given.prepared().waitsFor('depart').passes('2018-09-27').happens('departed').stands('underWay').mailsNo();
    given.prepared().passes('2018-09-26').stands('prepared');
  });

  it('does not happen with a leg that nobody has confirmed: the coordinator is asked what becomes of it', () => {
    const open = given.named().command('confirmLeg', { leg: 1 }).passes('2018-09-29');
    open
      .stands('proposed')
      .mails('visit.departure', 'person/kim-minji', { tone: 'due' })
      .when('depart')
      .refuses('NotReady', /leg 2 is not confirmed/);
    open.command('depart', { on: '2018-09-27', reason: 'by telephone' }).stands('underWay');
    open.command('confirmLeg', { leg: 2 }).passes('2018-09-29').happens('departed').stands('underWay');
  });

  it('is refused without a head', () => {
    given
      .withLegs()
      .passes('2018-09-27')
      .when('depart', { reason: 'r' })
      .refuses('NotReady', /head is not named/);
    given.withLegs().when('circulateBriefingBook').refuses('NotReady', /head/);
    given
      .proposed()
      .command('nameHead', head)
      .when('circulateBriefingBook')
      .refuses('NotReady', /no leg/);
  });

  it('is not recorded before it has happened', () => {
    given.prepared().when('depart').refuses('DateInFuture');
  });
});

describe('the return', () => {
  it('happens by itself; the report is due 30 days later, of the first who sent it', () => {
    given
      .returned()
      .happens('returned')
      .mails('visit.reportAsked', 'agency/mofa')
      .isDue('report', '2018-11-01')
      .passes('2018-11-20')
      .mails('visit.report', 'agency/mofa', { tone: 'overdue' })
      .mails('visit.report', 'superior-of/agency/mofa');
  });

  it('leaves time for the report as the opening says, and to whom it says', () => {
    given.returned({ reportWithin: 'P14D', rapporteur: 'person/park-jisoo' }).isDue('report', '2018-10-16');
    given.returned({ rapporteur: 'person/park-jisoo' }).passes('2018-10-31').mails('visit.report', 'person/park-jisoo');
  });

  it('is followed by the report, actions and the end', () => {
    const reported = given.reported().stands('reported').mails('visit.reportSubmitted', 'agency/klid');
    reported
      .command('openAction', { topic: 'A portal', owner: 'klid', due: '2018-12-14' })
      .opens('action', { slug: 'kr-2018-1', countries: ['KR', 'GR', 'RO'] })
      .command('openAction', { topic: 'Documents', owner: 'klid', due: '2018-12-14' })
      .opens('action', { slug: 'kr-2018-2' })
      .command('close')
      .stands('closed');
    reported.when('submitReport', { report: 'again' }).refuses('WrongStage');
    reported.when('openAction', { topic: 'x', owner: 'klid', due: '2018-10-01' }).refuses('DateOutOfOrder');
  });

  it('opens what a proposal asks for in the country of the proposal', () => {
    given
      .withLegs()
      .command('addProposal', { leg: 2, what: 'a portal', agency: 'klid' })
      .command('nameHead', head)
      .command('confirmLeg', { leg: 1 })
      .command('confirmLeg', { leg: 2 })
      .passes('2018-10-03')
      .command('openAction', { topic: 'A portal', owner: 'klid', due: '2018-12-14', proposal: 1, id: 'portal' })
      .opens('action', { slug: 'portal', countries: ['KR', 'RO'] })
      .shows({ proposals: ['1. klid proposes in RO: a portal (action/portal)'] })
      .when('openAction', { topic: 'x', owner: 'klid', due: '2018-12-14', proposal: 2 })
      .refuses('UnknownItem');
  });
});

it('a visit recorded afterwards is under way and back as soon as it is complete', () => {
  const past = { ...opening, from: '2018-05-07', to: '2018-05-09', agencies: [], usualChecklist: false };
  given
    .opened(visit, past, world)
    .mailsNo()
    .command('addLeg', { ...greece, from: '2018-05-07', to: '2018-05-09' })
    .command('nameHead', head)
    .command('confirmLeg', { leg: 1 })
    .passes('2018-06-02')
    .happens('departed', 'returned')
    .stands('returned');
});
