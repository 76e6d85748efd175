import { visit } from '../../domain/visit.ts';
import { given as opened, type Story } from './given.ts';

type Body = Readonly<Record<string, unknown>>;

export const opening = {
  id: 'kr-2018',
  title: 'Delegation to Greece and Romania',
  countries: ['KR', 'GR', 'RO'],
  from: '2018-09-27',
  to: '2018-10-02',
  senders: ['mofa', 'mois'],
  agencies: ['klid'],
};
export const world = { at: '2018-06-01' };
export const greece = {
  country: 'GR',
  from: '2018-09-27',
  to: '2018-09-30',
  places: ['Athens'],
  host: 'agency/mar',
  counterpart: 'the Secretary General',
};
export const romania = {
  country: 'RO',
  from: '2018-09-30',
  to: '2018-10-02',
  places: ['Bucharest'],
  host: 'person/ionescu-andreea',
};
export const head = { person: 'shim-bo-kyun', agency: 'mois', function: 'Vice Minister' };

const proposed = (part: Body = {}): Story => opened(visit, { usualChecklist: false, ...opening, ...part }, world);
const withLegs = (part?: Body): Story => proposed(part).command('addLeg', greece).command('addLeg', romania);
const named = (part?: Body): Story =>
  withLegs(part)
    .command('nameHead', head)
    .command('addMember', { person: 'park-jisoo', agency: 'klid', function: 'Manager', legs: [2] })
    .command('addMember', { person: 'jung-sooyeon', agency: 'mofa', function: 'First Secretary' });
const confirmed = (part?: Body): Story =>
  named(part).command('confirmLeg', { leg: 1 }).command('confirmLeg', { leg: 2 });
const prepared = (part?: Body): Story => confirmed(part).command('circulateBriefingBook');
const underWay = (part?: Body): Story => prepared(part).passes('2018-09-27');
const returned = (part?: Body): Story => underWay(part).passes('2018-10-03');
const reported = (part?: Body): Story => returned(part).command('submitReport', { report: 'All went well.' });

/** A visit of six days to Greece and Romania, stage by stage; nothing stands on its checklist unless the story says so. */
export const given = { opened, proposed, withLegs, named, confirmed, prepared, underWay, returned, reported };

/** What an act tells the visit. */
export const report = (act: string, leg: number, part: Body = {}) => ({
  by: 'entente',
  act,
  title: `The act ${act}`,
  leg,
  standing: 'planned',
  ...part,
});

/** To whom the last step wrote a text. */
export const toldBy = (story: Story, text: string): string[] =>
  story.last.effects.flatMap((effect) =>
    effect.type === 'mail' && effect.message.text === text ? [effect.message.to] : [],
  );
