import { describe, expect, it } from 'vitest';
import { bodyOf, commandsOf } from '../../domain/case/command.ts';
import type { KeyedEffect } from '../../domain/case/effects.ts';
import { decideOpening, kindOf } from '../../domain/case/opening.ts';
import { committee } from '../../domain/committee.ts';
import { type Kind, lifecycles } from '../../domain/kinds.ts';
import { isRefusal, type Refusal, refuse } from '../../domain/refusal.ts';
import { given, opening, world } from './meeting-stages.ts';

describe('what a case asks of another', () => {
  const asked = { by: 'entente', title: 'T', countries: ['KR', 'GR'], coordinator: 'kim-minji' };
  const constituted = {
    id: 'kr-gr',
    mou: 'mou/kr-gr-2017',
    sides: opening.sides,
    coChairs: opening.coChairs,
    secretaries: opening.secretaries,
  };
  const understood = (effect: KeyedEffect): Refusal | undefined => {
    if (effect.type === 'mail') return undefined;
    if (effect.type === 'open') {
      const lifecycle = lifecycles[effect.kind as Kind];
      const opening = { ...asked, id: effect.slug, title: effect.title, ...effect.input };
      const event = decideOpening(lifecycle, opening, '2018-10-03T06:00:00.000Z', 'opening');
      return isRefusal(event) ? event : undefined;
    }
    const definition = commandsOf(lifecycles[kindOf(effect.case) as Kind])[effect.command];
    const parsed = definition && bodyOf(definition).safeParse({ by: 'entente', ...effect.input });
    return parsed?.success ? undefined : refuse('InvalidInput', `${effect.command}: ${parsed?.error.message}`);
  };

  it('is understood there: the meeting by its committee, its actions and the meeting before', () => {
    const full = { previous: 'meeting/kr-gr-1', openActions: ['action/a'], openTopics: ['Portal'] };
    const story = given
      .held(given.convened(full).command('postpone', { to: '2018-09-27', reason: 'r' }))
      .command('decide', { item: 1, decision: 'Approved' })
      .command('recordDiscussed', { item: 2 })
      .command('defer', { item: 3, reason: 'no time' })
      .command('openAction', { topic: 'Portal', owner: 'klid', due: '2018-12-14', decision: 1 })
      .command('circulateMinutes')
      .command('agreeMinutes', { side: 'mois' })
      .command('agreeMinutes', { side: 'mindigital' })
      .command('signMinutes', { side: 'mindigital' })
      .command('signMinutes', { side: 'mois' });
    const told = story.effects.flatMap((effect) => (effect.type === 'tell' ? [effect.command] : []));
    expect(told).toEqual([
      'recordMeetingPostponed',
      'carryOver',
      'recordMeetingHeld',
      'confirmMinutes',
      'recordMinutesSigned',
    ]);
    expect(
      [...story.effects, ...given.convened().command('cancel', { reason: 'r' }).effects].flatMap(
        (effect) => understood(effect) ?? [],
      ),
    ).toEqual([]);
  });

  it('is understood there: the committee by its meetings', () => {
    const story = given
      .opened(committee, constituted, world)
      .command('convene', { on: '2018-09-28', place: 'Athens' })
      .command('changeCoChair', { side: 'mois', person: 'park' })
      .command('changeSecretary', { side: 'mois', person: 'choi' })
      .command('recordAction', { action: 'action/a', topic: 'x'.repeat(300), owner: 'klid', due: '2018-12-14' })
      .command('closeAction', { action: 'action/a', outcome: 'closed' });
    expect(story.effects).toHaveLength(5);
    expect(story.effects.flatMap((effect) => understood(effect) ?? [])).toEqual([]);
  });

  it('fits into one opening, however many open actions the committee has', () => {
    const busy = Array.from({ length: 300 }, (_each, index) => index).reduce(
      (story, index) =>
        story.command('recordAction', {
          action: `action/${'a'.repeat(58)}-${index}`,
          topic: '행'.repeat(300),
          owner: 'klid',
          due: '2018-12-14',
        }),
      given.opened(committee, constituted, world),
    );
    const [effect] = busy.command('convene', { on: '2018-09-28', place: 'Athens' }).last.effects;
    expect(effect && understood(effect)).toBeUndefined();
  });
});
