import { type DueDeadline, listDue } from '../database/lists.ts';
import { kindOf } from '../domain/case/opening.ts';
import { type Country, partyOfPerson } from '../domain/fields.ts';
import { everyRow } from './every-row.ts';
import type { Register } from './register.ts';
import { dayInFull, daysInFull, withArticle } from './words.ts';

const mostDates = 15;

/** What falls due next in the cooperation with a country; reckoned from the last day on record, not from today. */
export async function dueDatesIn(register: Register, country: Country) {
  const { asOf } = register;
  if (!asOf) return [];
  const due = await everyRow((page) => listDue(register.db, { country, asOf, days: 365 }, page));
  return due
    .filter((each) => concerns(register, country, each))
    .slice(0, mostDates)
    .map(({ due: on, says, owedBy, title, late }) => ({
      on,
      what: inNames(register, says, owedBy),
      owedBy: owedBy ? register.partyName(owedBy) : 'by itself',
      of: title,
      late,
    }));
}

/**
 * What a delegation prepares for its visit is no date of the countries that are visited, nor are its legs to others; and
 * what a third state owes to whoever coordinates, such as its nominations, is between those two.
 */
function concerns(register: Register, country: Country, { caseId, owedBy, coordinator }: DueDeadline): boolean {
  const owing = owedBy ? register.agencyOf(owedBy)?.country : undefined;
  if (kindOf(caseId) === 'visit') return owing === country;
  const between = [owing, register.agencyOf(partyOfPerson(coordinator))?.country];
  return owing === undefined || between.includes(country) || between[0] === between[1];
}

const period = /\b(\d{4}-\d\d-\d\d) to (\d{4}-\d\d-\d\d)\b/g;
const oneDay = /\b\d{4}-\d\d-\d\d\b/g;
const countryCode = /(?<=\b(?:of|by) |\()[A-Z]{2}\b/g;

/** Due dates are worded for whoever knows the register; readers of papers know names and days, not ids. Quoted words stay. */
function inNames(register: Register, says: string, owedBy: string | null): string {
  const agency = owedBy ? register.agencyOf(owedBy) : undefined;
  const inWords = (text: string): string =>
    text
      .replace(period, (_, from: string, to: string) => daysInFull(from, to, 'en'))
      .replace(oneDay, (day) => dayInFull(day, 'en'))
      .replace(countryCode, (code) => register.countryName(code) ?? code)
      .replace(/(?<=\b(?:of|for|by) )[a-z0-9-]+(?![\w-])/g, (id) =>
        agency?.id === id ? withArticle(agency.name, 'en') : id,
      );
  return says
    .split('"')
    .map((part, index) => (index % 2 === 0 ? inWords(part) : part))
    .join('"');
}
