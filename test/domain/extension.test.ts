import { describe, expect, it } from 'vitest';
import { action } from '../../domain/action.ts';
import { answersTo } from '../../domain/case/answers.ts';
import { plannedDeadlines } from '../../domain/case/state.ts';
import { lifecycles } from '../../domain/kinds.ts';
import { given, type Story } from './given.ts';
import { openings } from '../kinds/said.ts';

/** Whoever owes something asks for more time; the coordinator answers, and the date stands until then. */

const owed = () => given(action, { ...openings.action[0], owner: 'klid', due: '2018-12-14' }).command('accept');
const asking = { deadline: 'complete', to: '2019-01-31', reason: 'the data come late', by: 'park' };
const asked = () => owed().command('askExtension', asking);

const waysTo = ({ state }: Story, name: string, by: string): readonly string[] => {
  const deadline = plannedDeadlines(action, state).find((each) => each.name === name);
  return deadline ? answersTo(action, state, deadline, by).map(({ command }) => command) : [];
};

describe('more time that is asked for', () => {
  it('leaves the date as it is, and is owed an answer by the coordinator within five working days', () => {
    asked()
      .mails('case.extensionAsked', 'person/kim-minji', { answerBy: 'extension:complete' })
      .isDue('complete', '2018-12-14')
      .isDue('extension:complete', '2018-10-05')
      .passes('2018-10-09')
      .mails('case.extension', 'person/kim-minji');
    expect(asked().mailed('case.extensionAsked')[0]?.facts).toMatchObject({
      askedBy: 'person/park',
      owedBy: 'agency/klid',
      askedFor: '2019-01-31',
      insteadOf: '2018-12-14',
      why: 'the data come late',
    });
  });

  it('is granted as asked, or by another day: the owner hears, reminders follow, and nothing is owed any more', () => {
    const granted = asked().command('grantExtension', { deadline: 'complete' });
    granted
      .mails('case.extensionGranted', 'agency/klid', { facts: expect.objectContaining({ due: '2019-01-31' }) as never })
      .isDue('complete', '2019-01-31')
      .knows({ due: '2019-01-31', firstDue: '2018-12-14', extensions: 1 })
      .waitsFor('complete');
    expect(granted.state).not.toHaveProperty('extensionsAsked');
    asked().command('grantExtension', { deadline: 'complete', to: '2018-12-31' }).isDue('complete', '2018-12-31');
  });

  it('is refused with a reason that the owner reads: the date stays', () => {
    asked().when('refuseExtension', { deadline: 'complete' }).refuses('ReasonMissing');
    asked()
      .command('refuseExtension', { deadline: 'complete', reason: 'the ministers meet in January' })
      .mails('case.extensionRefused', 'agency/klid', {
        facts: expect.objectContaining({ due: '2018-12-14', why: 'the ministers meet in January' }) as never,
      })
      .isDue('complete', '2018-12-14')
      .waitsFor('complete')
      .when('refuseExtension', { deadline: 'complete', reason: 'again' })
      .refuses('UnknownDeadline');
  });

  it('needs no answer once the thing is done, has a later date, or the case is over', () => {
    const done = asked().command('reportDone', { evidence: 'it runs', by: 'park' });
    expect(done.state).not.toHaveProperty('extensionsAsked');
    const extended = asked().command('extend', { to: '2019-02-28', reason: 'agreed at the meeting' });
    expect(extended.waitsFor('complete').state).not.toHaveProperty('extensionsAsked');
    asked().command('moveDeadline', { deadline: 'complete', to: '2019-02-28', reason: 'agreed' }).waitsFor('complete');
    asked().command('cancel', { reason: 'no longer wanted' }).waitsFor();
  });

  it('asked anew takes the place of what was asked before, and the same again is refused', () => {
    asked().when('askExtension', asking).refuses('AlreadyDone');
    const anew = asked().command('askExtension', { ...asking, to: '2019-03-29' });
    anew.mails('case.extensionAsked', 'person/kim-minji').isDue('extension:complete', '2018-10-05');
    anew.command('grantExtension', { deadline: 'complete' }).isDue('complete', '2019-03-29');
  });

  it('is granted or refused by somebody else than whoever asked', () => {
    asked().when('grantExtension', { deadline: 'complete', by: 'park' }).refuses('SamePerson');
    asked().when('refuseExtension', { deadline: 'complete', by: 'park', reason: 'no' }).refuses('SamePerson');
    owed()
      .when('askExtension', { ...asking, by: 'kim-minji' })
      .refuses('SamePerson');
  });

  it('is asked for a later day of something that others owe', () => {
    owed()
      .when('askExtension', { ...asking, deadline: 'extension:complete' })
      .refuses('UnknownDeadline');
    owed()
      .when('askExtension', { ...asking, deadline: 'verify' })
      .refuses('UnknownDeadline');
    owed()
      .when('askExtension', { ...asking, to: '2018-12-14' })
      .refuses('DateOutOfOrder');
    owed()
      .when('askExtension', { ...asking, reason: undefined })
      .refuses('ReasonMissing');
    owed().passes('2019-03-01').when('askExtension', asking).refuses('DateOutOfOrder');
    owed()
      .when('askExtension', { ...asking, to: '2049-01-01' })
      .refuses('DateTooFar');
    owed().when('grantExtension', { deadline: 'complete' }).refuses('UnknownDeadline');
  });

  it('rests while the case is suspended, and is answered when it goes on', () => {
    const rests = { until: '2018-11-30', whoWaits: 'agency/klid', forWhom: 'agency/mar', reason: 'no budget yet' };
    const suspended = asked().command('suspend', rests).waitsFor('suspension');
    suspended.when('askExtension', { ...asking, to: '2019-05-31' }).refuses('NotReady');
    suspended.when('grantExtension', { deadline: 'complete' }).refuses('NotReady');
  });

  it('is offered on the page of whatever can be answered there, and answered on the page of the coordinator', () => {
    expect(waysTo(owed(), 'complete', 'park')).toContain('askExtension');
    expect(waysTo(owed(), 'complete', 'kim-minji')).not.toContain('askExtension');
    expect(waysTo(asked(), 'extension:complete', 'kim-minji')).toEqual(['grantExtension', 'refuseExtension']);
  });

  it('can be asked for in every kind, of whatever somebody else than the coordinator owes', () => {
    for (const kind of Object.keys(lifecycles) as (keyof typeof lifecycles)[]) {
      const story = given(lifecycles[kind], { ...openings[kind][0], coordinator: 'the-coordinator' });
      const owing = plannedDeadlines(lifecycles[kind], story.state).filter(({ owedBy }) => owedBy);
      for (const { name, owedBy, standing } of owing) {
        if (owedBy === 'person/the-coordinator') continue;
        const to = `${Number(standing.plan.due.slice(0, 4)) + 1}${standing.plan.due.slice(4)}`.replace(
          '-02-29',
          '-02-28',
        );
        story
          .command('askExtension', { ...asking, deadline: name, to })
          .command('grantExtension', { deadline: name, by: 'the-coordinator' })
          .isDue(name, to);
      }
    }
  });
});
