import { describe, expect, it } from 'vitest';
import { action } from '../../domain/action.ts';
import { answersTo } from '../../domain/case/answers.ts';
import { commandsOf } from '../../domain/case/command.ts';
import { offersTo } from '../../domain/case/offered.ts';
import { plannedDeadlines } from '../../domain/case/state.ts';
import { kinds, lifecycles } from '../../domain/kinds.ts';
import type { Lifecycle } from '../../domain/lifecycle.ts';
import { meeting } from '../../domain/meeting.ts';
import { mou } from '../../domain/mou.ts';
import { workshop } from '../../domain/workshop.ts';
import { given, type Story } from './given.ts';
import { given as meetings } from './meeting-stages.ts';
import { given as mous } from './mou-stages.ts';
import { nominated } from './workshop-stages.ts';

const reported = given(action, { topic: 'Portal', owner: 'klid', due: '2018-12-14' })
  .command('accept')
  .command('reportDone', { evidence: 'a link', by: 'kim-minji' });

const waysOf = ({ state }: Story, by: string): string[] =>
  plannedDeadlines(action, state).flatMap((deadline) =>
    answersTo(action, state, deadline, by).map(({ command }) => command),
  );

/** What is offered to somebody of an agency, and of nothing else. */
const offeredIn =
  (lifecycle: Lifecycle, { state }: Story) =>
  (agency: string): readonly string[] => {
    const rights = new Map([`agency/${agency}`, 'person/somebody'].map((each) => [each, 'somebody']));
    return offersTo(lifecycle, state, { person: 'somebody', rights, above: new Set() }).map(({ command }) => command);
  };

describe('an offer', () => {
  it('to look at what was reported is made to nobody who reported it, though they owe the look as its coordinator', () => {
    expect(waysOf(reported, 'kim-minji')).toEqual([]);
    expect(waysOf(reported, 'lee-jiho')).toEqual(['verify', 'return']);
    reported.when('verify', { evidence: 'seen' }).refuses('SamePerson', /somebody else/);
    reported.when('return', { reason: 'No' }).refuses('SamePerson', /somebody else/);
  });

  it('to send nobody is made to a state that has nominated nobody, and not for the sake of others that have not', () => {
    const offered = offeredIn(workshop, nominated());
    expect(offered('mtic')).toContain('declineInvitation');
    expect(offered('mindigital')).not.toContain('declineInvitation');
    expect(offered('mindigital')).toContain('nominate');
  });

  it.each<[command: string, side: string, other: string, lifecycle: Lifecycle, story: () => Story]>([
    ['acceptDraft', 'mindigital', 'mois', mou, () => mous.drafted()],
    ['sendDraft', 'mindigital', 'mois', mou, () => mous.drafted()],
    [
      'grantAuthority',
      'mindigital',
      'mois',
      mou,
      () => mous.agreed().command('grantAuthority', { side: 'mois', grantedBy: 'the Minister' }),
    ],
    [
      'sign',
      'mindigital',
      'mois',
      mou,
      () => mous.arranged().passes('2017-10-20').command('sign', { side: 'mois', signatory: 'Kim', on: '2017-10-20' }),
    ],
    [
      'notify',
      'mindigital',
      'mois',
      mou,
      () => mous.awaitingNotifications().command('notify', { side: 'mois', note: 'KR 1', sentOn: '2017-10-20' }),
    ],
    ['withdrawNotice', 'mindigital', 'mois', mou, () => mous.noticeGiven()],
    ['agreeMinutes', 'mindigital', 'mois', meeting, () => meetings.drafted().command('agreeMinutes', { side: 'mois' })],
    ['object', 'mindigital', 'mois', meeting, () => meetings.drafted().command('agreeMinutes', { side: 'mois' })],
    ['changeCoChair', 'mindigital', 'mois', meeting, () => meetings.agreed().command('signMinutes', { side: 'mois' })],
  ])('of %s is made to %s, which has not done it, and no longer to %s', (command, side, other, lifecycle, story) => {
    const offered = offeredIn(lifecycle, story());
    expect(offered(side)).toContain(command);
    expect(offered(other)).not.toContain(command);
  });

  it('keeps to what `decide` may know of the giver: a command that looks at who gives it says so as `refuseGiver`', () => {
    const looking = kinds.flatMap((kind) =>
      Object.entries(commandsOf(lifecycles[kind]))
        .filter(([, definition]) => /\bby\s*[!=]==|[!=]==\s*(?:context\.)?by\b/.test(definition.decide.toString()))
        .map(([name]) => `${kind} ${name}`),
    );
    expect(looking).toEqual([]);
  });
});
