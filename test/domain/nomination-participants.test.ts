import { describe, expect, it } from 'vitest';
import { nomineeId } from '../../domain/nomination.ts';
import { ana, eleni, nominated, nominee, radu, registration } from './workshop-stages.ts';

describe('the participants', () => {
  const ids = [nomineeId(ana), nomineeId(eleni)];
  const confirmed = () => nominated().command('confirmParticipants', { nominees: ids });

  it('are confirmed, and each nominating focal point hears of its own', () => {
    const story = confirmed()
      .mails('workshop.confirmed', 'agency/mcsi')
      .mails('workshop.confirmed', 'agency/mindigital')
      .shows({ participants: ['Ana Ionescu (RO)', 'Ελένη Παππά (GR)'], undecided: ['Radu Popa (RO)'] });
    const [toRomania] = story.mailed('workshop.confirmed');
    expect(story.mailed('workshop.confirmed')).toHaveLength(2);
    expect(toRomania?.facts.names).toBe('Ana Ionescu, Head of Unit, Ministry of RO');
  });

  it('are not confirmed twice, nor when nobody has nominated them', () => {
    confirmed()
      .when('confirmParticipants', { nominees: ids })
      .refuses('AlreadyDone', /confirmed already/);
    nominated()
      .when('confirmParticipants', { nominees: ['ro-nobody'] })
      .refuses('UnknownItem');
    nominated()
      .when('confirmParticipants', { nominees: [nomineeId(ana), nomineeId(ana)] })
      .refuses('AlreadyDone', /named twice/);
  });

  it('are no more than there are places', () => {
    const few = nominated(registration({ places: 2 }));
    few
      .when('confirmParticipants', { nominees: [...ids, nomineeId(radu)] })
      .refuses('NoPlaceLeft', /0 of 2 places are taken/);
    const full = few.command('confirmParticipants', { nominees: ids });
    full.when('confirmParticipants', { nominees: [nomineeId(radu)] }).refuses('NoPlaceLeft');
    full.command('changePlaces', { places: 3 }).command('confirmParticipants', { nominees: [nomineeId(radu)] });
    full.when('changePlaces', { places: 1 }).refuses('NotReady', /2 participants are confirmed/);
    full.when('changePlaces', { places: 2 }).refuses('AlreadyDone');
  });

  it('make room when withdrawn: the coordinator hears who waits', () => {
    const waiting = confirmed().command('putOnWaitingList', { nominees: [nomineeId(radu)] });
    waiting.mails('workshop.waitListed', 'agency/mcsi').shows({ waitingList: ['Radu Popa (RO)'] });
    waiting
      .command('withdrawNominee', { nominee: nomineeId(eleni) })
      .mails('workshop.placeFree', 'person/kim-minji')
      .when('withdrawNominee', { nominee: nomineeId(eleni) })
      .refuses('AlreadyDone');
    confirmed()
      .command('withdrawNominee', { nominee: nomineeId(eleni) })
      .mailsNo();
  });

  it('wait in the order in which they were put on the list', () => {
    const waiting = nominated()
      .command('putOnWaitingList', { nominees: [nomineeId(eleni)] })
      .command('putOnWaitingList', { nominees: [nomineeId(radu), nomineeId(ana)] });
    waiting.shows({ waitingList: ['Ελένη Παππά (GR)', 'Radu Popa (RO)', 'Ana Ionescu (RO)'] });
    waiting.when('putOnWaitingList', { nominees: [nomineeId(ana)] }).refuses('AlreadyDone');
  });

  it('can be replaced by their state, also after the last day, and the successor stands as they did', () => {
    const { country: _, ...successor } = nominee('RO', 'Ion Marin');
    const replaced = confirmed()
      .passes('2017-10-10')
      .command('replaceNominee', { nominee: nomineeId(ana), ...successor })
      .mails('workshop.replaced', 'agency/mcsi')
      .shows({ participants: ['Ελένη Παππά (GR)', 'Ion Marin (RO)'] });
    replaced.when('replaceNominee', { nominee: nomineeId(ana), ...successor }).refuses('AlreadyDone');
    const { country: __, ...same } = ana;
    confirmed()
      .when('replaceNominee', { nominee: nomineeId(ana), ...same })
      .refuses('SamePerson');
    const { country: ___, ...other } = radu;
    confirmed()
      .when('replaceNominee', { nominee: nomineeId(ana), ...other })
      .refuses('AlreadyDone', /nominated already/);
  });

  it('are not those who were not selected; their focal point hears why', () => {
    const declined = nominated().command('declineNominees', {
      nominees: [nomineeId(radu)],
      reason: 'one per ministry',
    });
    declined
      .mails('workshop.notSelected', 'agency/mcsi')
      .shows({ undecided: ['Ana Ionescu (RO)', 'Ελένη Παππά (GR)'] });
    declined.when('nominate', { nominees: [radu] }).refuses('AlreadyDone', /was not selected/);
    declined.command('confirmParticipants', { nominees: [nomineeId(radu)] });
    nominated()
      .when('declineNominees', { nominees: [nomineeId(radu)] })
      .refuses('ReasonMissing');
  });
});
