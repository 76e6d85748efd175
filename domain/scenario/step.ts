import type { Instant } from '../dates.ts';

/**
 * A case by its id, or by what it will be: the first that another one opens (`committee of mou/kr-ro-2026`), the second
 * (`meeting 2 of …`), or each (`every meeting of …`).
 */
export type CaseNamed =
  | { readonly id: string }
  | { readonly kind: string; readonly nth: number | 'every'; readonly of: CaseNamed };

/** So many days after it is asked, or from the day on which it is due; below 0: before. */
export interface Relative {
  readonly from: 'asked' | 'due';
  readonly days: number;
  readonly unit: 'days' | 'workingDays';
  /** Whenever it is asked; else only the first time. */
  readonly eachTime: boolean;
}

export type When = { readonly at: Instant } | Relative;

/** Who does what when. */
export interface ScenarioStep {
  /** Which of its scenario it is, from 0. */
  readonly index: number;
  /** For sentences: `a.yaml, line 3`. */
  readonly stands: string;
  readonly case: CaseNamed;
  readonly do: string;
  readonly as: string;
  readonly with: Readonly<Record<string, unknown>>;
  readonly when: When;
  /** Which deadline is answered: `WHAT` or `WHAT:ITEM`. Absent: any that the command answers. */
  readonly answers?: string;
}

export const caseInWords = (named: CaseNamed): string => {
  if ('id' in named) return named.id;
  const { kind, nth, of } = named;
  const which = nth === 'every' ? `every ${kind}` : nth === 1 ? kind : `${kind} ${nth}`;
  return `${which} of ${caseInWords(of)}`;
};

const caseIdForm = /^[a-z]+\/[a-z0-9-]+$/;

/** @returns undefined where it is neither */
export function caseNamed(text: string): CaseNamed | undefined {
  if (caseIdForm.test(text)) return { id: text };
  const [, every, kind, number, rest = ''] = /^(every )?([a-z]+)(?: ([1-9]\d{0,2}))? of (.+)$/.exec(text) ?? [];
  const of = kind === undefined || (every && number) ? undefined : caseNamed(rest);
  return kind && of ? { kind, nth: every ? 'every' : Number(number ?? 1), of } : undefined;
}

/** The id that all else hangs on. */
export const rootOf = (named: CaseNamed): string => ('id' in named ? named.id : rootOf(named.of));

const counts = /^(?:(a|\d{1,4}) (working )?days? )(after it is asked|late|early)$/;

/** `on time`, `3 working days after it is asked`, `a day late`, `2 days early`, each with `each time, ` before it; undefined where it is none. */
export function relativeTime(text: string): Relative | undefined {
  const eachTime = text.startsWith('each time, ');
  const said = eachTime ? text.slice('each time, '.length) : text;
  if (said === 'on time') return { from: 'due', days: 0, unit: 'days', eachTime };
  const [, count, working, how] = counts.exec(said) ?? [];
  if (count === undefined) return undefined;
  const days = count === 'a' ? 1 : Number(count);
  const unit = working ? 'workingDays' : 'days';
  if (how === 'after it is asked') return { from: 'asked', days, unit, eachTime };
  return { from: 'due', days: how === 'early' ? -days : days, unit, eachTime };
}

/** The id of the command that opens a case at the beginning. */
export const openingId = (caseId: string): string => `open-${caseId.replace('/', '-')}`;
