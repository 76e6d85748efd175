import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { makeDocuments } from '../../documents/make.ts';
import { edition } from '../../domain/edition.ts';
import { isRefusal } from '../../domain/refusal.ts';
import { workshop } from '../../domain/workshop.ts';
import { type Register, startRegister } from '../client/register.ts';
import { given as editions } from '../domain/edition-stages.ts';
import { given as workshops } from '../domain/workshop-stages.ts';
import { importExamples, put } from './filled-register.ts';

let register: Register;

/** An edition in two cities, of which one of the invited states has said that it sends nobody. */
const ahead = () =>
  editions
    .announced({
      id: 'kr-bsec-8',
      number: 8,
      invited: ['MD', 'RO', 'UA'],
      focalPoints: ['mar', 'mcsi', 'klid'].map((id) => `agency/${id}`),
    })
    .command('fixDays', { from: '2017-10-30', to: '2017-11-03' })
    .command('addHost', { country: 'RO', city: 'Bucharest', from: '2017-10-30', to: '2017-10-31' })
    .command('addHost', { country: 'BG', city: 'Sofia', from: '2017-11-01', to: '2017-11-03' })
    .passes('2017-08-01')
    .command('openNominations', { nominationsBy: '2017-09-15' })
    .command('declineInvitation', { country: 'UA' });

beforeAll(async () => {
  register = await startRegister();
  await importExamples(register.db);
  await put(register.db, workshop, workshops.confirmed());
  await put(register.db, workshop, workshops.evaluated(workshops.planned({ id: 'evaluated' })));
  await put(register.db, edition, editions.proposed());
  await put(register.db, edition, ahead());
});
afterAll(() => register.stop());

async function made(kind: string, subject: string): Promise<string> {
  const answer = await makeDocuments(register.db, kind, subject, { formats: ['md'] });
  if (isRefusal(answer)) return answer.refused;
  return String(answer.documents[0]?.files[0]?.content);
}

describe('the report of a workshop', () => {
  it('is refused until the workshop was held', async () => {
    expect(await made('wrap-up-report', 'workshop/kr-bsec-2017')).toBe('NotReady');
  });

  it('tells talks with their materials, who came and who did not, and what the questionnaire says', async () => {
    const text = await made('wrap-up-report', 'workshop/evaluated');
    expect(text).toContain('Seoul, KLID, Republic of Korea, 30 to 31 October 2017');
    expect(text).toContain(
      '| 1 | ICT makes our e-government convenient | [missing: who gives the talk] | 45 | ict.pdf |',
    );
    expect(text).toContain('| 1 | Ana Ionescu | Romania | Ministry of RO | Head of Unit |');
    expect(text).toContain('| 2 | Nikos Pappas (did not come) | Greece | Ministry of GR | Head of Unit |');
    expect(text).toContain('One participant answered the questionnaire.');
    expect(text).toContain('| How do you rate it overall? | 1 | 5.0 of 5 |');
    expect(text).toContain('| What was most useful to you? | 1 | The visit to KLID |');
  });
});

describe('the papers of an edition', () => {
  it('the report tells the states that sent participants and how each of the others answered', async () => {
    const text = await made('wrap-up-report', 'edition/kr-bsec-7');
    expect(text).toContain('**Seventh edition of the ICT cooperation programme**');
    expect(text).toContain('Seoul, Republic of Korea, 30 October to 3 November 2017');
    expect(text).toContain('Two participants were confirmed, from one state: Moldova.');
    expect(text).toContain('| Romania | nominated |');
    expect(text).toContain('| Ukraine | not yet answered |');
    expect(text).toContain('- The participants rated it highly.');
  });

  it('the press release says what is intended for the next one, and who pays as a gap where nobody has said so', async () => {
    const text = await made('press-release', 'edition/kr-bsec-7');
    expect(text).toContain('took place from 30 October to 3 November 2017 in Seoul, Republic of Korea.');
    expect(text).toContain('paid for by [missing: who pays for the edition]');
    expect(text).toContain('Experts came from one state: Moldova.');
    expect(text).toContain('### 1. Workshop: E-government of Korea\n\nHeld on 30 October 2017.\n');
    expect(text).toContain('## The next edition\n\nin two or three member states\n');
  });

  it('the press release of one that lies ahead names both cities alike, and the states that are invited', async () => {
    const text = await made('press-release', 'edition/kr-bsec-8');
    expect(text).toContain('## Eighth edition of the ICT cooperation programme to be held in Bucharest and Sofia\n');
    expect(text).toContain('to 3 November 2017 in Bucharest, Romania, and Sofia, Bulgaria. ');
    expect(text).toContain('## Participants\n\nParticipants are invited from Moldova and Romania.\n');
  });
});
