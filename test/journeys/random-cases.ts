import type { FileOpening } from '../../client/open-file.ts';
import { morningOf } from '../../domain/scenario.ts';
import { type CivilDate, plus } from '../../domain/dates.ts';
import type { Kind } from '../../domain/kinds.ts';
import { caseNamed, relativeTime, type ScenarioStep } from '../../domain/scenario/step.ts';

/** The parameters of the comparison: by hand, with more of them. */
export const randomCases = Number(process.env['ENTENTE_RANDOM_CASES'] ?? 4);
export const seed = Number(process.env['ENTENTE_RANDOM_SEED'] ?? 7);

/** Always the same day, so that a seed is the same course whenever it is tried. A Monday, with days off ahead. */
export const firstDay: CivilDate = '2027-01-04';
export const begins = morningOf(firstDay, 'Asia/Seoul', 0);
export const ends = morningOf(plus(firstDay, 'P8M'), 'Asia/Seoul', 0);

let drawn = seed;
/** A number below another one, the same in each run. */
const below = (most: number): number => {
  drawn = (drawn * 48_271) % 2_147_483_647;
  return drawn % most;
};
const oneOf = <T>(all: readonly [T, ...T[]]): T => all[below(all.length)] ?? all[0];
const dayAhead = (from: number, days: number): CivilDate => plus(firstDay, `P${from + below(days)}D`);

type Given = readonly [command: string, fields?: Readonly<Record<string, unknown>>];
type Steps = readonly [Given, ...Given[]];

const sides = ['mois', 'mar'];
const people = { coChairs: ['yoon-jaeho', 'papadopoulou-eleni'], secretaries: ['choi-hana', 'papadopoulou-eleni'] };
const terms = { duration: 'P1Y', notice: 'P3M', noticeModel: 'beforeTermEnds' };
const reason = 'The minister travels';
const nominee = { name: 'Eleni Pappa', organisation: 'MAR', position: 'Expert' };

const openingOf: Partial<Record<Kind, (index: number) => Readonly<Record<string, unknown>>>> = {
  action: () => ({ topic: 'Portal', owner: oneOf(['klid', 'mois', 'mofa', 'mar']), due: dayAhead(3, 120) }),
  request: () => ({
    subject: 'e-government',
    how: 'letter',
    receivedOn: firstDay,
    requester: 'agency/mar',
    requestingCountry: 'GR',
  }),
  mou: () => {
    const common = { subject: 'e-government', sides, ...terms, renewal: oneOf(['tacit', 'express', 'none']) };
    return below(2) === 0 ? common : { ...common, inEffectSince: plus(firstDay, `-P${below(12)}M`) };
  },
  workshop: () => ({
    subject: 'e-government',
    hosts: ['klid'],
    country: 'KR',
    place: 'Seoul',
    from: dayAhead(60, 120),
    invited: ['GR', 'RO'],
    focalPoints: ['person/papadopoulou-eleni', 'agency/mcsi'],
    places: 20,
    nominationsBy: dayAhead(20, 40),
  }),
  visit: () => ({
    from: dayAhead(30, 30),
    to: dayAhead(62, 20),
    senders: ['mois'],
    agencies: ['klid'],
    aim: 'to seek cooperation',
  }),
  appointment: () => ({
    form: 'bilateralTalk',
    subject: 'the portal',
    on: dayAhead(5, 60),
    owner: 'mois',
    host: 'agency/mar',
    participants: ['yoon-jaeho'],
  }),
  // Of the MOU and the committee that were drawn before it.
  committee: (index) => ({ mou: `mou/random-${index - 4}`, since: plus(firstDay, '-P1Y'), sides, ...people }),
  meeting: (index) => ({
    committee: `committee/random-${index - 1}`,
    number: 1,
    on: dayAhead(30, 60),
    place: 'Athens',
    host: 'mar',
    sides,
    ...people,
    members: [],
  }),
};

const stepsOf: Partial<Record<Kind, Steps>> = {
  action: [
    ['accept'],
    ['refuse', { reason }],
    ['reportDone', { evidence: 'live' }],
    ['verify', { evidence: 'seen' }],
    ['return', { reason }],
    ['handOver', { to: 'mofa', reason }],
    ['block', { waitsFor: 'a law', reason }],
    ['extend', { to: '2027-07-01', reason }],
    ['suspend', { until: '2027-05-03', reason }],
    ['resume'],
    ['cancel', { reason }],
    ['reopen', { reason }],
  ],
  request: [
    ['acknowledge'],
    ['askBack', { missing: 'which portal', due: '2027-02-15' }],
    ['answer', { answer: 'the portal of the state' }],
    ['assign', { lead: 'klid', decideBy: '2027-04-01' }],
    ['consult', { agency: 'nia' }],
    ['giveOpinion', { agency: 'nia', opinion: 'inFavour' }],
    ['planMou', { title: 'MOU', subject: 'e-government', sides }],
    ['planWorkshop', { title: 'Workshop', subject: 'portals', from: '2027-06-07', place: 'Seoul', hosts: ['klid'] }],
    ['hold', { until: '2027-03-02', reason }],
    ['withdraw', { reason }],
  ],
  mou: [
    ['takeUp', { drafter: 'mois' }],
    ['askOpinion', { from: 'mofa', kind: 'foreignMinistry' }],
    ['giveOpinion', { from: 'mofa', opinion: 'inFavour' }],
    ['renew', { note: 'agreed' }],
    ['letLapse', { reason }],
    ['constituteCommittee', { committee: 'by-chance', ...people }],
    ['abandon', { reason }],
    ['suspend', { until: '2027-05-03', reason }],
  ],
  workshop: [
    ['announce'],
    ['nominate', { nominees: [nominee] }],
    ['confirmParticipants', { nominees: ['gr-eleni-pappa'] }],
    ['extendNominations', { to: '2027-03-31', reason }],
    ['declineInvitation', { country: 'RO', reason }],
    ['postpone', { to: '2027-07-05', reason }],
    ['addTalk', { title: 'A portal', minutes: 30, speaker: 'person/park-jisoo' }],
    ['recordHeld'],
  ],
  visit: [
    ['nameHead', { person: 'shim-bo-kyun', agency: 'mois', function: 'Vice Minister' }],
    ['addLeg', { country: 'GR', from: '2027-03-01', places: ['Athens'], host: 'agency/mar' }],
    ['confirmLeg', { leg: 1 }],
    ['planAppointment', { form: 'bilateralTalk', subject: 'portals', on: '2027-03-01', leg: 1 }],
    ['circulateBriefingBook'],
    ['postpone', { from: '2027-05-10', to: '2027-05-14', reason }],
    ['depart'],
    ['return'],
    ['submitReport', { report: 'It went well' }],
    ['openAction', { topic: 'Portal', owner: 'klid', due: '2027-07-30' }],
  ],
  appointment: [
    ['confirm'],
    ['decline', { reason }],
    ['postpone', { to: '2027-04-20', reason }],
    ['recordHeld', { outcome: 'agreed on a portal' }],
    ['openAction', { topic: 'Portal', owner: 'klid', due: '2027-07-30' }],
  ],
  committee: [
    ['convene', { on: '2027-05-20', place: 'Seoul', host: 'mois' }],
    ['changeCoChair', { side: 'mois', person: 'shim-bo-kyun' }],
    ['suspend', { reason }],
    ['dissolve', { reason }],
  ],
  meeting: [
    ['proposeItem', { title: 'The portal', side: 'mar', reason }],
    ['circulateAgenda'],
    ['adoptAgenda'],
    ['postpone', { to: '2027-05-20', reason }],
    ['recordHeld', { attended: ['yoon-jaeho', 'papadopoulou-eleni'] }],
    ['decide', { item: 1, decision: 'Share it' }],
    ['circulateMinutes'],
    ['object', { side: 'mar', reason }],
    ['agreeMinutes', { side: 'mois' }],
    ['agreeMinutes', { side: 'mar' }],
    ['signMinutes', { side: 'mois' }],
  ],
};

// Actions come twice as often, as they do in life.
const kinds = [
  'action',
  'request',
  'mou',
  'workshop',
  'visit',
  'appointment',
  'committee',
  'meeting',
  'action',
] as const;

/** To be opened on the first day. */
export function randomCase(index: number): Omit<FileOpening, 'line' | 'lineOf'> {
  const kind = kinds[index % kinds.length] ?? 'action';
  const id = `random-${index}`;
  const header = { id, by: 'choi-hana', title: `Random ${index}`, countries: ['KR', 'GR'], coordinator: 'choi-hana' };
  return { id: `${kind}/${id}`, kind, opening: { ...header, ...openingOf[kind]?.(index) } };
}

/** What somebody does in it, some time: when it is asked, or on a day. */
export function randomStep({ id, kind }: { readonly id: string; readonly kind: Kind }, index: number): ScenarioStep {
  const [command, fields = {}] = oneOf(stepsOf[kind] ?? [['note', { note: 'by chance' }]]);
  const days = below(30);
  const on = oneOf(['on time', `${days} days late`, `${days} working days after it is asked`, `${days} days early`]);
  const relative = relativeTime(`${oneOf(['', 'each time, '])}${on}`);
  const dated = { at: morningOf(dayAhead(0, 200), 'Asia/Seoul', index) };
  const named = caseNamed(id);
  if (!named || !relative) throw new Error(`${id} ${on}`);
  const as = oneOf(['choi-hana', 'park-jisoo']);
  const when = below(2) === 0 ? relative : dated;
  return { index, stands: `step ${index}`, case: named, do: command, as, with: fields, when };
}
