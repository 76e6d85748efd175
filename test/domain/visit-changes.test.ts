import { describe, expect, it } from 'vitest';
import { given } from './visit-stages.ts';

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
      .refuses('InvalidInput', /visitReason, aim/);
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
