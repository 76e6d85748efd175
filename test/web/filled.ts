import type { Field } from '../../web/controls.ts';
import { inputName, within } from '../../web/form.ts';

const sample: Readonly<Record<string, string>> = {
  date: '2027-03-01',
  time: '10:00',
  number: '40',
  yesNo: 'yes',
  line: 'One line',
  text: 'Several\nlines',
  lines: 'one\ntwo',
  numbers: '1\n2',
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
  const [example] = /[a-z]+\/kr-gr[-\d]*/.exec(label) ?? [];
  if (example) return example;
  if (control.as === 'choice') return control.options[0] ?? '';
  if (control.as === 'pick') return (picked[control.of] ?? []).slice(0, control.several ? 2 : 1).join('\n');
  return special.find(([names]) => names.test(name))?.[1] ?? sample[control.as] ?? '';
};
const special: readonly (readonly [RegExp, string])[] = [
  [/^(duration|renewalFor|notice|frequency|for|later|before|opensBefore)$/, 'P6M'],
  [/^right\.legZone$/, '1: Europe/Athens'],
  [/^right\.leg(Time|EndsAt)$/, '1: 10:00'],
  [/(^|\.)zone$/, 'Europe/Athens'],
  [/^(id|mou|visit|workshop|committee|respondent)$/, 'kr-gr'],
  [/^hostsAt/, '2'],
  [/^(year|programmeSince|sinceYear)$/, '2027'],
  [/(^|\.)(time|endsAt|startsAt)$/, '10:00'],
  [/^languages?$/, 'ko'],
  [/^prevailingLanguage$/, 'en'],
  [/(^|\.)(\w+On|dated|since|due)$/, '2027-03-01'],
];

/** Everything typed into the form of a command or an opening. */
export const filled = (fields: readonly Field[]): ReadonlyMap<string, string> => {
  const all = fields.flatMap((field) => {
    const { name, control } = field;
    if (control.as === 'record') return within(name, control.fields);
    return control.as === 'nominees' ? within(`${name}.0`, control.fields) : [field];
  });
  return new Map(
    all.filter(({ control }) => control.as !== 'file').map((field) => [inputName(field), nomineeOr(field)] as const),
  );
};
const nomineeOr = (field: Field): string =>
  field.name.includes('.0.') && field.control.as === 'line' ? 'Ana Ionescu' : typedInto(field);
