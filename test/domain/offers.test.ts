import { describe, expect, it } from 'vitest';
import { action } from '../../domain/action.ts';
import { answersTo } from '../../domain/case/answers.ts';
import { commandsOf } from '../../domain/case/command.ts';
import { offersTo } from '../../domain/case/offered.ts';
import { plannedDeadlines } from '../../domain/case/state.ts';
import { kinds, lifecycles } from '../../domain/kinds.ts';
import { workshop } from '../../domain/workshop.ts';
import { given, type Story } from './given.ts';
import { nominated } from './workshop-stages.ts';

const reported = given(action, { topic: 'Portal', owner: 'klid', due: '2018-12-14' })
  .command('accept')
  .command('reportDone', { evidence: 'a link', by: 'kim-minji' });

const waysOf = ({ state }: Story, by: string): string[] =>
  plannedDeadlines(action, state).flatMap((deadline) =>
    answersTo(action, state, deadline, by).map(({ command }) => command),
  );

describe('an offer', () => {
  it('to look at what was reported is made to nobody who reported it, though they owe the look as its coordinator', () => {
    expect(waysOf(reported, 'kim-minji')).toEqual([]);
    expect(waysOf(reported, 'lee-jiho')).toEqual(['verify', 'return']);
    reported.when('verify', { evidence: 'seen' }).refuses('SamePerson', /somebody else/);
    reported.when('return', { reason: 'No' }).refuses('SamePerson', /somebody else/);
  });

  it('to send nobody is made to a state that has nominated nobody, and not for the sake of others that have not', () => {
    const { state } = nominated();
    const offered = (agency: string): readonly string[] => {
      const rights = new Map([`agency/${agency}`, 'person/somebody'].map((each) => [each, 'somebody']));
      return offersTo(workshop, state, { person: 'somebody', rights, above: new Set() }).map(({ command }) => command);
    };
    expect(offered('mtic')).toContain('declineInvitation');
    expect(offered('mindigital')).not.toContain('declineInvitation');
    expect(offered('mindigital')).toContain('nominate');
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
