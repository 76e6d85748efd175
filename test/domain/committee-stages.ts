import { committee } from '../../domain/committee.ts';
import { given as opened, type Story } from './given.ts';

export const opening = {
  id: 'kr-gr',
  title: 'Committee on e-government cooperation',
  mou: 'mou/kr-gr-2017',
  sides: ['mois', 'mindigital'],
  coChairs: ['shim-bokyun', 'nikos-p'],
  secretaries: ['kim-minji', 'maria-k'],
  since: '2017-10-20',
};
export const world = { at: '2017-10-20' };
const constituted = () => opened(committee, opening, world);
export const meeting = 'meeting/kr-gr-1';
const convened = (on = '2018-05-10') => constituted().command('convene', { on, place: 'Seoul' });
export const held = (story: Story, id: string, on: string) =>
  story.command('recordMeetingHeld', { by: 'entente', meeting: id, number: 1, on });
const active = () => held(convened().passes('2018-05-11'), meeting, '2018-05-10');

/** Where the stories of a committee begin: constituted, its first meeting convened, that meeting held. */
export const given = { opened, constituted, convened, active };
