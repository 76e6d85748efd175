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
      hosts: ['klid', 'mois'],
      country: 'KR',
      place: 'Seoul, KLID',
      from: '2018-11-12',
      to: '2018-11-13',
      startsAt: '09:00',
      languages: ['en'],
      invited: ['GR', 'RO'],
      focalPoints: ['person/maria-k', 'agency/mindigital'],
      places: 20,
      placesPerState: 12,
      nominationsBy: '2018-10-25',
      announceBefore: 'P14D',
      materialsBefore: 'P7D',
      confirmWorkingDays: 5,
      circulateWorkingDays: 10,
      evaluationWorkingDays: 15,
      reportAfter: 'P30D',
    },
    {
      ...header,
      title: 'Workshop on the subject of the MOU',
      subject: 'E-government cooperation',
      hosts: ['mois'],
      country: 'GR',
      place: 'Athens',
      from: '2018-10-01',
      reportAfter: 'none',
    },
  ],
};
