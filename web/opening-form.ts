import { html } from 'hono/html';
import type { z } from 'zod';
import { openingSchema } from '../domain/case/opening.ts';
import type { Lifecycle } from '../domain/lifecycle.ts';
import { refersTo } from '../domain/references.ts';
import type { Choices, Source } from './choices.ts';
import { type Control, controlOf, type Field, isRequired } from './controls.ts';
import { ownInputs } from './form.ts';
import { fieldOf, pressedByEnter, type Problems, suggestionsOf } from './field-view.ts';
import { factIn } from './labels.ts';
import type { Html } from './pages.ts';
import { more } from './rows.ts';
import type { Texts } from './texts.ts';

/** What a form that opens a case sends besides its fields. */
export const reservedOfOpening = ['secret', 'sending', 'look', 'sure'] as const;

/** The fields in which a case of a kind is opened on a page. */
export function openingFields(lifecycle: Lifecycle, texts: Texts): readonly Field[] {
  const shape = openingSchema(lifecycle).shape as Record<string, z.ZodType>;
  return Object.entries(shape)
    .filter(([name]) => name !== 'by')
    .map(([name, schema]) => ({
      name,
      label: labelIn(texts, lifecycle.kind, name),
      required: isRequired(schema),
      control: name === 'coordinator' ? pick : asOpened(controlOf(schema, name, texts), schema),
    }));
}

const pick = { as: 'pick', several: false, of: 'coordinator' } as const;

/** Nothing is there yet: no rows to be replaced, and neither a nominee nor a due date nor a letter to choose. */
function asOpened(control: Control, schema: z.ZodType): Control {
  if (control.as === 'table') return { ...control, replaces: false };
  if (control.as !== 'pick') return control;
  return control.several || refersTo(schema) !== undefined ? { ...control, inOrder: control.several } : { as: 'line' };
}

/** How a field of an opening is called: in its kind, in openings, in commands, or as what is known then. */
function labelIn(texts: Texts, kind: string, name: string): string {
  const { commands, fields } = texts;
  const own = commands[`${kind}.open`]?.fields[name] ?? commands['case.open']?.fields[name];
  return own ?? fields[name] ?? factIn(texts, name);
}

interface Sight {
  readonly texts: Texts;
  readonly choices: Choices;
  /** Of the session. */
  readonly secret: string;
}

/** The form: what is needed, what may be known besides, and a look before the button. */
export function openingForm(
  { texts, choices, secret }: Sight,
  lifecycle: Lifecycle,
  problems: Problems | undefined,
): Html {
  const fields = openingFields(lifecycle, texts);
  const place = { sight: { texts, choices }, command: 'open', problems, known: usual(fields) };
  const isGiven = (field: Field): boolean => problems !== undefined && isAbout(problems, field);
  const [needed, besides] = [fields.filter(({ required }) => required), fields.filter(({ required }) => !required)];
  return html`<form method="post" action="/open/${lifecycle.kind}" class="plain" autocomplete="off" novalidate>
${pressedByEnter(fields, !problems?.isSure)}
${ownInputs(secret)}
${listedIn(fields).map((of) => suggestionsOf(choices, of))}
${needed.map((field) => fieldOf(place, field))}
<details ${besides.some(isGiven) ? 'open' : ''}><summary>${texts.say('openBesides')}</summary>
<div class="within">${besides.map((field) => fieldOf(place, field))}</div>
</details>
${problems?.isSure ? html`<input type="hidden" name="sure" value="yes"><button type="submit">${texts.say('openButton')}</button>` : ''}
<button type="submit" name="look" value="yes"${problems?.isSure ? html` class="second"` : ''}>${texts.say('look')}</button>
</form>`;
}

/** What is meant unless somebody says otherwise. */
const usual = (fields: readonly Field[]): ReadonlyMap<string, string> =>
  new Map(fields.flatMap(({ name, control }) => (control.as === 'yesNo' && control.isUsual ? [[name, 'yes']] : [])));

/** Whether something was typed into a field, asked for, or is wrong. */
function isAbout({ typed, faults }: Problems, { name }: Field): boolean {
  const isOf = (each: string): boolean => each === name || each.startsWith(`${name}.`) || each.startsWith(`${name}[`);
  return (
    typed.get(more) === name ||
    [...typed].some(([each, value]) => value !== '' && isOf(each)) ||
    [...faults.keys()].some(isOf)
  );
}

/** Of which sources something is typed. */
const listedIn = (fields: readonly Field[]): readonly Source[] => [
  ...new Set(fields.flatMap(({ control }) => (control.as === 'pick' && control.inOrder ? control.of : []))),
];
