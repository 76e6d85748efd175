import { describe, expect, expectTypeOf, it } from 'vitest';
import { action } from '../../domain/action.ts';
import type { EventDefinition, Lifecycle, Subject } from '../../domain/lifecycle.ts';
import { given } from './given.ts';
import { given as givenCommittee } from './committee-stages.ts';
import { given as givenMeeting } from './meeting-stages.ts';
import { given as givenMou } from './mou-stages.ts';
import { consulting } from './requests.ts';

/** Whoever owed something, owes it now or was asked for it hears what became of it; each row is a text, its cause and its readers. */

const recorded = () => given(action, { topic: 'Plan the portal', owner: 'klid', due: '2018-12-14' }).command('accept');
const reason = 'overtaken';

describe.each([
  ['case.cancelled', 'an action is cancelled', () => recorded().command('cancel', { reason }), ['agency/klid']],
  [
    'action.handedAway',
    'an action is handed over',
    () => recorded().command('handOver', { to: 'nia', reason }),
    ['agency/klid'],
  ],
  [
    'case.cancelled',
    'a request is cancelled',
    () => consulting().command('cancel', { reason }),
    ['agency/infosoc', 'agency/mois', 'agency/mofa', 'agency/nia'],
  ],
  [
    'request.settled',
    'a request is declined, to those who have answered and those who have not',
    () => consulting().command('giveOpinion', { agency: 'nia', opinion: 'inFavour' }).command('decline', { reason }),
    ['agency/mofa', 'agency/mois', 'agency/nia'],
  ],
  [
    'case.cancelled',
    'a committee is cancelled',
    () => givenCommittee.constituted().command('cancel', { reason }),
    ['person/kim-minji', 'person/maria-k', 'person/nikos-p', 'person/shim-bokyun'],
  ],
  [
    'case.coordinating',
    'somebody else coordinates',
    () => givenMou.proposed().command('changeCoordinator', { coordinator: 'lee-jiho' }),
    ['person/lee-jiho'],
  ],
  [
    'case.coordinating',
    'somebody takes the coordination over',
    () => givenMou.proposed().command('changeCoordinator', { coordinator: 'lee-jiho', by: 'lee-jiho' }),
    [],
  ],
  [
    'meeting.secretaryNamed',
    'the host has another secretary, who now owes the agenda',
    () => givenMeeting.convened().command('changeSecretary', { side: 'mindigital', person: 'new' }),
    ['person/new'],
  ],
  [
    'meeting.secretaryNamed',
    'the other side has another secretary, who owes nothing',
    () => givenMeeting.convened().command('changeSecretary', { side: 'mois', person: 'new' }),
    [],
  ],
  [
    'meeting.toSign',
    'a side has another co-chair, who now has to sign the minutes',
    () => givenMeeting.agreed().command('changeCoChair', { side: 'mois', person: 'new' }),
    ['person/new'],
  ],
  [
    'meeting.toSign',
    'a side has another co-chair before there are minutes to sign',
    () => givenMeeting.convened().command('changeCoChair', { side: 'mois', person: 'new' }),
    [],
  ],
] as const)('%s', (text, when, story, readers) => {
  it(`goes when ${when}`, () => {
    const told = story().last.effects.flatMap((effect) =>
      effect.type === 'mail' && effect.message.text === text ? effect.message.to : [],
    );
    expect(told.toSorted()).toEqual([...readers].toSorted());
  });
});

// Held by `npm run types`.
it('whatever happens to a case says who hears of it, be it nobody', () => {
  type Definition = EventDefinition<Subject, { type: 'proposed' }>;
  expectTypeOf<Omit<Definition, 'follows'>>().not.toExtend<Definition>();
  expectTypeOf<Omit<Lifecycle['opening'], 'follows'>>().not.toExtend<Lifecycle['opening']>();
  expectTypeOf<Omit<Lifecycle, 'whenCancelled'>>().not.toExtend<Lifecycle>();
});
