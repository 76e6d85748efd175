import type { NomineeFields } from '../../domain/nomination.ts';
import { workshop } from '../../domain/workshop.ts';
import { given as opened, type Story } from './given.ts';

export const opening = {
  id: 'kr-bsec-2017',
  title: 'Workshop on e-government',
  countries: ['KR', 'RO', 'GR', 'MD'],
  subject: 'E-government of Korea',
  hosts: ['klid', 'mois'],
  country: 'KR',
  place: 'Seoul, KLID',
  from: '2017-10-30',
  to: '2017-10-31',
  startsAt: '09:00',
  invited: ['RO', 'GR', 'MD'],
  focalPoints: ['agency/mcsi', 'agency/mindigital', 'agency/mtic'],
  places: 20,
  nominationsBy: '2017-09-30',
};
/** Opened on a Friday. */
export const world = { at: '2017-09-01' };

export const nominee = (country: string, name: string): NomineeFields => ({
  name,
  country,
  organisation: `Ministry of ${country}`,
  position: 'Head of Unit',
});

/** Those whom the stories of nominations are about; the invitation is out, and no talk is planned. */
export const ana = nominee('RO', 'Ana Ionescu');
export const radu = nominee('RO', 'Radu Popa');
export const eleni = nominee('GR', 'Ελένη Παππά');
export const registration = (part = {}) => opened(workshop, { ...opening, ...part }, world).command('announce');
export const nominated = (story: Story = registration()) => story.command('nominate', { nominees: [ana, radu, eleni] });

export const participants = [nominee('RO', 'Ana Ionescu'), nominee('GR', 'Nikos Pappas')];
export const ids = ['ro-ana-ionescu', 'gr-nikos-pappas'];

export const talk = { title: 'ICT makes our e-government convenient', presenter: 'person/lee-jiho', minutes: 45 };

const planned = (part = {}) => opened(workshop, { ...opening, ...part }, world);
const withTalk = (story: Story = planned()) => story.command('addTalk', talk);
const announced = (story?: Story) => withTalk(story).command('announce');
const confirmed = (story?: Story) =>
  announced(story)
    .command('nominate', { nominees: participants })
    .passes('2017-10-02')
    .command('confirmParticipants', { nominees: ids });
const held = (story?: Story) =>
  confirmed(story)
    .passes('2017-11-01')
    .command('recordHeld', { absent: [ids[1]] });
const materialsOut = (story?: Story) =>
  held(story)
    .command('receiveMaterials', { talk: 1, document: 'ict.pdf' })
    .command('circulateMaterials', { documents: ['Programme.pdf'] });
const answers = ['overall=5', 'apply=yes', 'best=The visit to KLID'];
const evaluated = (story?: Story) =>
  materialsOut(story).command('answerEvaluation', { respondent: ids[0], answers }).command('closeEvaluation');

/** Where the stories of a workshop begin, stage by stage: nominations end on 30 September, it is held on 30 and 31 October. */
export const given = { planned, withTalk, announced, confirmed, held, materialsOut, evaluated };
