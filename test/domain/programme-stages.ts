import { programme } from '../../domain/programme.ts';
import { given as opened } from './given.ts';

export const opening = {
  id: 'kr-bsec',
  title: 'ICT cooperation programme',
  sinceYear: 2011,
  nextStart: '2017-10-30',
  opensOn: '2017-03-02',
  editionsHeld: 6,
  organisers: ['mofa', 'klid'],
  funding: 'the Government of the Republic of Korea',
  purpose: 'to share experience',
  audience: 'civil servants',
  invited: ['GR', 'RO'],
  focalPoints: ['person/nikos-p', 'agency/mcsi'],
  places: 18,
  placesPerState: 2,
  activities: [{ form: 'workshop', title: 'E-government of Korea', onDay: 1 }],
};
const world = { at: '2017-01-16' };
const running = (part = {}) => opened(programme, { ...opening, ...part }, world);
export const edition7 = 'edition/kr-bsec-7';
const seventhOpened = () => running().command('openEdition', { number: 7 });
const held = (changes = {}) =>
  seventhOpened()
    .passes('2017-11-03')
    .command('recordEditionHeld', { edition: edition7, on: '2017-11-03', ...changes });

/** Where the stories of a programme begin: running, its seventh edition opened, and held. */
export const given = { running, opened: seventhOpened, held };
