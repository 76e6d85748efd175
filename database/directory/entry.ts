import { z } from 'zod';
import { zoneSpelled } from '../../calendars/zones.ts';
import { inWords } from '../../domain/case/faults.ts';
import { serviceRoleNames } from '../../domain/service-role.ts';
import { rolePattern } from './role-pattern.ts';
import { agency, country, language, line, person } from '../../domain/fields.ts';

/** One entry as somebody wrote it, and where, so that a fault can be found again. */
export interface Entry {
  readonly fields: Readonly<Record<string, unknown>>;
  readonly file: string;
  readonly line: number;
  /** Lines of single fields, where they are known. */
  readonly lines?: Readonly<Record<string, number>>;
}

/** Countries, agencies and people to be imported. What it does not name stays as it is. */
export interface Directory {
  readonly countries: readonly Entry[];
  readonly agencies: readonly Entry[];
  readonly people: readonly Entry[];
}

export type Table = keyof Directory;

export interface FileFault {
  readonly file: string;
  readonly line: number;
  /** From 1, where it is known. */
  readonly column?: number;
  readonly because: string;
}

const languageNames = new Intl.DisplayNames('en', { type: 'language', fallback: 'none' });

const zone = line.transform((name, context) => {
  const spelled = zoneSpelled(name);
  if (spelled !== undefined) return spelled;
  context.addIssue({ code: 'custom', message: 'is no time zone; name one such as Asia/Seoul' });
  return z.NEVER;
});
const knownLanguage = language.refine(
  (code) => languageNames.of(code) !== undefined,
  'is no language; name one such as ko',
);

const addressPattern =
  /^[A-Za-z0-9.!#$%&'*+/=?^_`{|}~-]{1,64}@(?=.{4,253}$)([A-Za-z0-9]([A-Za-z0-9-]{0,61}[A-Za-z0-9])?\.)+[A-Za-z][A-Za-z0-9-]*[A-Za-z0-9]$/;

function addressFault(value: string): string | undefined {
  if (/[\p{Cc}\u2028\u2029]/u.test(value)) return 'has a line break or another control character in it';
  if (/[,;]|\s/.test(value) || value.split('@').length > 2)
    return 'must be one address alone, such as office@example.org, without a name and without a second address';
  const dots = /^\.|\.\.|\.@/.test(value);
  return dots || !addressPattern.test(value) ? 'is no mail address; it looks like office@example.org' : undefined;
}

/** One mail address and nothing else: what goes into a header must not be able to add another. */
export const address = z.string().superRefine((value, context) => {
  const fault = addressFault(value);
  if (fault) context.addIssue({ code: 'custom', message: fault });
});

const mostAddresses = 10;

/** In the order in which they are tried. */
const addresses = z
  .array(address, 'must be a list of addresses, such as [office@example.org, desk@example.org]')
  .refine((list) => list.length > 0, 'is empty; leave it out, or name an address')
  .refine((list) => list.length <= mostAddresses, `holds more than ${mostAddresses} addresses`)
  .refine((list) => new Set(list.map((each) => each.toLowerCase())).size === list.length, 'names an address twice');

/** `09:00-18:00`, in the zone of the person. */
const hours = z.string().transform((value, context) => {
  const [, from = '', until = ''] =
    /^((?:[01]\d|2[0-3]):[0-5]\d)\s*[-–]\s*((?:[01]\d|2[0-3]):[0-5]\d)$/.exec(value) ?? [];
  if (from < until) return { from, until };
  const message = from
    ? 'end before they begin; the first time must be the earlier one'
    : 'must be two times of day with two digits each, such as 09:00-18:00';
  context.addIssue({ code: 'custom', message });
  return z.NEVER;
});

/** As YAML has it, or as it is written in a sheet. */
const yesOrNo = z.union([z.boolean(), z.enum(['true', 'false']).transform((value) => value === 'true')], {
  error: 'must be true or false',
});

export const schemas = {
  countries: z.strictObject({ code: country, name: line, zone, language: knownLanguage }),
  agencies: z.strictObject({
    id: agency,
    country,
    name: line,
    email: address.optional(),
    contact: person.optional(),
  }),
  people: z.strictObject({
    id: person,
    name: line,
    email: address.optional(),
    addresses: addresses.optional(),
    agency,
    office: line.optional(),
    language: knownLanguage.optional(),
    zone: zone.optional(),
    hours: hours.optional(),
    superior: person.optional(),
    terminal: yesOrNo.optional(),
    roles: z
      .array(
        z.string().regex(rolePattern, `must be ${serviceRoleNames.join(', ')}, with @AGENCY if it is not their own`),
        'must be a list of roles, such as [coordinator, operator]',
      )
      .max(20, 'holds more than 20 roles')
      .optional(),
  }),
} as const;

export type CountryEntry = z.output<typeof schemas.countries>;
export type AgencyEntry = z.output<typeof schemas.agencies>;
export type PersonEntry = z.output<typeof schemas.people>;

/** Every address of somebody, first the one that is tried first. `email` is the first, where both are given. */
export const addressesOf = ({
  email,
  addresses: several,
}: Pick<PersonEntry, 'email' | 'addresses'>): readonly string[] => several ?? (email ? [email] : []);

/** An entry that is right in itself. */
export interface Parsed<T> {
  readonly entry: Entry;
  readonly value: T;
}

export const faultIn = ({ file, line, lines }: Entry, field: string | undefined, because: string): FileFault => ({
  file,
  line: (field && lines?.[field.split('.')[0] ?? field]) || line,
  because: field ? `${field}: ${because}` : because,
});

/** Takes apart what is right in itself and what is not. */
export function parseEntries<T>(
  schema: z.ZodType<T>,
  entries: readonly Entry[],
): { parsed: Parsed<T>[]; faults: FileFault[] } {
  const parsed: Parsed<T>[] = [];
  const faults: FileFault[] = [];
  for (const entry of entries) {
    const result = schema.safeParse(entry.fields, { error: inWords });
    if (result.success) parsed.push({ entry, value: result.data });
    else
      faults.push(
        ...result.error.issues.map(({ path, message }) =>
          faultIn(entry, path.map(String).join('.') || undefined, message),
        ),
      );
  }
  return { parsed, faults };
}

export const tables = ['countries', 'agencies', 'people'] as const satisfies readonly Table[];

/** The fields of a table's entries: what a CSV file's first line may name, and what it must. */
export function columnsOf(table: Table): { all: readonly string[]; required: readonly string[] } {
  const shape: Readonly<Record<string, z.ZodType>> = schemas[table].shape;
  const all = Object.keys(shape);
  return { all, required: all.filter((name) => !shape[name]?.safeParse(undefined).success) };
}
