import type { Kysely } from 'kysely';
import { evolve } from '../../domain/case/evolve.ts';
import { sentenceOf } from '../../domain/case/sentence.ts';
import type { CaseState } from '../../domain/case/state.ts';
import { lifecycleOf } from '../../domain/forecast/other-case.ts';
import { readEventsUpTo } from '../register.ts';
import type { Database } from '../schema.ts';

/** A sentence on record, and of which event it is. */
interface Said {
  readonly caseId: string;
  readonly number: number;
  readonly says: string;
}

/** Whether earlier versions have said it, which called due dates, facts and commands by the names that the rules have for them. */
const isByNames = (says: string): boolean =>
  /[Dd]ue date of "|calendars of today: "|It goes on\. "|, due \d{1,2} [A-Z][a-z]{2} \d{4} \(|^Reminder \d+ \(|^Corrected: [^"]*[a-z][A-Z]|^(?:Activity \d+ changed|Changed[^:]*): [^"]*[a-z][A-Z]|\([a-z]+[A-Z][A-Za-z]*\)|did not take "[a-z]+[A-Z]/.test(
    says,
  );

/**
 * What was put on record, in words: what earlier versions have said by names is said anew of the case as it stood then. The
 * record stays as it is.
 */
export async function inWords<Row>(
  db: Kysely<Database>,
  rows: readonly Row[],
  saidIn: (row: Row) => Said,
): Promise<readonly string[]> {
  const said = rows.map(saidIn);
  const latest = new Map<string, number>();
  for (const { caseId, number, says } of said)
    if (isByNames(says)) latest.set(caseId, Math.max(number, latest.get(caseId) ?? 0));
  const anew = new Map<string, string>();
  for (const [caseId, events] of await readEventsUpTo(db, latest)) {
    const wanted = new Set(
      said.filter((each) => each.caseId === caseId && isByNames(each.says)).map((each) => each.number),
    );
    let state: CaseState | undefined;
    for (const event of events)
      state = evolve(lifecycleOf(caseId), state, event, (...told) => {
        if (wanted.has(event.number)) anew.set(`${caseId} ${event.number}`, sentenceOf(...told));
        return [];
      });
  }
  return said.map(({ caseId, number, says }) => anew.get(`${caseId} ${number}`) ?? says);
}
