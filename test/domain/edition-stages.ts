import { edition } from '../../domain/edition.ts';
import { given as opened, type Story } from './given.ts';

export const states = ['AM', 'AZ', 'BG', 'GR', 'MD', 'RO', 'RS', 'TR', 'UA'];
export const focalPointOf = (state: string): string => `agency/focal-${state.toLowerCase()}`;

export const opening = {
  id: 'kr-bsec-7',
  title: 'ICT cooperation programme, edition 7 (2017)',
  opener: 'programme/kr-bsec',
  programme: 'programme/kr-bsec',
  programmeName: 'ICT cooperation programme',
  programmeSince: 2011,
  number: 7,
  from: '2017-10-30',
  organisers: ['mofa', 'klid'],
  purpose: 'to share experience',
  audience: 'civil servants',
  invited: states,
  focalPoints: states.map(focalPointOf),
  places: 12,
  placesPerState: 2,
  activities: [{ form: 'workshop', title: 'E-government of Korea', onDay: 1 }],
};

export const nominee = (country: string, name = 'Ana Popa') => ({
  name,
  country,
  organisation: 'Ministry of ICT',
  position: 'Head of unit',
});

const announced = (part = {}) => opened(edition, { ...opening, ...part }, { at: '2017-03-02' });
const fixed = () =>
  announced()
    .command('fixDays', { from: '2017-10-30', to: '2017-11-03' })
    .command('addHost', { country: 'KR', city: 'Seoul' });
const asked = () => fixed().passes('2017-08-01').command('openNominations', { nominationsBy: '2017-09-15' });
export const nominating = (story: Story, ...countries: string[]) =>
  story.command('nominate', { nominees: countries.map((country) => nominee(country)) });
const nominated = () => nominating(asked(), 'MD', 'RO');
const confirmed = () =>
  nominated()
    .passes('2017-09-20')
    .command('confirmParticipants', { nominees: ['md-ana-popa', 'ro-ana-popa'] })
    .command('closeNominations');
const underWay = () => confirmed().passes('2017-11-01');
const held = () =>
  underWay()
    .passes('2017-11-04')
    .command('recordHeld', { absent: ['ro-ana-popa'], outcomes: ['The participants rated it highly.'] });
const evaluated = () =>
  held()
    .command('answerEvaluation', { respondent: 'md-ana-popa', answers: ['overall=5'] })
    .command('closeEvaluation');
const proposed = () =>
  evaluated().command('proposeNext', { intention: 'in two or three member states', hostsAtLeast: 2, hostsAtMost: 3 });

/** Where the stories of an edition begin. */
export const given = { announced, fixed, asked, nominated, confirmed, underWay, held, evaluated, proposed };
