import type { Names } from '../../database/names.ts';
import type { FactType } from '../../domain/fact-types.ts';
import { typesOfFact } from '../../domain/kinds.ts';
import type { Fact, Facts } from '../../domain/lifecycle.ts';

/** Facts to show a mail with, by name; invented, as are the people. */

export const names: Names = new Map([
  ['agency/mois', { name: 'Ministry of the Interior and Safety' }],
  ['agency/mar', { name: 'Υπουργείο Διοικητικής Ανασυγκρότησης' }],
  ['agency/mcsi', { name: 'Ministerul Comunicațiilor și Societății Informaționale' }],
  ['agency/klid', { name: '한국지역정보개발원' }],
  [
    'person/kim-minji',
    {
      name: 'Kim Min-ji (김민지)',
      address: 'kim.minji@mois.example.org',
      office: 'Deputy Director',
      agency: 'Ministry of the Interior and Safety',
    },
  ],
  ['person/papadopoulou-eleni', { name: 'Eleni Papadopoulou' }],
  ['KR', { name: 'Republic of Korea' }],
  ['GR', { name: 'Greece' }],
  ['RO', { name: 'Romania' }],
  ['meeting/kr-gr-2', { name: 'Joint committee, meeting 2 (meeting/kr-gr-2)' }],
  ['request/gr-egov', { name: 'e-Government (request/gr-egov)' }],
  ['visit/balkans-2018', { name: 'Visit to Greece and Romania (visit/balkans-2018)' }],
  ['action/kr-gr-2-portal', { name: 'Share the plan of the portal (action/kr-gr-2-portal)' }],
]);

/** Whoever gets all of them. */
export const reader = { person: 'ionescu-ana', name: 'Ana Ionescu', office: 'Director' };

/** What the case of every mail has. */
const always: Facts = {
  title: 'Cooperation on e-government',
  countries: ['KR', 'GR'],
  coordinator: 'person/kim-minji',
  due: '2018-12-14',
  firstDue: '2018-11-30',
  zone: 'Asia/Seoul',
  timeZone: 'Europe/Athens',
  owedBy: 'agency/mar',
  kind: 'action',
  cases: ['mou/kr-gr-2017', 'action/kr-gr-2-portal'],
  whoWaits: 'agency/klid',
  forWhom: 'agency/mar',
  rung: 3,
  rungs: 10,
  missed: 2,
};

const known: Facts = {
  topic: 'Share the plan of the portal for local government',
  subject: 'e-government cooperation',
  decision: '3. Both sides share their plans by the end of the year',
  meeting: 'meeting/kr-gr-2',
  request: 'request/gr-egov',
  visit: 'visit/balkans-2018',
  act: 'meeting/kr-gr-2',
  concerned: ['meeting/kr-gr-2', 'action/kr-gr-2-portal'],
  actions: ['action/kr-gr-2-portal'],
  openActions: ['action/kr-gr-2-portal: Share the plan of the portal'],
  openEditions: ['meeting/kr-gr-2'],
  stage: 'convened',
  form: 'bilateralTalk',
  renewal: 'tacit',
  how: 'tacit',
  failure: 'refused',
  opinionKind: 'legal',
  binding: true,
  languages: ['ko', 'el', 'en'],
  item: 'RO',
  requestingCountry: 'GR',
  legCountries: ['GR', 'RO'],
  invited: ['GR', 'RO'],
  notAnswered: ['RO'],
  declinedBy: ['GR'],
  nominatedBy: ['GR', 'RO'],
  nextHosts: ['RO'],
  intendedHosts: ['RO'],
  year: '2019',
  nextYear: '2020',
  evidence: 'https://portal.example.org/plan',
  document: 'minutes-2.docx',
  noteNumber: 'F.4711/18',
  note: 'ROK-2018-77',
  place: 'Bucharest, Palace of the Parliament',
  agenda: '1. Opening; 2. Portal for local government; 3. Any other business.',
  names: 'Ion Popescu (RO-1)\nMaria Ionescu (RO-2)',
  questions: 'How useful was it? (overall: 1–5)\nWhat was best? (best: …)',
  summary: 'How useful was it? (n = 12): 4.5 / 5',
  plan: '2018-12-14 09:00: Opening, Seoul\n2018-12-14 10:00: Workshop, Seoul',
  time: '10:30',
  startsAt: '09:30',
  endsAt: '17:30',
  why: 'The minister is abroad that week.',
  message: 'action/kr-gr-2/complete/1/3/agency/mar',
  recipient: 'superior-of/agency/mar',
  unconfirmed: ['2'],
  legs: ['1. GR, 2019-02-25 – 2019-02-27, Athens', '2. RO, 2019-02-28 – 2019-03-01, Bucharest'],
  acts: ['Joint committee, meeting 2, 2019-02-26, Athens'],
  toPrepare: ['mois: briefing (2019-02-11)'],
  signatories: ['mois: Kim Bu-kyum, Minister', 'mar : Όλγα Γεροβασίλη, Minister'],
  function: 'Head of delegation',
  headFunction: 'Vice Minister',
  preparation: 'Briefing on the portal',
  question: 'Can the portal be shared?',
  reason: 'The joint committee meets.',
  cities: ['Bucharest'],
  places: 3,
  sides: ['agency/mois', 'agency/mar'],
  organisers: ['agency/mois', 'agency/mar'],
  senders: ['agency/mois', 'agency/mar'],
  head: 'person/papadopoulou-eleni',
  reportedBy: 'person/papadopoulou-eleni',
  from: '2019-02-25',
  to: '2019-03-01',
  leaver: 'person/papadopoulou-eleni',
  askedBy: 'person/papadopoulou-eleni',
  answeredBy: 'person/papadopoulou-eleni',
  invitee: 'agency/klid',
  substitute: 'person/papadopoulou-eleni',
  askedFor: '2019-01-31',
  roles: ['secretary', 'focalPoint'],
  first: 'secretary',
  contactOf: ['agency/klid'],
  superiorOf: ['person/kim-minji'],
};

/** Those that are something else elsewhere. */
const ofKinds: Readonly<Record<string, Facts>> = {
  action: { from: 'agency/mar' },
  case: { insteadOf: '2018-12-14', invited: 'agency/klid' },
  mou: { from: 'agency/mar' },
};

/** By what they are, those of which nothing else is invented. */
const byType: Readonly<Partial<Record<FactType, Fact>>> = {
  day: '2019-02-28',
  period: 'P1Y',
  country: 'RO',
  language: 'en',
  party: 'agency/mar',
  number: 3,
  yesNo: false,
};

const sampleOf = (kind: string, name: string): Fact =>
  ofKinds[kind]?.[name] ?? known[name] ?? byType[typesOfFact(kind, name)[0] ?? 'words'] ?? `‹${name}›`;

/** The facts of these names, each with its companion when it is only asked whether it is there. */
export function sampleFacts(kind: string, named: readonly string[]): Facts {
  const wanted = named.map((name) =>
    name.replace(/^(?:has|past(?=[A-Z]))(.)/, (_, first: string) => first.toLowerCase()),
  );
  return { ...Object.fromEntries(wanted.map((name) => [name, sampleOf(kind, name)])), ...always };
}
