import { aDocument } from './a-document.ts';
import { meeting } from '../../domain/meeting.ts';
import { given as opened, type Story } from './given.ts';

export const opening = {
  id: 'kr-gr-2',
  title: 'Committee on e-government cooperation, meeting 2',
  committee: 'committee/kr-gr',
  number: 2,
  on: '2018-09-28',
  place: 'Athens',
  host: 'mindigital',
  sides: ['mois', 'mindigital'],
  coChairs: ['shim-bokyun', 'nikos-p'],
  secretaries: ['kim-minji', 'maria-k'],
  members: ['lee-jiho'],
};
export const world = { at: '2018-06-01' };
export const item = { title: "Greece's e-government system and its plan", side: 'mindigital' };

const convened = (part = {}) => opened(meeting, { ...opening, ...part }, world);
const circulated = (story: Story = convened()) =>
  story
    .command('proposeItem', item)
    .passes('2018-09-10')
    .command('circulateAgenda', { papers: [aDocument('E-government plan.docx')] });
const adopted = (story?: Story) => circulated(story).passes('2018-09-28').command('adoptAgenda');
export const attended = ['shim-bokyun', 'nikos-p'];
const held = (story?: Story) => adopted(story).passes('2018-10-01').command('recordHeld', { attended });
const decided = (story?: Story) => held(story).command('decide', { item: 1, decision: 'Share the plan' });
const drafted = (story?: Story) => decided(story).passes('2018-10-03').command('circulateMinutes');
const agreed = (story?: Story) =>
  drafted(story).command('agreeMinutes', { side: 'mois' }).command('agreeMinutes', { side: 'mindigital' });
const signed = (story?: Story) =>
  agreed(story).command('signMinutes', { side: 'mois' }).command('signMinutes', { side: 'mindigital' });

/** Where the stories of a meeting begin: stage by stage, on the days of a meeting of 28 September 2018. */
export const given = { opened, convened, circulated, adopted, held, decided, drafted, agreed, signed };
