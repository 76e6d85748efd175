import { type ListedCase, listCases } from '../database/lists.ts';
import { isKind, lifecycles } from '../domain/kinds.ts';
import { instrumentIn } from './acts.ts';
import { actionsField, actionsIn } from './actions.ts';
import { dueDatesIn } from './due-dates.ts';
import { everyRow } from './every-row.ts';
import { day, listOf, listOfWords, number, title, words, yesNo } from './fields.ts';
import { profileOf, profileShape } from './profile.ts';
import type { Register } from './register.ts';
import { agencyIn } from './shapes.ts';
import { spaced } from './words.ts';

/** Everything that one should know of the cooperation with a country before travelling there. */
export const countryShape = {
  country: words('name of the country'),
  ...profileShape,
  instruments: listOf('instruments in effect with the country', {
    title: words('title of the instrument'),
    name: words('what kind of instrument it is'),
    subject: words('subject of the instrument'),
    sides: listOfWords('sides of the instrument'),
    signedOn: day('day on which the instrument was signed'),
    inEffectSince: day('day since which the instrument is in effect'),
    termEnds: day('day on which the term of the instrument ends'),
  }),
  cases: listOf('cases that are open with the country, besides instruments and follow-up actions', {
    kind: words('what kind of case it is'),
    title: words('title of the case'),
    stands: words('how the case stands'),
    late: yesNo('whether the case is late'),
  }),
  meetings: listOf('meetings held with the country, the last first', {
    number: number('number of the meeting'),
    committee: title('committee', 'committee of the meeting'),
    on: day('day of the meeting'),
    place: words('place of the meeting'),
    decisions: listOfWords('decisions of the meeting'),
  }),
  actions: actionsField,
  dates: listOf('what falls due next', {
    on: day('day on which it is due'),
    what: words('what is due'),
    owedBy: words('who owes it; what nobody owes happens by itself'),
    of: words('title of the case'),
    late: yesNo('whether it is late'),
  }),
  agencies: listOf('agencies of the country', {
    name: words('name of the agency'),
    contact: words('name of the contact in the agency'),
    office: words('office of the contact'),
  }),
};

export async function countryIn(register: Register, code: string) {
  const cases = await casesOf(register, code, 'open');
  return {
    country: register.countryName(code),
    ...(await profileOf(register, code)),
    instruments: await instrumentsIn(register, cases),
    cases: cases.filter(({ kind }) => kind !== 'mou' && kind !== 'action').map(caseIn),
    meetings: await meetingsIn(register, code),
    actions: (await actionsIn(register, { country: code })).filter(({ open }) => open),
    dates: await dueDatesIn(register, code),
    agencies: register.agenciesOf(code).map(({ name, contact }) => {
      const person = contact ? register.person(contact) : undefined;
      return { name, contact: person?.name, office: person?.office ?? undefined };
    }),
  };
}

async function casesOf(
  register: Register,
  country: string,
  standing: 'open' | 'all',
  kind?: string,
): Promise<readonly ListedCase[]> {
  const listed = await everyRow((page) => listCases(register.db, { country, standing, kind }, page));
  for (const each of listed) register.sawCase(each);
  return listed;
}

const inEffect = ['inEffect', 'noticeGiven'];

async function instrumentsIn(register: Register, cases: readonly ListedCase[]) {
  const ids = cases.filter(({ kind, stage }) => kind === 'mou' && inEffect.includes(stage)).map(({ id }) => id);
  const found = await register.all('mou', ids);
  return Promise.all(
    found.map(async ({ id, subject }) => ({
      ...(await instrumentIn(register, id)),
      sides: subject.sides.map((side) => agencyIn(register, side).name),
      inEffectSince: subject.inEffectSince,
      termEnds: subject.term?.ends,
    })),
  );
}

function caseIn({ kind, title, stage, late }: ListedCase) {
  const stands = isKind(kind) ? lifecycles[kind].stages[stage] : undefined;
  return { kind: spaced(kind), title, stands: stands ?? spaced(stage), late };
}

async function meetingsIn(register: Register, code: string) {
  const listed = await casesOf(register, code, 'all', 'meeting');
  const held = (
    await register.all(
      'meeting',
      listed.map(({ id }) => id),
    )
  ).filter(({ subject }) => subject.heldOn);
  const latestFirst = held.sort((a, b) => (b.subject.heldOn ?? '').localeCompare(a.subject.heldOn ?? ''));
  return Promise.all(
    latestFirst.map(async ({ subject: { number: nth, committee, heldOn, place, items } }) => ({
      number: nth,
      committee: (await register.find('committee', committee))?.title,
      on: heldOn,
      place,
      decisions: items.flatMap(({ outcome, says }) => (outcome === 'decided' && says ? [says] : [])),
    })),
  );
}
