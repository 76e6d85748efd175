import { html } from 'hono/html';
import type { z } from 'zod';
import { openingSchema } from '../domain/case/opening.ts';
import type { Lifecycle } from '../domain/lifecycle.ts';
import { refersTo } from '../domain/references.ts';
import type { Choices, Source } from './choices.ts';
import { controlOf, type Field, isRequired, isTable } from './controls.ts';
import { ownInputs } from './form.ts';
import { fieldOf, type Problems, suggestionsOf } from './form-view.ts';
import { factIn } from './labels.ts';
import type { Html } from './pages.ts';
import type { Texts } from './texts.ts';

/** What a form that opens a case sends besides its fields. */
export const reservedOfOpening = ['secret', 'form', 'look', 'sure'] as const;

/** The fields in which a case of a kind is opened on a page; what is a table comes in files. */
export function openingFields(lifecycle: Lifecycle, texts: Texts): readonly Field[] {
  const shape = openingSchema(lifecycle).shape as Record<string, z.ZodType>;
  return Object.entries(shape)
    .filter(([name, schema]) => name !== 'by' && name !== 'intended' && !isTable(schema))
    .map(([name, schema]) => {
      const control = controlOf(schema, name, texts);
      const label = labelIn(texts, lifecycle.kind, name);
      const required = isRequired(schema);
      if (name === 'coordinator') return { name, label, required, control: { ...pick, of: 'coordinator' } as const };
      // A nominee, a due date and a letter are there once the case is.
      if (control.as === 'pick' && refersTo(schema) === undefined && !control.several)
        return { name, label, required, control: { as: 'line' } as const };
      return {
        name,
        label,
        required,
        control: control.as === 'pick' ? { ...control, inOrder: control.several } : control,
      };
    });
}

const pick = { as: 'pick', several: false } as const;

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
  const place = { sight: { texts, choices }, command: 'open', problems };
  const isGiven = ({ name }: Field): boolean =>
    Boolean(problems?.typed.get(name)) ||
    Boolean(problems?.typed.get(`${name}[]`)) ||
    problems?.faults.has(name) === true;
  const [needed, besides] = [fields.filter(({ required }) => required), fields.filter(({ required }) => !required)];
  return html`<form method="post" action="/open/${lifecycle.kind}" class="plain" autocomplete="off" novalidate>
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

/** Of which sources something is typed. */
const listedIn = (fields: readonly Field[]): readonly Source[] => [
  ...new Set(fields.flatMap(({ control }) => (control.as === 'pick' && control.inOrder ? control.of : []))),
];
