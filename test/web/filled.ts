import type { Field } from '../../web/controls.ts';
import { inputName, within } from '../../web/form.ts';
import { rowName } from '../../web/rows.ts';

const sample: Readonly<Record<string, string>> = {
  date: '2027-03-01',
  time: '10:00',
  number: '40',
  yesNo: 'yes',
  line: 'One line',
  text: 'Several\nlines',
  lines: 'one\ntwo',
};

const picked: Readonly<Record<string, readonly string[]>> = {
  coordinator: ['kim'],
  agency: ['mois', 'klid'],
  person: ['park', 'kim'],
  party: ['agency/klid'],
  country: ['GR', 'KR'],
  deadline: ['accept:klid'],
  message: ['a/b/c'],
  nominee: ['ro-ana-ionescu'],
};

/** What somebody may type into a field; the rules of some ask for more than a line. */
const typedInto = ({ name, control, label }: Field): string => {
  const [example] = /[a-z]+\/(?:kr-)?gr-?[-\d]*/.exec(label) ?? [];
  if (example) return example;
  if (control.as === 'choice') return control.options[0] ?? '';
  if (control.as === 'pick') return (picked[control.of] ?? []).slice(0, control.several ? 2 : 1).join('\n');
  if (control.as === 'numbers') return '30\n7';
  return special.find(([names]) => names.test(name))?.[1] ?? sample[control.as] ?? '';
};
const special: readonly (readonly [RegExp, string])[] = [
  [/^(duration|renewalFor|notice|frequency|for|later|period)$|(^|\.)before$|(Before|Within|After)$/, 'P6M'],
  [/^right\.legZone$/, '1: Europe/Athens'],
  [/^right\.leg(Time|EndsAt)$/, '1: 10:00'],
  [/(^|\.)zone$/, 'Europe/Athens'],
  [/(^|\.)(id|mou|visit|workshop|committee|respondent)$/, 'kr-gr'],
  [/(^|\.)(hostsAt|onDay)/, '2'],
  [/^(year|programmeSince|sinceYear)$/, '2027'],
  [/(^|\.)(time|endsAt|startsAt)$/, '10:00'],
  [/(^|\.)languages?$/, 'ko'],
  [/^prevailingLanguage$/, 'en'],
  [/(^|\.)(\w+On|dated|since|due)$/, '2027-03-01'],
];

/** Everything typed into the form of a command or an opening: of a table two rows, with one left empty between them. */
export const filled = (fields: readonly Field[]): ReadonlyMap<string, string> =>
  new Map(
    fields.flatMap((field): [string, string][] => {
      const { name, control } = field;
      if (control.as === 'record') return [...filled(within(name, control.fields))];
      if (control.as === 'table')
        return [0, 2].flatMap((row) =>
          [...filled(within(rowName(name, row), control.fields))].map(([each, value]) => [
            each,
            inRow(each, value, row),
          ]),
        );
      return control.as === 'file' ? [] : [[inputName(field), typedInto(field)]];
    }),
  );

/** A name of a person is one; what rows are told apart by is another in each. */
function inRow(name: string, value: string, row: number): string {
  if (value === sample['line']) return 'Ana Ionescu';
  return /\.(id|respondent)$/.test(name) ? `${value}-${row}` : value;
}
