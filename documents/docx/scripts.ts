import type { Country } from '../../domain/fields.ts';

/** Letters of one script, and the language that a word processor checks them in; without one it leaves them alone. */
export interface Stretch {
  readonly text: string;
  readonly language?: string | undefined;
  readonly font?: string | undefined;
  readonly foreign: boolean;
}

/** Fonts that come with every word processor; each is replaced by one of its kind where it is not there. */
export const fonts = {
  /** Latin with the commas below of Romanian, Greek, Cyrillic. */
  latin: 'Arial',
  hangul: 'Malgun Gothic',
  /** Armenian and Georgian, which Arial lacks. */
  caucasian: 'Sylfaen',
} as const;

const others = [
  { script: 'Greek', languageIn: () => 'el-GR' },
  { script: 'Cyrillic', languageIn: cyrillicIn },
  { script: 'Armenian', languageIn: () => 'hy-AM', font: fonts.caucasian },
  { script: 'Georgian', languageIn: () => 'ka-GE', font: fonts.caucasian },
] as const;

const cyrillic: Readonly<Record<Country, string>> = {
  BG: 'bg-BG',
  MK: 'mk-MK',
  RS: 'sr-Cyrl-RS',
  RU: 'ru-RU',
  UA: 'uk-UA',
};

/** Five of the region's languages are written in it: only one country of them tells which it is. */
function cyrillicIn(countries: readonly Country[]): string | undefined {
  const [language, another] = countries.flatMap((code) => cyrillic[code] ?? []);
  return another ? undefined : language;
}

/** Words of one script with what stands between them. */
const ofScript = (script: string): string => `\\p{Script=${script}}+(?:[\\s\\p{P}\\p{M}]*\\p{Script=${script}}+)*`;
const anyOther = new RegExp(`(${others.map(({ script }) => ofScript(script)).join('|')})`, 'u');

/** A text in stretches of one script each. Hangul stays with Latin: word processors tell those two apart themselves. */
export const stretchesOf = (text: string, countries: readonly Country[]): readonly Stretch[] =>
  text
    .split(anyOther)
    .filter((part) => part !== '')
    .map((part) => {
      const other = others.find(({ script }) => new RegExp(`^\\p{Script=${script}}`, 'u').test(part));
      if (!other) return { text: part, foreign: false };
      return {
        text: part,
        foreign: true,
        language: other.languageIn(countries),
        ...('font' in other ? { font: other.font } : {}),
      };
    });

const locales: Readonly<Record<string, string>> = { en: 'en-GB', ko: 'ko-KR', el: 'el-GR', ro: 'ro-RO' };

/** What Word calls a language: `en-GB` for `en`. */
export const localeOf = (language: string): string => locales[language] ?? language;
