import { createHmac, randomBytes, timingSafeEqual } from 'node:crypto';
import { html } from 'hono/html';
import { describedFile } from '../client/document-files.ts';
import type { OfferedWay } from '../client/opened-link.ts';
import { isRefusal } from '../domain/refusal.ts';
import type { Field, Table } from './controls.ts';
import type { Html } from './pages.ts';
import { more, rowName } from './rows.ts';
import { NoForm, type Sent, several } from './sent.ts';

/** What the form of a command sends besides its fields. */
/** What the form of a command sends besides the fields of the command. */
export const reservedBy = ({ definition: { confirms }, about }: Omit<TakenWay, 'settled'>): readonly string[] => [
  'secret',
  'sending',
  'command',
  ...(about === undefined ? [] : ['about', 'look', 'sure']),
  ...(confirms === 'code' ? ['code', 'again'] : []),
];

type TakenWay = Pick<OfferedWay, 'definition' | 'settled' | 'about'>;

const longestOpenMs = 7 * 24 * 3_600_000;

/** A form's own name: two that are sent are told apart by it, and one that is sent twice is known again. */
export const newForm = (now = Date.now()): string => `${now.toString(36)}-${randomBytes(6).toString('hex')}`;

/** In milliseconds; not a number for what is no name of a form. */
export const whenMade = (form: string): number =>
  /^[0-9a-z]{6,10}-[0-9a-f]{12}$/.test(form) ? Number.parseInt(form, 36) : Number.NaN;

/**
 * Shows that a form comes from a page that was opened with the token: whoever has not got that cannot make it. Nothing
 * has to be kept for it, so any process can take what another one has shown.
 */
export const secretOf = (token: string, form: string): string =>
  createHmac('sha256', token).update(`form ${form}`).digest('base64url');

/** What every form of ours carries: its own name, and that it was made for whoever has the token. */
export function ownInputs(token: string): Html {
  const form = newForm();
  return html`<input type="hidden" name="secret" value="${secretOf(token, form)}">
<input type="hidden" name="sending" value="${form}">`;
}

/** Whether a form was made for this token, and not too long ago. */
export function isOurs(token: string, form: string, secret: string, now = Date.now()): boolean {
  const [right, given] = [Buffer.from(secretOf(token, form)), Buffer.from(secret)];
  const age = now - whenMade(form);
  return right.length === given.length && timingSafeEqual(right, given) && age >= -60_000 && age < longestOpenMs;
}

export const inputName = ({ name, control }: Pick<Field, 'name' | 'control'>): string =>
  control.as === 'pick' && control.several ? `${name}${several}` : name;

/** The names of the inputs that a form with these fields has, and of its buttons for more rows. */
export const inputNames = (fields: readonly Field[]): readonly string[] =>
  fields.flatMap((field) => {
    const { name, control } = field;
    if (control.as === 'record') return inputNames(within(name, control.fields));
    return control.as === 'table'
      ? [more, ...inputNames(rowsOf(name, control).flatMap((row) => within(row, control.fields)))]
      : [inputName(field)];
  });

const rowsOf = (name: string, { most }: Table): readonly string[] =>
  Array.from({ length: most }, (_, row) => rowName(name, row));

/** The fields of a record, by the names of their inputs. */
export const within = (name: string, fields: readonly Field[]): readonly Field[] =>
  fields.map((field) => ({ ...field, name: `${name}.${field.name}` }));

/**
 * The fields of a command, from what was typed; what was left empty is not there.
 *
 * @throws {@link NoForm} if a field was sent that the form does not have
 */
export function fieldsTyped(
  fields: readonly Field[],
  way: TakenWay,
  typed: ReadonlyMap<string, string>,
  files: Sent['files'] = new Map(),
): Readonly<Record<string, unknown>> {
  return valuesTyped(fields, { settled: way.settled, reserved: reservedBy(way) }, { typed, files });
}

interface Given {
  readonly settled: Readonly<Record<string, unknown>>;
  /** What the form sends besides its fields. */
  readonly reserved: readonly string[];
}

/** As {@link fieldsTyped}, of a form of any other kind. */
export function valuesTyped(
  fields: readonly Field[],
  { settled, reserved }: Given,
  { typed, files }: Sent,
): Readonly<Record<string, unknown>> {
  const known = new Set<string>([...reserved, ...inputNames(fields)]);
  for (const name of [...typed.keys(), ...files.keys()])
    if (!known.has(name)) throw new NoForm('A field was sent that this form does not have.');
  const body: Record<string, unknown> = {};
  for (const field of fields) {
    const value = field.control.as === 'file' ? filesFor(field, files) : valueOf(field, settled, typed);
    if (value !== undefined) body[field.name] = value;
  }
  return { ...Object.fromEntries(Object.entries(settled).filter(([name]) => !isAsked(fields, name))), ...body };
}

/** @throws {@link FileFault} */
function filesFor({ name, control }: Field, files: Sent['files']): unknown {
  const given = (files.get(name) ?? []).map((file) => {
    const document = describedFile(file);
    if (isRefusal(document)) throw new FileFault(name, document.because);
    return document;
  });
  if (given.length === 0) return undefined;
  return control.as === 'file' && control.several ? given : given[0];
}

/** A file that was sent is not what it should be. */
export class FileFault extends Error {
  override readonly name = 'FileFault';
  readonly field: string;
  constructor(field: string, because: string) {
    super(because);
    this.field = field;
  }
}

const isAsked = (fields: readonly Field[], name: string): boolean => fields.some((field) => field.name === name);

function valueOf(
  field: Field,
  settled: Readonly<Record<string, unknown>>,
  typed: ReadonlyMap<string, string>,
): unknown {
  const { name, control } = field;
  if (control.as === 'table') return tableTyped(name, control, settled, typed);
  if (control.as === 'record') {
    const record = recordTyped(name, control.fields, typed);
    return field.required || Object.keys(record).length > 0 ? record : undefined;
  }
  const value = (typed.get(inputName(field)) ?? '').trim();
  if (value === '') return control.as === 'yesNo' && control.isUsual ? false : undefined;
  if (control.as === 'yesNo') return value === 'yes' ? true : value;
  if (control.as === 'number') return numberIn(value);
  if (control.as === 'numbers') return linesIn(value).map(numberIn);
  return control.as === 'lines' || (control.as === 'pick' && control.several) ? linesIn(value) : value;
}

/** What is no number stays text: the rules say what is wrong with it. */
const numberIn = (value: string): number | string => (/^\d{1,9}$/.test(value) ? Number(value) : value);

/** Fields that were left empty are not there. */
const recordTyped = (
  name: string,
  fields: readonly Field[],
  typed: ReadonlyMap<string, string>,
): Readonly<Record<string, unknown>> =>
  Object.fromEntries(
    fields.flatMap((field) => {
      const value = valueOf({ ...field, name: `${name}.${field.name}` }, {}, typed);
      return value === undefined ? [] : [[field.name, value]];
    }),
  );

const linesIn = (value: string): readonly string[] =>
  value
    .split(/\r\n?|\n/)
    .map((line) => line.trim())
    .filter((line) => line !== '');

/** The rows in which something was typed, and as which of the page. */
export const rowsTyped = (
  name: string,
  table: Table,
  typed: ReadonlyMap<string, string>,
): readonly { readonly row: string; readonly value: Readonly<Record<string, unknown>> }[] =>
  rowsOf(name, table)
    .map((row) => ({ row, value: recordTyped(row, table.fields, typed) }))
    .filter(({ value }) => Object.keys(value).length > 0);

/** None at all takes the place of those that there are, and is nothing otherwise. */
function tableTyped(
  name: string,
  table: Table,
  settled: Readonly<Record<string, unknown>>,
  typed: ReadonlyMap<string, string>,
): unknown {
  const [known] = (settled[name] as readonly object[] | undefined) ?? [];
  const rows = rowsTyped(name, table, typed);
  return rows.length === 0 && !table.replaces ? undefined : rows.map(({ value }) => ({ ...value, ...known }));
}

/** What would have to be typed for what is there already. */
export const typedFrom = (
  fields: readonly Field[],
  known: Readonly<Record<string, unknown>>,
): readonly (readonly [name: string, value: string])[] =>
  fields.flatMap((field) => {
    const { name, control } = field;
    const value = known[name.slice(name.lastIndexOf('.') + 1)];
    if (value === undefined) return [];
    if (control.as === 'record') return typedFrom(within(name, control.fields), value as object as typeof known);
    if (control.as === 'table')
      return (value as readonly (typeof known)[]).flatMap((each, row) =>
        typedFrom(within(rowName(name, row), control.fields), each),
      );
    return [[inputName(field), textOf(value)] as const];
  });

function textOf(value: unknown): string {
  if (Array.isArray(value)) return value.map(textOf).join('\n');
  if (typeof value === 'boolean') return value ? 'yes' : '';
  return typeof value === 'string' || typeof value === 'number' ? String(value) : '';
}
