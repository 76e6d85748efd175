import { z } from 'zod';
import { textFault } from './text.ts';

/**
 * The fields of which every command and every opening is made. They run in the client, in the update validator
 * and in activities alike, so that the door is the same whoever knocks.
 */

const wellFormed = (limit: number, multiline: boolean) =>
  z
    .string()
    .transform((value) => (multiline ? value.replace(/\r\n?/g, '\n') : value).normalize('NFC').trim())
    .superRefine((value, context) => {
      const fault = faultOf(value, limit, multiline);
      if (fault) context.addIssue({ code: 'custom', message: fault });
    });

function faultOf(value: string, limit: number, multiline: boolean): string | undefined {
  if (value.length === 0) return 'must not be empty';
  if (Array.from(value).length > limit) return `is longer than ${limit} characters`;
  return textFault(value, multiline);
}

/** What a reference field points at in the directory; read by the client for completion and by the register to check it. */
export type RefersTo = 'country' | 'agency' | 'person' | 'party' | 'case';

const reference = (refersTo: RefersTo, pattern: RegExp, message: string) =>
  z.string().regex(pattern, message).meta({ refersTo });

/** One line of plain text: a title, a name, a place. */
export const line = wellFormed(300, false);
/** Several lines of plain text. */
export const text = wellFormed(10_000, true).meta({ lines: 'several' });
export const slug = z.string().regex(/^[a-z0-9](?:[a-z0-9-]{0,62}[a-z0-9])?$/, 'must be 1 to 64 of a-z, 0-9 and "-"');
export const country = reference('country', /^[A-Z]{2}$/, 'must be a country code of two capitals, such as GR');
export const agency = reference('agency', /^[a-z0-9-]{1,64}$/, 'must be the id of an agency, such as klid');
export const person = reference('person', /^[a-z0-9-]{1,64}$/, 'must be the id of a person, such as kim-minji');
/** Somebody who can owe something: `agency/klid` or `person/kim-minji`. */
export const party = reference(
  'party',
  /^(agency|person)\/[a-z0-9-]{1,64}$/,
  'must be agency/ID or person/ID',
) as unknown as z.ZodType<Party, string>;
export const caseId = reference('case', /^[a-z]+\/[a-z0-9-]{1,64}$/, 'must be KIND/ID, such as mou/kr-gr-2017');
/** The id of a case of one kind: `meeting/kr-gr-2`. */
export const caseOf = (kind: string) =>
  reference('case', new RegExp(`^${kind}/[a-z0-9-]{1,64}$`), `must be the id of a ${kind}, such as ${kind}/kr-gr-2017`);
/** A day that exists, from 1945 on, and not an absurd one; how far ahead is a rule of the case. */
export const date = z.iso
  .date({ error: 'must be a day that exists, as YYYY-MM-DD', abort: true })
  .refine((value) => value >= '1945-01-01' && value < '2200-01-01', 'must lie between 1945 and 2199');
/** A day of something that is said to have happened: it has begun where it was. */
export const pastDate = date.meta({ happened: true });
/** A local time of day; the zone belongs to the case. */
export const timeOfDay = z
  .string()
  .regex(/^([01]\d|2[0-3]):[0-5]\d$/, 'must be a time such as 09:30')
  .meta({ timeOfDay: true });
/** A zone of the tz database, or `UTC`, where the clocks are not the host's; whether there is one of this name is looked up. */
export const timeZone = z
  .string()
  .max(64)
  .regex(/^(UTC|[A-Z][A-Za-z_]+(\/[A-Za-z0-9_+-]+)+)$/, 'must be a time zone such as Europe/Belgrade, or UTC');
export const period = z
  .string()
  .regex(/^P(?!$)(\d{1,2}Y)?(\d{1,3}M)?(\d{1,3}W)?(\d{1,4}D)?$/, 'must be a period such as P30D, P6M or P3Y');
export const language = z.string().regex(/^[a-z]{2,3}(-[A-Z][a-z]{3})?$/, 'must be a language code such as ko');
export const count = z.coerce.number().int().min(0).max(100_000);
/** So many working days for something, in the opening of what has it to do. */
export const workingDays = (usually: number, to: string, most = 60) =>
  count.min(1).max(most).default(usually).describe(`working days ${to}`);
export const listOf = <T extends z.ZodType>(item: T) => z.array(item).max(500);

/** What a case keeps of fields as they were given. */
export type Kept<T> = { readonly [K in keyof T]: T[K] extends readonly (infer I)[] ? readonly I[] : T[K] };
/** The same of the fields of a schema. */
export type KeptOf<F extends z.ZodRawShape> = Kept<z.output<z.ZodObject<F>>>;

export type Country = z.output<typeof country>;
export type Agency = z.output<typeof agency>;
export type Person = z.output<typeof person>;
export type Party = `agency/${string}` | `person/${string}`;
export const partyOfAgency = (id: Agency): Party => `agency/${id}`;
export const partyOfPerson = (id: Person): Party => `person/${id}`;
/** What is asked for by an id alone: parties are agencies then, and cases of the kind that is meant. */
export const partyNamed = (id: string): string => (id.includes('/') ? id : partyOfAgency(id));
export const caseNamed = (kind: string, id: string): string => (id.includes('/') ? id : `${kind}/${id}`);
/** Somebody else where a person stands; everybody else stays. */
export const followed = (people: readonly Person[], person: Person, successor: Person): readonly Person[] =>
  people.map((each) => (each === person ? successor : each));
export const followedParty = (who: Party, person: Person, successor: Person): Party =>
  who === partyOfPerson(person) ? partyOfPerson(successor) : who;
