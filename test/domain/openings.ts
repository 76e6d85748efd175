import { aDocument } from './a-document.ts';
import type { Kind } from '../../domain/kinds.ts';

type Example = Readonly<Record<string, unknown>>;

const header = { id: 'kr-gr-1', by: 'kim-minji', countries: ['KR', 'GR'], coordinator: 'kim-minji' };
const sides = {
  sides: ['mois', 'mindigital'],
  coChairs: ['lee-jiho', 'nikos-p'],
  secretaries: ['kim-minji', 'maria-k'],
};

/** Openings of each kind that are accepted on 28 September 2018; random walks begin near one of them. */
export const openings: Readonly<Record<Kind, readonly Example[]>> = {
  request: [
    {
      ...header,
      title: 'Request of Greece for e-government cooperation',
      subject: 'e-government cooperation',
      how: 'noteVerbale',
      noteNumber: 'F.4711/18',
      dated: '2018-09-20',
      receivedOn: '2018-09-27',
      requester: 'agency/mindigital',
      requestingCountry: 'GR',
    },
  ],
  mou: [
    {
      ...header,
      title: 'MOU on e-government cooperation',
      subject: 'e-government cooperation',
      sides: sides.sides,
      jointCommittee: true,
    },
    {
      ...header,
      title: 'MOU on tax administration, signed before',
      subject: 'tax administration',
      sides: sides.sides,
      signedOn: '2017-10-20',
      effect: 'onNotifications',
      duration: 'P3Y',
      renewal: 'express',
      notice: 'P6M',
    },
    {
      ...header,
      title: 'MOU on local government, in effect',
      subject: 'local government',
      sides: sides.sides,
      inEffectSince: '2017-10-20',
      duration: 'P3Y',
      renewal: 'tacit',
      noticeModel: 'beforeTermEnds',
      notice: 'P6M',
    },
  ],
  committee: [{ ...header, title: 'Joint committee', mou: 'mou/kr-gr-2017', since: '2017-10-20', ...sides }],
  meeting: [
    {
      ...header,
      title: 'Second meeting',
      committee: 'committee/kr-gr',
      number: 2,
      on: '2018-11-12',
      place: 'Athens',
      host: 'mindigital',
      ...sides,
      members: [],
    },
  ],
  action: [
    {
      ...header,
      title: 'Portal',
      topic: 'Plan the portal',
      owner: 'klid',
      due: '2018-12-14',
      coChairs: ['nikos-p'],
    },
  ],
  workshop: [
    {
      ...header,
      title: 'Workshop on e-government',
      subject: 'E-government of Korea',
      hosts: ['klid'],
      country: 'KR',
      place: 'Seoul, KLID',
      from: '2019-06-10',
      to: '2019-06-11',
      invited: ['GR', 'RO'],
      focalPoints: ['person/maria-k', 'agency/mindigital'],
      places: 20,
      placesPerState: 12,
      nominationsBy: '2019-05-15',
      // Walks give back what a case holds: here is an answer for them to find.
      questions: [{ id: 'a', asks: 'a=5', type: 'rating' }],
    },
    {
      ...header,
      title: 'Workshop on the subject of the MOU',
      subject: 'E-government cooperation',
      hosts: ['mois'],
      country: 'GR',
      place: 'Athens',
      from: '2018-12-10',
      invited: ['GR'],
      focalPoints: ['agency/mindigital'],
      places: 20,
      registrationFrom: '2018-10-15',
      reportAfter: 'none',
    },
  ],
  programme: [
    {
      ...header,
      title: 'ICT cooperation programme',
      sinceYear: 2011,
      period: 'P1Y',
      nextStart: '2019-06-03',
      opensOn: '2018-11-15',
      editionsHeld: 7,
      organisers: ['mois', 'klid'],
      funding: 'the Government of the Republic of Korea',
      purpose: 'to share experience',
      audience: 'civil servants',
      invited: ['GR', 'RO'],
      focalPoints: ['person/maria-k', 'agency/mindigital'],
      places: 20,
      days: 5,
    },
  ],
  edition: [
    {
      ...header,
      id: 'kr-bsec-8',
      title: 'ICT cooperation programme, edition 8 (2019)',
      opener: 'programme/kr-bsec',
      programme: 'programme/kr-bsec',
      programmeName: 'ICT cooperation programme',
      programmeSince: 2011,
      number: 8,
      from: '2018-12-03',
      to: '2018-12-07',
      hostCountry: 'KR',
      hostCity: 'Seoul',
      days: 5,
      organisers: ['mois', 'klid'],
      invited: ['GR', 'RO'],
      focalPoints: ['person/maria-k', 'agency/mindigital'],
      places: 20,
      activities: [{ form: 'workshop', title: 'E-government of Korea', onDay: 1 }],
      fixBefore: 'P2M',
      nominateBefore: 'P30D',
      confirmBefore: 'P20D',
      planBefore: 'P10D',
      evaluateWithin: 'P14D',
      reportWithin: 'P30D',
      proposeWithin: 'P60D',
    },
  ],
  visit: [
    {
      ...header,
      title: 'Delegation to Greece',
      from: '2018-10-08',
      // Long, so that walks often come upon a day for a leg.
      to: '2019-12-20',
      senders: ['mois'],
      agencies: ['klid'],
      aim: 'to seek cooperation',
      usualChecklist: false,
    },
  ],
  appointment: [
    {
      ...header,
      title: 'Talk on the portal',
      form: 'bilateralTalk',
      subject: 'the portal',
      on: '2018-11-27',
      owner: 'mois',
      host: 'agency/mindigital',
      participants: ['lee-jiho'],
      visit: 'visit/a',
      leg: 1,
    },
  ],
};

const nominee = (name: string) => ({ name, country: 'GR', organisation: 'Ministry of ICT', position: 'Expert' });

/**
 * What is asked first in some of the walks, as far as the dice say: stages behind a row of steps that only fit together
 * are seldom reached by chance.
 */
export const beginnings: Partial<Record<Kind, readonly (readonly [command: string, body: object])[]>> = {
  mou: [
    ['takeUp', { drafter: 'mois' }],
    ['setTerms', { duration: 'P3Y', renewal: 'tacit', noticeModel: 'beforeTermEnds', notice: 'P6M' }],
    ['sendDraft', { document: aDocument(), from: 'mois', replyBy: '2018-10-31' }],
    ['acceptDraft', { side: 'mindigital' }],
    ['askOpinion', { from: 'mofa', kind: 'foreignMinistry' }],
    ['giveOpinion', { from: 'mofa', opinion: 'inFavour' }],
    ['agreeText', {}],
    ['grantAuthority', { side: 'mois', grantedBy: 'the Minister' }],
    ['grantAuthority', { side: 'mindigital', grantedBy: 'the Minister' }],
    ['checkLanguages', { languages: ['ko', 'el'] }],
    ['arrangeSigning', { date: '2018-09-28', place: 'Athens' }],
    ['sign', { side: 'mois', signatory: 'Kim Boo-kyum', on: '2018-09-28' }],
    ['sign', { side: 'mindigital', signatory: 'Nikos Pappas', on: '2018-09-28' }],
  ],
  workshop: [
    ['announce', {}],
    ['nominate', { nominees: ['Ana', 'Bia', 'Cleo'].map(nominee) }],
    ['confirmParticipants', { nominees: ['gr-ana'] }],
  ],
  edition: [
    ['openNominations', { nominationsBy: '2018-11-01' }],
    ['nominate', { nominees: ['Ana', 'Bia', 'Cleo'].map(nominee) }],
    ['confirmParticipants', { nominees: ['gr-ana'] }],
  ],
  visit: [
    ['addLeg', { country: 'GR', from: '2018-10-08', to: '2018-11-20', places: ['Athens'], host: 'agency/mar' }],
    ['nameHead', { person: 'shim-bo-kyun', agency: 'mois', function: 'Vice Minister' }],
    ['addProposal', { country: 'GR', what: 'a services portal', agency: 'klid' }],
    ['confirmLeg', { leg: 1 }],
    ['circulateBriefingBook', {}],
  ],
};
