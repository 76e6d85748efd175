import { type CivilDate, plus } from '../../../domain/dates.ts';
import { Dice } from './dice.ts';
import { castOf } from './directory.ts';
import type { Form } from './schedule.ts';

export type Body = { readonly by: string } & Readonly<Record<string, unknown>>;

/** One thing that is done to a case, or two at once. */
export type Step =
  | { readonly do: 'open'; readonly kind: string; readonly fields: Body & { readonly id: string } }
  | { readonly do: 'command'; readonly case: string; readonly name: string; readonly body: Body }
  /** Its clock moves on to what is due next. */
  | { readonly do: 'advance'; readonly case: string }
  /** A command that was answered is given again under its id; `pick` says which, from 0 to 1. */
  | { readonly do: 'repeat'; readonly case: string; readonly pick: number }
  /** Somebody else opens it. */
  | { readonly do: 'await'; readonly case: string }
  /** Nothing of its mail is on its way any more. */
  | { readonly do: 'rest'; readonly case: string }
  | { readonly do: 'together'; readonly steps: readonly Step[] };

export interface Story {
  readonly name: string;
  readonly steps: readonly Step[];
}

/** The same seed gives the same stories; dates count from today, since the cases are live. */
export function storiesOf(form: Form, seed: number, today: CivilDate): Story[] {
  const dice = new Dice(seed ^ 0x5f_37_59);
  const committees = Array.from({ length: form.committees }, (_, index) => `committee-${index + 1}`);
  return [
    ...committees.map((name) => committeeStory(name, form, dice)),
    ...Array.from({ length: form.requests }, (_, index) => requestStory(`request-${index + 1}`, form, dice, today)),
    ...Array.from({ length: form.actions }, (_, index) => {
      const committee = committees.length > 0 && index % 3 === 0 ? dice.one(committees) : undefined;
      return actionStory(`action-${index + 1}`, { form, dice, today, committee });
    }),
  ];
}

/** What can be done to an action whose steps are chosen. */
export interface ChosenAction {
  readonly open: Step;
  readonly accept: Step;
  readonly note: (note: string) => Step;
  readonly reportDone: Step;
  readonly advance: Step;
  readonly rest: Step;
  readonly repeat: (pick: number) => Step;
}

export function chosenAction(name: string, today: CivilDate): ChosenAction {
  const id = `action/${name}`;
  const { owner, coordinator, ownerContact } = castOf(name);
  const command = (name: string, by: string, fields: Record<string, unknown> = {}): Step => ({
    do: 'command',
    case: id,
    name,
    body: { by, ...fields },
  });
  const fields = { ...header(name), topic: 'A portal', owner, due: plus(today, 'P40D'), remindBefore: [] };
  return {
    open: { do: 'open', kind: 'action', fields },
    accept: command('accept', ownerContact),
    note: (note: string) => command('note', coordinator, { note }),
    reportDone: command('reportDone', ownerContact, { evidence: 'It stands.' }),
    advance: { do: 'advance', case: id },
    rest: { do: 'rest', case: id },
    repeat: (pick: number) => ({ do: 'repeat', case: id, pick }),
  };
}

const header = (name: string) => {
  const { coordinator } = castOf(name);
  return { id: name, by: coordinator, title: `The story of ${name}`, countries: ['KR', 'GR'], coordinator };
};

interface Given {
  readonly form: Form;
  readonly dice: Dice;
  readonly today: CivilDate;
  readonly committee: string | undefined;
}

/** A follow-up action: accepted, reported on while its reminders come, extended, and verified by somebody else. */
function actionStory(name: string, { form, dice, today, committee }: Given): Story {
  const id = `action/${name}`;
  const { owner, coordinator, ownerContact } = castOf(name);
  let due = plus(today, `P${dice.between(35, 60)}D`);
  const command = (command: string, by: string, fields: Record<string, unknown> = {}): Step => ({
    do: 'command',
    case: id,
    name: command,
    body: { by, ...fields },
  });
  const report = () => command('report', ownerContact, { report: `So far ${dice.between(1, 99)}` });
  const note = () => command('note', coordinator, { note: `Seen ${dice.between(1, 9999)}` });
  const advance: Step = { do: 'advance', case: id };
  const extend = (): Step => {
    due = plus(due, `P${dice.between(20, 40)}D`);
    return command('extend', coordinator, { to: due, reason: 'It takes longer.' });
  };
  const rounds: readonly (() => readonly Step[])[] = [
    () => [advance, report()],
    () => [advance, note()],
    () => [advance, { do: 'together', steps: [report(), note()] }],
    () => [{ do: 'together', steps: [advance, note()] }],
    () => [extend(), advance],
    () => [command('block', ownerContact, { waitsFor: 'the budget' }), advance, command('unblock', ownerContact)],
    () => [{ do: 'repeat', case: id, pick: dice.roll() }, advance],
  ];
  const fields = {
    ...header(name),
    topic: 'A portal',
    owner,
    due,
    ...(committee ? { committee: `committee/${committee}` } : {}),
  };
  const steps: Step[] = committee ? [{ do: 'await', case: `committee/${committee}` }] : [];
  steps.push({ do: 'open', kind: 'action', fields });
  if (dice.roll() < 0.3) steps.push(advance);
  steps.push(command('accept', ownerContact));
  for (let round = 0; round < form.rounds; round += 1) steps.push(...dice.one(rounds)());
  const done = command('reportDone', ownerContact, { evidence: 'It stands.' });
  const verify = command('verify', coordinator, { evidence: 'Seen.' });
  const end = dice.roll();
  if (end < 0.35) steps.push({ do: 'together', steps: [advance, done] }, verify);
  else if (end < 0.7) steps.push(done, advance, verify);
  else if (end < 0.8) steps.push(command('drop', coordinator, { decision: 'The committee', reason: 'No need.' }));
  else if (end < 0.9) steps.push(command('cancel', coordinator, { reason: 'Entered twice.' }));
  steps.push({ do: 'repeat', case: id, pick: 0 }, { do: 'repeat', case: id, pick: dice.roll() });
  return { name, steps };
}

/** A request that becomes an MOU, which is opened by the request itself and goes on. */
function requestStory(name: string, form: Form, dice: Dice, today: CivilDate): Story {
  const id = `request/${name}`;
  const mou = `mou/${name}`;
  const { owner, partner, coordinator } = castOf(name);
  const command = (of: string, command: string, fields: Record<string, unknown> = {}): Step => ({
    do: 'command',
    case: of,
    name: command,
    body: { by: coordinator, ...fields },
  });
  const asked = { subject: 'E-government', how: 'email', receivedOn: today, requester: `agency/${partner}` };
  const planned = { title: 'MOU', subject: 'E-government', sides: [owner, partner] };
  const steps: Step[] = [
    { do: 'open', kind: 'request', fields: { ...header(name), ...asked, requestingCountry: 'GR' } },
    { do: 'advance', case: id },
    command(id, 'acknowledge'),
    command(id, 'confirmComplete'),
    command(id, 'assign', { lead: owner }),
    command(id, 'consult', { agency: partner }),
    { do: 'advance', case: id },
    command(id, 'planMou', planned),
    { do: 'advance', case: id },
    command(id, 'accept', { reason: 'It is urgent.' }),
    { do: 'repeat', case: id, pick: dice.roll() },
    { do: 'await', case: mou },
    command(mou, 'takeUp', { drafter: owner }),
  ];
  for (let round = 0; round < form.rounds; round += 1)
    steps.push(
      dice.roll() < 0.6 ? { do: 'advance', case: mou } : command(mou, 'note', { note: `Round ${round + 1}` }),
      ...(dice.roll() < 0.3 ? [{ do: 'repeat', case: mou, pick: dice.roll() } as const] : []),
    );
  return { name, steps };
}

/** A committee, which many actions report to while its members change. */
function committeeStory(name: string, form: Form, dice: Dice): Story {
  const id = `committee/${name}`;
  const { owner, partner, coordinator, ownerContact, partnerContact } = castOf(name);
  const sides = [owner, partner];
  const people = [ownerContact, partnerContact];
  const fields = { ...header(name), mou: `mou/${name}`, sides, coChairs: people, secretaries: people };
  const steps: Step[] = [
    { do: 'open', kind: 'mou', fields: { ...header(name), subject: 'E-government', sides, jointCommittee: true } },
    { do: 'open', kind: 'committee', fields },
  ];
  for (let round = 0; round < form.rounds * 2; round += 1)
    steps.push(
      { do: 'command', case: id, name: 'note', body: { by: coordinator, note: `Round ${round + 1}` } },
      ...(dice.roll() < 0.4 ? [{ do: 'repeat', case: id, pick: dice.roll() } as const] : []),
    );
  return { name, steps };
}
