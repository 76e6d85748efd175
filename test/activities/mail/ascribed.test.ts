import { expect, it } from 'vitest';
import { renderText } from '../../../activities/mail/render.ts';
import { allLanguages, type Language } from '../../../activities/mail/texts.ts';
import { ascribedIn } from '../../../domain/ascribed.ts';
import type { Facts } from '../../../domain/lifecycle.ts';
import { message, names } from './samples.ts';

/** What is on record under the id of an agency is read under its name. */

const said = (language: Language, sentence: string, facts: Facts): string =>
  renderText({ subject: 'News', body: [sentence] }, message({ case_id: 'visit/kr-gr-2018', tone: null }, facts), {
    language,
    zone: 'Europe/Athens',
    names,
  }).text.replaceAll(/\s+/g, ' ');

it.each(allLanguages())('signatories are said with the name of their agency: $code', (language) => {
  const text = said(language, '{signatories}.', {
    signatories: ['klid: Kim Bu-kyum, President', 'mayor : Όλγα Γεροβασίλη', 'nobody: A, B', 'A name alone'],
  });
  expect(text).toContain('KLID 한국지역정보개발원: Kim Bu-kyum, President');
  expect(text).toContain('Υπουργείο Διοικητικής Ανασυγκρότησης: Όλγα Γεροβασίλη');
  expect(text).not.toMatch(/\b(klid|mayor) ?:/);
  for (const asItIs of ['nobody: A, B', 'A name alone']) expect(text).toContain(asItIs);
});

it('and so is what an agency has still to prepare, with its day in full', () => {
  const [english] = allLanguages().filter(({ code }) => code === 'en');
  const text = english && said(english, '{toPrepare}.', { toPrepare: ['klid: Briefing on the portal (2019-02-11)'] });
  expect(text).toContain('KLID 한국지역정보개발원: Briefing on the portal (11 February 2019).');
});

it.each([
  ['mois: Kim Bu-kyum, Minister', { agency: 'mois', words: 'Kim Bu-kyum, Minister' }],
  ['mois : Kim: the Minister', { agency: 'mois', words: 'Kim: the Minister' }],
  ['Kim Bu-kyum, Minister', undefined],
  ['Kim: Minister', undefined],
  ['mois:', undefined],
])('%s', (line, found) => {
  expect(ascribedIn(line)).toEqual(found);
});
