import type { Finding, Ledgers } from './ledgers.ts';
import { grouped, lateness } from './oracle.ts';

/** How much a run was, whatever came of it. */
export interface Figures {
  readonly cases: number;
  readonly commands: number;
  readonly mails: number;
  readonly kills: number;
  readonly dueDatesWhileDown: number;
}

export function figuresOf(ledgers: Ledgers): Figures {
  const { driver, relay, register, outages } = ledgers;
  const answered = driver.filter(({ what }) => what === 'answered');
  const whileDown = driver.filter((entry) => entry.what === 'reached' && entry.isDown);
  return {
    cases: register.cases.length,
    commands: new Set(answered.map((entry) => ('id' in entry ? entry.id : ''))).size,
    mails: relay.filter(({ accepted }) => accepted).length,
    kills: outages.filter(({ of }) => ['worker', 'temporal', 'postgres'].includes(of)).length,
    dueDatesWhileDown: whileDown.length,
  };
}

/** The one line that says it all. */
export function lineOf(ledgers: Ledgers, findings: readonly Finding[], run: { seed: number; ms: number }): string {
  const { cases, commands, mails, kills, dueDatesWhileDown } = figuresOf(ledgers);
  const { driver, register, histories, outages } = ledgers;
  const killed = grouped(outages, ({ of }) => of);
  const count = (of: string): number => killed.get(of)?.length ?? 0;
  const answers = driver.filter(({ what }) => what === 'answered').length;
  const unheard = driver.filter(({ what }) => what === 'failed').length;
  const inDoubt = register.messages.filter(({ state }) => state === 'inDoubt').length;
  const renewed = histories.reduce((sum, { runs }) => sum + runs - 1, 0);
  const latest = lateness(ledgers).reduce((most, { calmMs }) => Math.max(most, calmMs), 0);
  const found = (['lost', 'doubled', 'stuck', 'late', 'wrong'] as const)
    .map((kind) => `${findings.filter((finding) => finding.kind === kind).length} ${kind}`)
    .join(', ');
  return [
    `seed ${run.seed}: ${cases} cases, ${commands} commands (${answers} answers, ${unheard} attempts unheard), ${mails} mails`,
    `${kills} kills (${count('worker')} worker, ${count('temporal')} Temporal, ${count('postgres')} Postgres), ${count('a frozen worker')} freeze, ${dueDatesWhileDown} due dates with all workers down, ${renewed} renewals`,
    `latest due date ${(latest / 1000).toFixed(1)} s after recovery, ${inDoubt} mails in doubt`,
    found,
    `${Math.round(run.ms / 1000)} s`,
  ].join('; ');
}
