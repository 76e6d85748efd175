import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { importCountryProfiles } from '../../database/country-profiles.ts';
import { visit } from '../../domain/visit.ts';
import { isRefusal } from '../../domain/refusal.ts';
import { makeDocuments } from '../../documents/make.ts';
import { type Register, startRegister } from '../client/register.ts';
import { importExamples, opened, put } from './filled-register.ts';

let register: Register;

const threeLegs = () =>
  opened(visit, 'three-legs', 'Delegation on *e-government* | 2018', '2018-06-01', {
    from: '2018-09-24',
    to: '2018-10-02',
    senders: ['mofa', 'mois'],
    agencies: ['nts', 'kisa'],
    countries: ['KR', 'GR', 'RO', 'BG'],
    reason: 'Countries of the Black Sea region had asked Korea for cooperation.',
    usualChecklist: false,
  })
    .command('addLeg', { country: 'GR', from: '2018-09-27', to: '2018-09-28', places: ['Athens'], host: 'agency/mar' })
    .command('addLeg', {
      country: 'RO',
      from: '2018-09-29',
      to: '2018-10-02',
      host: 'agency/mcsi',
      counterpart: 'the vice minister of the Ministry of Communication and Information Society',
    })
    .command('addLeg', { country: 'GR', from: '2018-09-24', to: '2018-09-25', host: 'agency/mindigital' })
    .command('addProposal', { leg: 2, how: 'shares', what: 'the national tax system, hometax', agency: 'nts' })
    .command('cancelLeg', { leg: 3, reason: 'The host has another visit.' });

beforeAll(async () => {
  register = await startRegister();
  await importExamples(register.db);
  const entry = (fields: Record<string, unknown>) => ({ fields, file: 'test', line: 1 });
  await importCountryProfiles(
    register.db,
    {
      indicators: [
        entry({
          country: 'RO',
          indicator: 'UN E-Government Development Index',
          year: 2018,
          rank: 67,
          source: 'UN',
          note: 'The year is that of the source',
        }),
        entry({ country: 'RO', indicator: 'UN E-Government Development Index', year: 2020, rank: 55, source: 'UN' }),
      ],
      plans: [
        entry({
          country: 'RO',
          plan: 'Digital Agenda 2020',
          from: 2014,
          to: 2020,
          budget: 'about 250 million euros',
          purpose: 'E-government',
          source: 'press',
          note: 'It was adopted in 2015',
        }),
        entry({
          country: 'GR',
          plan: 'Online spring',
          budget: 'small',
          from: '2018-03',
          to: '2018-03',
          source: 'press',
        }),
        entry({ country: 'GR', plan: 'Online for all', budget: 'large', from: '2018-06-01', source: 'press' }),
      ],
      notes: [entry({ country: 'GR', note: 'August 2018: The bailout ended.', on: '2018-08', source: 'press' })],
    },
    'choi-hana',
  );
  await put(register.db, visit, threeLegs());
});
afterAll(() => register.stop());

async function made(kind: string, subject = 'visit/three-legs') {
  const answer = await makeDocuments(register.db, kind, subject, { formats: ['md'] });
  if (isRefusal(answer)) throw new Error(answer.because);
  const [document] = answer.documents;
  if (!document) throw new Error('Nothing was made.');
  return { text: String(document.files[0]?.content), missing: document.missing.map(({ field }) => field) };
}

describe('the papers of a visit', () => {
  it('the programme tells each day, and nothing of a leg that was cancelled', async () => {
    const { text, missing } = await made('visit-programme');
    expect([...text.matchAll(/^## (.*)$/gm)].map(([, day]) => day)).toEqual([
      'Monday 24 September 2018',
      'Tuesday 25 September 2018',
      'Wednesday 26 September 2018',
      'Thursday 27 September 2018',
      'Friday 28 September 2018',
      'Saturday 29 September 2018',
      'Sunday 30 September 2018',
      'Monday 1 October 2018',
      'Tuesday 2 October 2018',
      'Counterparts and hosts',
    ]);
    expect(text).toContain(
      '## Monday 24 September 2018\n\nNothing is fixed for this day: [missing: the countries in which the delegation is on that day',
    );
    expect(missing).toContain('days[0].countries');
    expect(text).toContain('## Thursday 27 September 2018\n\n**Greece**: Athens\n');
    expect(text).not.toContain('Digital Policy');
  });

  it('the list of the delegation names agencies and where each goes, and a head that is not named as a gap', async () => {
    const { text, missing } = await made('delegation-list');
    expect(text).toContain('# Delegation of the Republic of Korea\n');
    expect(text).toContain(
      'Sent by the Ministry of Foreign Affairs (MOFA) and the Ministry of the Interior and Safety (MOIS).',
    );
    expect(text).toMatch(/- National Tax Service \(NTS\): Greece and Romania\n/);
    expect(text).toContain('[missing: name of the head of the delegation]');
    expect(missing).toContain('head.name');
  });

  it('the press release says what lies ahead as lying ahead, and what had been known by then', async () => {
    const { text, missing } = await made('press-release');
    expect(text).toContain('Delegation of the Republic of Korea to visit Greece and Romania');
    expect(text).toContain('will visit Greece and Romania from 24 September to 2 October 2018');
    expect(text).toContain('Countries of the Black Sea region had asked Korea for cooperation.');
    expect(text).toMatch(
      /shares:\n\n- the national tax system, hometax, in the field of the National Tax Service \(NTS\)\n/,
    );
    expect(text).not.toContain('proposes:');
    expect(text).toContain('The bailout ended.');
    expect(text).toContain('UN E-Government Development Index, 2018: 67th. The year is that of the source.\n');
    expect(text).not.toContain('2020: 55th');
    expect(text).toContain(
      '"Digital Agenda 2020", 2014 to 2020: about 250 million euros, E-government. It was adopted in 2015.\n',
    );
    expect(missing).toEqual(['head.name', 'head.function', 'aim', 'legs[0].counterpart']);
  });

  it('takes a title for words', async () => {
    expect((await made('press-release')).text).toContain('**Delegation on \\*e-government\\* \\| 2018**');
  });
});

describe('the briefing book', () => {
  it('of a visit has a part for each leg, with its profile, whom one meets and what falls due', async () => {
    const { text } = await made('briefing-book');
    expect([...text.matchAll(/^## (.*)$/gm)].map(([, part]) => part)).toEqual([
      'The visit',
      'Greece, 27 to 28 September 2018',
      'Romania, 29 September to 2 October 2018',
    ]);
    expect(text).toContain(
      '| Counterpart | the vice minister of the Ministry of Communication and Information Society |',
    );
    expect(text).toContain('| UN E-Government Development Index | 2020 | 55th | UN |');
    expect(text).toContain('| 67th. The year is that of the source. | UN |');
    expect(text).toContain('| about 250 million euros | E-government. It was adopted in 2015. |');
    expect(text).toMatch(/\| 6 September 2018 \| confirmation of leg 1/);
  });

  it('of a country has its agencies with their contacts in their own letters, and the cases that are open', async () => {
    const { text } = await made('briefing-book', 'GR');
    expect(text).toMatch(
      /\| Ministry of Administrative Reconstruction.* \| Ελένη Παπαδοπούλου, Head of Unit, e-Government \|/,
    );
    expect(text).toMatch(/\| Visit \| Delegation on .* \|/);
    expect(text).toContain('No instrument is in effect.');
    expect(text).toContain('| Online spring | March 2018 |');
    expect(text).toContain('| Online for all | from 1 June 2018 |');
  });
});

describe('of a country of which nothing is on record', () => {
  it('the action matrix says so, and names no day', async () => {
    const { text, missing } = await made('action-matrix', 'AM');
    expect(text).toBe('<!-- landscape -->\n\n# Action matrix\n\n**Armenia**\n\nNo action is on record.\n');
    expect(missing).toEqual([]);
  });

  it('the briefing book names no day either', async () => {
    const { text, missing } = await made('briefing-book', 'AM');
    expect(text).toMatch(/^# Briefing book: Armenia\n\n## Profile\n/);
    expect(text).not.toContain('As of');
    expect(text).toContain('Nothing falls due within a year.');
    expect(missing).not.toContain('asOf');
  });
});

describe('asked twice', () => {
  it('makes the same bytes', async () => {
    const twice = [await makeDocuments(register.db, 'briefing-book', 'visit/three-legs')];
    twice.push(await makeDocuments(register.db, 'briefing-book', 'visit/three-legs'));
    const [first, second] = twice.map((answer) =>
      isRefusal(answer) ? [] : answer.documents.flatMap(({ files }) => files),
    );
    expect(first).toHaveLength(2);
    expect(second).toEqual(first);
  });
});

it.each([
  ['minute', 'visit/three-legs', 'UnknownKind', 'There is no document "minute"; there are minutes, '],
  ['minutes', 'visit/three-legs', 'WrongKind', 'visit/three-legs is not what minutes is made of: meeting/ID.'],
  ['briefing-book', 'XX', 'UnknownCountry', 'There is no country XX in the directory'],
  ['visit-programme', 'visit/none', 'UnknownCase', 'There is no visit visit/none.'],
  ['visit-programme', 'three legs', 'InvalidInput', '"three legs" is no case; visit-programme is made of visit/ID.'],
])('refuses %s of %s: %s', async (kind, subject, refused, because) => {
  const answer = await makeDocuments(register.db, kind, subject);
  expect(answer).toMatchObject({ refused });
  expect(isRefusal(answer) && answer.because).toContain(because);
});
