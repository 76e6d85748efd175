import { describe, expect, it } from 'vitest';
import { renderText, titleFor } from '../../../activities/mail/render.ts';
import { allLanguages, languageOrEnglish } from '../../../activities/mail/texts.ts';
import { entryTitle } from '../../../activities/mail/titles.ts';
import { defaultQuestionnaire } from '../../../domain/evaluation.ts';
import { questionLines, summaryLines } from '../../../domain/evaluation/summary.ts';
import type { Facts } from '../../../domain/lifecycle.ts';
import {
  committeeTitle,
  editionTitle,
  meetingTitle,
  promisedAt,
  signingTitle,
  standingItems,
  workshopTitle,
} from '../../../domain/titles.ts';
import { message, names } from './samples.ts';

/** Titles that rules make of others' words are said in the language of the letter. */

function said(code: string, sentence: string, facts: Facts, id = 'meeting/kr-gr-2'): string {
  const language = allLanguages().find((each) => each.code === code);
  if (!language) throw new Error(`There is no language ${code}.`);
  const about = { ...message({ tone: null }, facts), case_id: id };
  const reader = { language, zone: 'Europe/Athens', names };
  return renderText({ subject: sentence, body: [] }, about, reader).subject;
}

const committee = committeeTitle('e-government');

describe.each([
  [
    'en',
    `${committee}, meeting 2`,
    'Joint committee: e-government',
    'e-government, edition 3 (2027)',
    'Workshop on taxes',
  ],
  [
    'ko',
    '공동위원회: e-government, 제2차 회의',
    '공동위원회: e-government',
    'e-government, 제3회(2027년)',
    '“taxes” 워크숍',
  ],
  [
    'el',
    'Μικτή επιτροπή: e-government, 2η σύνοδος',
    'Μικτή επιτροπή: e-government',
    'e-government, 3η διοργάνωση (2027)',
    'Εργαστήριο «taxes»',
  ],
  [
    'ro',
    'Comitetul mixt: e-government, reuniunea nr. 2',
    'Comitetul mixt: e-government',
    'e-government, ediția 3 (2027)',
    'Atelierul „taxes”',
  ],
])('in a letter in %s', (code, ofMeeting, ofCommittee, ofEdition, ofWorkshop) => {
  it('so is that of each act of a visit, before its days and its place', () => {
    const [meeting, visit] = [meetingTitle(committee, 2), 'Visit to NIA'];
    const facts = {
      acts: [`${meeting}, 2019-02-26, Athens`, `${visit}, 2019-02-27, Daegu`],
      actIds: ['meeting/kr-gr-2', 'appointment/kr-gr-nia'],
      actTitles: [meeting, visit],
    };
    const line = said(code, '{acts}', facts, 'visit/kr-2019');
    expect(line.startsWith(`${ofMeeting}, `)).toBe(true);
    expect(line).toContain(visit);
    expect(line).not.toContain('2019-02-26');
  });

  it('the title of a meeting, a committee, an edition and a workshop is in that language', () => {
    expect(said(code, '{title}', { title: meetingTitle(committee, 2) })).toBe(ofMeeting);
    expect(said(code, '{title}', { title: committee }, 'committee/kr-gr')).toBe(ofCommittee);
    expect(said(code, '{title}', { title: editionTitle('e-government', 3, 2027) }, 'edition/e-3')).toBe(ofEdition);
    expect(said(code, '{title}', { title: workshopTitle('taxes') }, 'workshop/taxes')).toBe(ofWorkshop);
    expect(said(code, '{actTitle}', { act: 'workshop/taxes', actTitle: workshopTitle('taxes') }, 'visit/kr')).toBe(
      ofWorkshop,
    );
  });

  it('so is the title that a calendar entry, a list of quiet cases and the head of a page show', () => {
    expect(titleFor(code, 'meeting/kr-gr-2', meetingTitle(committee, 2))).toBe(ofMeeting);
    expect(entryTitle(languageOrEnglish(code), 'workshop/taxes', workshopTitle('taxes'))).toBe(ofWorkshop);
  });

  it('what people have named stays as they named it', () => {
    const own = ['Second meeting of the committee', 'Talks, meeting of the heads', 'Joint committee'];
    for (const title of own) expect(said(code, '{title}', { title })).toBe(title);
    expect(said(code, '{title}', { title: meetingTitle(committee, 2) }, 'request/x')).toBe(`${committee}, meeting 2`);
  });
});

it.each([
  ['ko', '서명식: MOU', '약속된 자리: taxes', '1. 지난 회의 의사록 확인; 2. 이전 회의의 미결 후속조치; 3. Portal.'],
  [
    'el',
    'Υπογραφή: MOU',
    'Δέσμευση από: taxes',
    '1. Επικύρωση των πρακτικών της προηγούμενης συνόδου; 2. Ανοικτές δράσεις προηγούμενων συνόδων; 3. Portal.',
  ],
  [
    'ro',
    'Semnare: MOU',
    'Promis cu ocazia: taxes',
    '1. Confirmarea minutei reuniunii precedente; 2. Acțiuni deschise de la reuniunile anterioare; 3. Portal.',
  ],
])(
  'so is what stands in calendars, what was promised, and what is on every agenda: %s',
  (code, entry, decision, agenda) => {
    expect(said(code, '{entry}', { entry: signingTitle('MOU') }, 'mou/kr-gr')).toBe(entry);
    expect(said(code, '{decision}', { decision: promisedAt('taxes') }, 'action/a')).toBe(decision);
    const items = [standingItems.previousMinutes, standingItems.openActions, 'Portal'];
    const asStored = items.map((title, index) => `${index + 1}. ${title}`).join('; ');
    expect(said(code, '{agenda}', { agenda: `${asStored}.` })).toBe(agenda);
  },
);

it('asks the usual questions of an evaluation in the reader’s language, and others as people asked them', () => {
  const questions = defaultQuestionnaire.filter(({ id }) => ['apply', 'best'].includes(id));
  const own = { id: 'own', asks: 'How was lunch?', type: 'yesNo' } as const;
  const asked = questionLines({ questions: [...questions, own], responses: [] });
  expect(said('ko', '{questions}', { questions: asked }, 'workshop/taxes').split(/(?<=\)) /)).toEqual([
    '배운 내용을 업무에 활용할 수 있습니까? (apply: yes(예)/no(아니요))',
    '가장 유익했던 것은 무엇입니까? (best: …)',
    'How was lunch? (own: yes(예)/no(아니요))',
  ]);
  const answers = { apply: true, best: 'Will you be able to apply what you learned? (n = 1)' };
  const summary = summaryLines({ questions, responses: [{ respondent: 'a', answers }] });
  expect(said('ko', '{summary}', { summary }, 'workshop/taxes')).toContain(
    '활용할 수 있습니까? (n = 1): 100 % (1 / 1)',
  );
  expect(said('ko', '{summary}', { summary }, 'workshop/taxes')).toContain(`“${answers.best}”`);
});
