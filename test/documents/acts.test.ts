import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { makeDocuments } from '../../documents/make.ts';
import { appointment } from '../../domain/appointment.ts';
import { meeting } from '../../domain/meeting.ts';
import { mou } from '../../domain/mou.ts';
import { isRefusal } from '../../domain/refusal.ts';
import { visit } from '../../domain/visit.ts';
import { workshop } from '../../domain/workshop.ts';
import { type Register, startRegister } from '../client/register.ts';
import { given as cases } from '../domain/given.ts';
import { given as meetings } from '../domain/meeting-stages.ts';
import { given as mous } from '../domain/mou-stages.ts';
import { given as visits, report } from '../domain/visit-stages.ts';
import { given as workshops } from '../domain/workshop-stages.ts';
import { importExamples, put } from './filled-register.ts';

let register: Register;

/** A visit that is over, with an act of every kind; the talk in Bucharest was called off. */
const withActs = () =>
  visits
    .returned()
    .command('addProposal', {
      leg: 2,
      what: 'introducing an electronic document system',
      agency: 'klid',
      background: 'Documents are on paper',
    })
    .command('recordAct', report('mou/signed', 2, { standing: 'done', on: '2018-10-01', place: 'Bucharest' }))
    .command('recordAct', report('meeting/kr-gr-2', 1, { standing: 'done', on: '2018-09-28', place: 'Athens' }))
    .command('recordAct', report('workshop/held', 2, { standing: 'done', on: '2018-10-01', until: '2018-10-02' }))
    .command('recordAct', report('appointment/site', 1, { standing: 'done', on: '2018-09-30' }))
    .command('recordAct', report('appointment/off', 2, { standing: 'cancelled', on: '2018-10-01' }));

const siteVisit = () =>
  cases(
    appointment,
    {
      id: 'site',
      form: 'siteVisit',
      subject: 'a citizen service centre',
      on: '2018-09-30',
      time: '09:30',
      owner: 'klid',
      host: 'agency/mar',
      counterpart: 'the head of the centre',
    },
    { at: '2018-09-03' },
  )
    .command('confirm')
    .passes('2018-09-30')
    .command('recordHeld', { attended: ['park-jisoo'], outcome: 'The queue system was seen.', promised: ['a manual'] });

beforeAll(async () => {
  register = await startRegister();
  await importExamples(register.db);
  await put(register.db, mou, mous.signed({ id: 'signed', title: 'MOU on e-government' }));
  await put(
    register.db,
    meeting,
    meetings.signed(meetings.convened({ time: '10:00', endsAt: '12:30', zone: 'Europe/Belgrade' })),
  );
  await put(register.db, workshop, workshops.held(workshops.planned({ id: 'held', mou: 'mou/signed' })));
  await put(register.db, appointment, siteVisit());
  await put(register.db, visit, withActs());
});
afterAll(() => register.stop());

async function made(kind: string, of = 'visit/kr-2018'): Promise<string> {
  const answer = await makeDocuments(register.db, kind, of, { formats: ['md'] });
  if (isRefusal(answer)) throw new Error(answer.because);
  return String(answer.documents[0]?.files[0]?.content);
}

describe('the press release of a visit that is over', () => {
  it('says what was signed with whom, and in whose presence', async () => {
    const text = await made('press-release');
    expect(text).toContain(
      'visited Greece and Romania from 27 September to 2 October 2018, headed by Shim Bo-kyun (심보균), Vice Minister.',
    );
    expect(text).toMatch(
      /During the visit, the MOU on e-government was concluded with \[missing: whom the delegation meets/,
    );
    expect(text).toContain(
      'It was signed in the presence of The Prime Minister of Korea and The Prime Minister of Greece.',
    );
  });

  it('says which meeting was held, its agenda and what came of each item', async () => {
    const text = await made('press-release');
    expect(text).toMatch(
      /\*\*Second meeting of the .*\*\* The meeting was held during the visit\. The first meeting had been held before\./,
    );
    expect(text).toContain("On the agenda were:\n\n1. Greece's e-government system and its plan: Share the plan\n");
  });

  it('says on whose subject the workshop was, what was seen, and what is proposed', async () => {
    const text = await made('press-release');
    expect(text).toContain('The workshop was held during the visit, on the subject of the MOU on e-government.');
    expect(text).toContain(
      '**Site visit: a citizen service centre.** The delegation met the head of the centre. The queue system was seen.',
    );
    expect(text).toContain('Promised as follow-up: a manual.');
    expect(text).toMatch(
      /proposed:\n\n- introducing an electronic document system, in the field of the Korea .* \(KLID\)\. Documents are on paper\.\n/,
    );
  });

  it('leaves out what was called off', async () => {
    expect(await made('press-release')).not.toContain('appointment/off');
  });
});

it('the programme has each act on its days, and both countries on the day between them', async () => {
  const text = await made('visit-programme');
  const partOf = (day: string): string => text.split(`## ${day}\n`)[1]?.split('\n## ')[0] ?? '';
  expect(partOf('Friday 28 September 2018')).toMatch(
    /- \*\*Second meeting\*\* of the .*, 10:00–12:30 \(Central European Summer Time\), Athens\n/,
  );
  expect(partOf('Sunday 30 September 2018')).toContain('**Greece and Romania**: Athens and Bucharest');
  expect(partOf('Monday 1 October 2018')).toContain('- **Signing** of the MOU on e-government, Bucharest');
  for (const day of ['Monday 1 October 2018', 'Tuesday 2 October 2018'])
    expect(partOf(day)).toContain('- **Workshop** on E-government of Korea');
  expect(text).not.toMatch(/[^\n]\n#/);
});

it('minutes say at what hour the meeting began, on whose clocks, and no zone by its id', async () => {
  const text = await made('minutes', 'meeting/kr-gr-2');
  expect(text).toContain('on 28 September 2018, 10:00–12:30 (Central European Summer Time).');
  expect(text).not.toContain('Europe/');
});

it('the briefing book has the instruments in effect, the meetings held and the cases that are open', async () => {
  const text = await made('briefing-book');
  expect(text).toMatch(/\| MOU on e-government \| .* \| 20 October 2017 \| 20 October 2017 \| 20 October 2020 \|/);
  expect(text).toMatch(/- Second meeting of the .*, Athens, 28 September 2018\. Decisions: Share the plan\n/);
  expect(text).toMatch(
    /\| Visit \| Delegation to Greece and Romania \| The delegation is back; its report is due\. \|/,
  );
});
