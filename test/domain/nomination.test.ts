import { describe, expect, it } from 'vitest';
import { type Nominations, nomineeId } from '../../domain/nomination.ts';
import { nominationFaults, refuseNominations } from '../../domain/nomination/rules.ts';
import { ana, eleni, nominated, nominee, radu, registration } from './workshop-stages.ts';

/** Rules on nominations, told of a workshop; an edition of a programme has the same. */

describe('the id of a nominee', () => {
  it.each([
    ['RO', 'Ana Ionescu', 'ro-ana-ionescu'],
    ['RO', '  ana   IONESCU ', 'ro-ana-ionescu'],
    ['TR', 'Gökhan Işık', 'tr-gokhan-isik'],
    ['AZ', 'Əli Məmmədov', 'az-eli-memmedov'],
    ['RS', 'Đorđe O’Nil-Šarić', 'rs-dorde-o-nil-saric'],
  ])('is derived from state and name: %s, %s is %s', (country, name, id) => {
    expect(nomineeId({ country, name })).toBe(id);
  });

  it('is derived from a name in another script, or a very long one, all the same', () => {
    const ids = ['Ελένη Παππά', 'Ελένη Παππού', '홍길동', 'Шевченко Тарас', `A${'na '.repeat(40)}`].map((name) =>
      nomineeId({ country: 'GR', name }),
    );
    expect(new Set(ids).size).toBe(5);
    for (const id of ids) expect(id).toMatch(/^gr-[a-z0-9-]{1,40}$/);
    expect(nomineeId({ country: 'GR', name: 'ελένη παππά' })).toBe(ids[0]);
  });
});

describe('nominations', () => {
  it('are taken in one command, all or none', () => {
    nominated()
      .happens('nominated')
      .shows({ nominated: 3, nominatedBy: ['RO', 'GR'], notAnswered: ['MD'] })
      .mailsNo();
    registration()
      .when('nominate', { nominees: [ana, nominee('FR', 'Jean Roux')] })
      .refuses('NotAParty', /nominees\.1: FR is not invited/)
      .knows({ nominees: [] });
  });

  it('are refused twice, in one list and against the record', () => {
    registration()
      .when('nominate', { nominees: [ana, { ...ana, name: 'ANA IONESCU' }] })
      .refuses('AlreadyDone', /nominees\.1: ANA IONESCU of RO stands in this list twice; the first is no\. 1/);
    nominated()
      .when('nominate', { nominees: [radu] })
      .refuses('AlreadyDone', /Radu Popa of RO was nominated already, on 2017-09-01 \(ro-radu-popa\)/);
  });

  it('of two people of one name are told apart by a distinction, which the refusal asks for', () => {
    const jihun = { ...nominee('RO', '김지훈'), organisation: 'MOIS' };
    const other = { ...jihun, organisation: 'KLID' };
    const two = /If these are two people, give one of them a `distinction`, such as the agency/;
    registration()
      .when('nominate', { nominees: [jihun, other] })
      .refuses('AlreadyDone', two);
    const one = registration().command('nominate', { nominees: [jihun] });
    one.when('nominate', { nominees: [other] }).refuses('AlreadyDone', two);
    const both = one.command('nominate', { nominees: [{ ...other, distinction: 'KLID' }] });
    both
      .shows({ nominated: 2 })
      .command('withdrawNominee', { nominee: nomineeId({ ...jihun, distinction: 'klid' }) })
      .shows({ nominated: 1 });
    both.when('nominate', { nominees: [{ ...other, distinction: 'KLID' }] }).refuses('AlreadyDone');
    const sent = { nominee: nomineeId(jihun), name: jihun.name, organisation: 'NIA', position: 'Head' };
    both.when('replaceNominee', sent).refuses('SamePerson', two);
    both.command('replaceNominee', { ...sent, distinction: 'NIA' }).shows({ nominated: 2 });
  });

  it('have ids that commands take, however long the distinction', () => {
    for (const distinction of ['x'.repeat(200), '행정안전부', 'jihun@mois.example.org', '한 '.repeat(90)]) {
      const id = nomineeId({ country: 'KR', name: 'n'.repeat(40), distinction });
      expect(id).toMatch(/^[a-z0-9](?:[a-z0-9-]{0,62}[a-z0-9])?$/);
    }
    registration()
      .when('nominate', { nominees: [{ ...ana, distinction: '--' }] })
      .refuses('InvalidInput', /distinction: needs a letter/);
  });

  it('are taken up to the last day and not after it, whatever the zone of the host', () => {
    // 30 September in Seoul is over at 15:00 UTC, and goes on in Bucharest.
    registration()
      .passes('2017-09-30T20:00:00.000Z')
      .stands('registrationClosed')
      .command('nominate', { nominees: [ana] });
    registration()
      .passes('2017-10-01')
      .when('nominate', { nominees: [ana] })
      .refuses('DateOutOfOrder', /until 2017-09-30; it is 2017-10-01.*extend-nominations/);
  });

  it('of one state are no more than it may nominate', () => {
    const third = nominee('RO', 'Ion Marin');
    registration({ placesPerState: 2 })
      .when('nominate', { nominees: [ana, radu, third, eleni] })
      .refuses('NoPlaceLeft', /nominees\.2: Ion Marin is one too many: RO may nominate 2/);
    nominated(registration({ placesPerState: 2 }))
      .when('nominate', { nominees: [third] })
      .refuses('NoPlaceLeft', /and 2 of RO are nominated/);
  });

  it('of one state are no more than there are places', () => {
    registration({ places: 1 })
      .when('nominate', { nominees: [ana, radu] })
      .refuses('NoPlaceLeft', /nominees\.1: Radu Popa is one too many: there is 1 place/);
  });

  it.each(['TBD', 'N.N.', '---', 'Ana (ana@example.org)', 'Officer 1'])('name somebody: not "%s"', (name) => {
    registration()
      .when('nominate', { nominees: [{ ...ana, name }] })
      .refuses('InvalidInput', /nominees\.0\.name: "/);
  });

  it('of somebody withdrawn need a reason', () => {
    const withdrawn = nominated().command('withdrawNominee', { nominee: nomineeId(ana) });
    withdrawn.when('nominate', { nominees: [ana] }).refuses('ReasonMissing', /was withdrawn/);
    withdrawn
      .command('nominate', { nominees: [ana], reason: 'she can come after all' })
      .shows({ nominated: 3 })
      .when('nominate', { nominees: [ana], reason: 'asked twice' })
      .refuses('AlreadyDone');
  });

  it('number up to 500 in one command', () => {
    const many = Array.from({ length: 501 }, (_, n) => nominee('RO', `${letters(n)} Ionescu`));
    registration({ places: 500 })
      .command('nominate', { nominees: many.slice(0, 500) })
      .shows({ nominated: 500 });
    registration({ places: 500 })
      .when('nominate', { nominees: many })
      .refuses('InvalidInput', /nominees/);
    registration()
      .when('nominate', { nominees: [] })
      .refuses('InvalidInput', /at least one/);
  });
});

const letters = (n: number): string =>
  String.fromCharCode(65 + (n % 26), 97 + (Math.floor(n / 26) % 26), 97 + Math.floor(n / 676));

describe('the faults of a list', () => {
  const known: Nominations = { places: 2, invited: [{ country: 'RO', focalPoint: 'agency/mcsi' }], nominees: [] };

  it('are all named, each with whom it concerns', () => {
    const list = [ana, nominee('FR', 'Jean Roux'), ana, radu, nominee('RO', 'Ion Marin')];
    const faults = nominationFaults(known, list, undefined);
    expect(faults.map(({ index, refused }) => `${index} ${refused}`)).toEqual([
      '1 NotAParty',
      '2 AlreadyDone',
      '4 NoPlaceLeft',
    ]);
  });

  it('come to one refusal that names the first few', () => {
    const strangers = Array.from({ length: 9 }, (_, n) => nominee('FR', `${letters(n)} Roux`));
    const refusal = refuseNominations(known, strangers, undefined);
    expect(refusal?.refused).toBe('NotAParty');
    expect(refusal?.because).toMatch(/^nominees\.0: .*nominees\.4: .* And 4 more\.$/);
  });

  it('are none in a good list', () => {
    expect(nominationFaults(known, [ana, radu], undefined)).toEqual([]);
  });
});

describe('an invited state', () => {
  it('is reminded until it has answered, and only then', () => {
    const story = nominated(registration().command('declineInvitation', { country: 'MD' }))
      .waitsFor('registration', 'record')
      .passes('2017-10-01');
    expect(story.mailed('workshop.nominate')).toEqual([]);
    const silent = nominated().passes('2017-10-01').mailed('workshop.nominate');
    expect(silent.map(({ to, at }) => `${at.slice(0, 10)} ${to}`)).toEqual([
      '2017-09-15 agency/mtic',
      '2017-09-22 agency/mtic',
      '2017-09-28 agency/mtic',
      // The last day is a Saturday.
      '2017-09-29 agency/mtic',
    ]);
  });

  it('declines once, and not while somebody of it is nominated', () => {
    registration()
      .command('declineInvitation', { country: 'RO' })
      .shows({ declinedBy: ['RO'] })
      .when('declineInvitation', { country: 'RO' })
      .refuses('AlreadyDone');
    nominated()
      .when('declineInvitation', { country: 'RO' })
      .refuses('NotReady', /ro-ana-ionescu, ro-radu-popa/);
    registration().when('declineInvitation', { country: 'FR' }).refuses('NotAParty');
  });

  it('takes part after all when it nominates', () => {
    nominated(registration().command('declineInvitation', { country: 'RO' })).shows({ declinedBy: [] });
  });

  it('can be invited later, and is asked at once', () => {
    registration()
      .command('inviteState', { country: 'UA', focalPoint: 'agency/eua' })
      .mails('workshop.callForNominations', 'agency/eua')
      .shows({ invited: ['RO', 'GR', 'MD', 'UA'] })
      .when('inviteState', { country: 'UA', focalPoint: 'agency/eua' })
      .refuses('AlreadyDone');
  });

  it('can have another focal point, who is asked while it has not answered', () => {
    const change = { country: 'RO', focalPoint: 'person/radu-d' };
    registration()
      .command('changeFocalPoint', change)
      .mails('workshop.callForNominations', 'person/radu-d')
      .when('changeFocalPoint', change)
      .refuses('AlreadyDone');
    nominated().command('changeFocalPoint', change).mailsNo();
  });
});

describe('a later last day', () => {
  it('opens closed nominations again and tells those who have not declined', () => {
    const story = registration()
      .command('declineInvitation', { country: 'MD' })
      .passes('2017-10-02')
      .command('extendNominations', { to: '2017-10-06', reason: 'holidays' })
      .stands('registration')
      .isDue('registration', '2017-10-06')
      .isDue('nominate:RO', '2017-10-06');
    expect(story.mailed('workshop.nominationsExtended').map(({ to }) => to)).toEqual([
      'agency/mcsi',
      'agency/mindigital',
    ]);
    story.command('nominate', { nominees: [ana] });
  });

  it.each([
    ['not later', '2017-09-30', /not after 2017-09-30/],
    ['on the first day', '2017-10-30', /before the first day/],
  ])('is refused when it is %s', (_, to, because) => {
    registration().when('extendNominations', { to }).refuses('DateOutOfOrder', because);
  });
});
