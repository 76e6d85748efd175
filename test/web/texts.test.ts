import { describe, expect, it } from 'vitest';
import { answersOf } from '../../domain/case/answers.ts';
import { bodyOf, commandsOf } from '../../domain/case/command.ts';
import { lifecycles } from '../../domain/kinds.ts';
import type { Deadline } from '../../domain/ladder.ts';
import type { Lifecycle } from '../../domain/lifecycle.ts';
import { fieldsOf } from '../../web/controls.ts';
import { fieldsTyped, inputNames } from '../../web/form.ts';
import { languages, preferredLanguage, textsIn, wordsFor } from '../../web/texts.ts';

/** Every command that answers something, with the fields that a deadline of its kind settles. */
const ways = Object.values(lifecycles as Readonly<Record<string, Lifecycle>>).flatMap((lifecycle) =>
  [...Object.keys(lifecycle.answers ?? {}), 'extension'].flatMap((what) =>
    Object.entries(answersOf(lifecycle, what) ?? {}).map(([command, settledBy]) => {
      const facts = { leg: 1, agencyId: 'klid', preparation: 'Itinerary', deadline: 'complete' };
      const deadline = { name: `${what}:${itemOf(command)}`, owedBy: 'agency/klid', facts };
      const definition = commandsOf(lifecycle)[command];
      const settled = settledBy(deadline as unknown as Deadline);
      return { name: `${lifecycle.kind}.${what}: ${command}`, lifecycle, command, definition, settled };
    }),
  ),
);

function itemOf(command: string): string {
  if (command === 'nominate' || command === 'declineInvitation') return 'RO';
  return command === 'receiveMaterials' ? '2' : 'klid';
}

const sample: Readonly<Record<string, string>> = {
  date: '2027-03-01',
  number: '40',
  yesNo: 'yes',
  agency: 'mois',
  line: 'One line',
  text: 'Several\nlines',
  lines: 'one\ntwo',
};

describe('the words of the pages', () => {
  it.each(languages)('are there in %s for all that there is in English', (code) => {
    const { say: _, code: __, ...texts } = textsIn(code);
    const { say: ___, code: ____, ...english } = textsIn('en');
    const keys = (value: unknown): unknown =>
      typeof value === 'object' && value !== null
        ? Object.fromEntries(Object.entries(value).map(([key, each]) => [key, keys(each)]))
        : typeof value;
    expect(keys(texts)).toEqual(keys(english));
  });

  it('follow the browser where nobody is known', () => {
    expect(preferredLanguage('ko-KR,ko;q=0.9,en;q=0.8')).toBe('ko');
    expect(preferredLanguage('fr, el;q=0.4')).toBe('el');
    expect(preferredLanguage('fr')).toBe('en');
    expect(preferredLanguage()).toBe('en');
  });
});

describe('what answers a deadline', () => {
  it.each(ways)('$name: is a command that can be filled in on a page, and is in words', (way) => {
    const { lifecycle, command, definition, settled } = way;
    if (!definition) throw new Error(`${lifecycle.kind} has no command ${command}.`);
    const texts = textsIn('en');
    const words = wordsFor(texts, lifecycle.kind, command);
    if (!words) throw new Error(`${lifecycle.kind}.${command} has no words in web/texts.`);
    const fields = fieldsOf({ command, definition, settled }, words, texts);
    const typed = new Map(
      inputNames(fields).flatMap((name): [string, string][] => {
        const field = fields.find((each) => each.name === name);
        if (!field) return name.includes('.0.') ? [[name, 'Ana Ionescu']] : [];
        const { control } = field;
        return [[name, control.as === 'choice' ? (control.options[0] ?? '') : (sample[control.as] ?? '')]];
      }),
    );
    const body = { ...fieldsTyped(fields, { definition, settled }, typed), by: 'park' };
    expect(bodyOf(definition).safeParse(body)).toMatchObject({ success: true });
  });

  it('is never anything that binds a state or is the second pair of eyes without saying so', () => {
    const binding = ways.filter(({ definition }) => definition?.confirms === 'code').map(({ name }) => name);
    expect(binding).toEqual(['action.verify: verify', 'meeting.sign: signMinutes', 'mou.proposal: abandon']);
  });
});
