import { MockActivityEnvironment } from '@temporalio/testing';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { recordActivities, type RecordInput, type RecordOutcome } from '../../activities/record.ts';
import { readEvents } from '../../database/register.ts';
import { decide } from '../../domain/case/command.ts';
import { dueEvents, nextDue } from '../../domain/case/due.ts';
import { fold } from '../../domain/case/evolve.ts';
import { kindOf } from '../../domain/case/opening.ts';
import type { CaseEvent, CaseState } from '../../domain/case/state.ts';
import { type Kind, lifecycles } from '../../domain/kinds.ts';
import { millisecondsOf } from '../../domain/dates.ts';
import { isRefusal } from '../../domain/refusal.ts';
import { rulesOfToday } from '../../domain/rules-version.ts';
import { skip, workflowNow } from '../../stack/time-skipping.ts';
import { catchUpUpdate, engineQuery, taskQueue, viewQuery } from '../../workflows/messages.ts';
import { holdMail, paced } from '../held.ts';
import { takenFromRegister } from '../register-behind.ts';
import { startWorld, type World } from '../world.ts';
import { anAction } from './openings.ts';

/**
 * The register leads. What an attempt has put on record that the case knows nothing of (its worker died, froze or was
 * overtaken before its workflow task completed) is written here as that attempt would: by `record` itself, beside the case.
 */
let world: World;
beforeAll(async () => {
  world = await startWorld('2018-10-01T01:00:00.000Z', { env: paced });
});
afterAll(() => world.stop());

const header = { by: 'kim' };
const stateOf = async (id: string): Promise<CaseState> =>
  fold(lifecycles[kindOf(id) as Kind], await readEvents(world.db, id));
const typesOf = async (id: string) => (await readEvents(world.db, id)).map(({ type }) => type);
const rulesOf = (id: string) =>
  world.db.selectFrom('events').select(['type', 'rules']).where('case_id', '=', id).orderBy('number').execute();
const viewOf = (id: string) => world.client.workflow.getHandle(id).query(viewQuery);

/** A transition by an attempt of which the case never hears. */
const recordUnheard = (input: Omit<RecordInput, 'kind'> & { readonly kind?: string }): Promise<RecordOutcome> =>
  new MockActivityEnvironment().run(recordActivities({ db: world.db, unproved: 'anybody' }).record, {
    kind: 'action',
    played: true,
    ...input,
  });

async function commandUnheard(
  id: string,
  name: string,
  body: unknown,
  commandId: string,
  known?: CaseState,
): Promise<RecordOutcome> {
  const before = known ?? (await stateOf(id));
  const command = { id: commandId, name, body };
  const events = decide(lifecycles.action, before, command, world.player.at);
  if (isRefusal(events)) throw new Error(events.because);
  return recordUnheard({ before, events, command, now: world.player.at });
}

async function opened(slug: string, change: Record<string, unknown> = {}): Promise<string> {
  await world.player.open('action', anAction(slug, change), `open-${slug}`);
  await world.player.settled();
  return `action/${slug}`;
}

describe('a case that is behind the register', () => {
  it('answers a command that is on record already as it was answered, and goes on', async () => {
    const id = await opened('same-command');
    const recorded = await commandUnheard(id, 'accept', { by: 'park' }, 'accept-1');
    expect(recorded.outcome).toBe('recorded');
    const answer = await world.player.command(id, 'accept', { by: 'park' }, 'accept-1');
    expect(recorded).toMatchObject({ answer });
    await world.player.command(id, 'report', { by: 'park', report: 'Half of it' }, 'report-1');
    expect((await typesOf(id)).filter((type) => type === 'accepted')).toHaveLength(1);
    expect((await viewOf(id)).number).toBe((await stateOf(id)).number);
  });

  it('takes in what is there before it decides another command', async () => {
    const id = await opened('other-command');
    await commandUnheard(id, 'accept', { by: 'park' }, 'accept-1');
    const second = world.player.command(id, 'accept', { by: 'park' }, 'accept-2');
    await expect(second).rejects.toMatchObject({ cause: { type: 'WrongStage' } });
    expect((await viewOf(id)).stage).toBe('inProgress');
  });

  it('never calls refused what is on record, though time has made it refusable', async () => {
    const id = await opened('refusable');
    await commandUnheard(id, 'accept', { by: 'park' }, 'accept-1');
    await commandUnheard(id, 'reportDone', { by: 'park', evidence: 'It stands' }, 'done-1');
    const answer = await world.player.command(id, 'accept', { by: 'park' }, 'accept-1');
    expect(answer.stage).toBe('inProgress');
    expect((await viewOf(id)).stage).toBe('reportedDone');
  });

  it('answers its opening and a command as they were, though it has answered more since than it remembers', async () => {
    const id = await opened('much-noted');
    const accepted = await world.player.command(id, 'accept', { by: 'park' }, 'accept-1');
    // What is taken in is remembered as what was asked for: five hundred answers.
    let known = await stateOf(id);
    for (let nth = 1; nth <= 504; nth += 1) {
      const note = { by: 'kim', note: `Note ${nth}` };
      const recorded = await commandUnheard(id, 'note', note, `note-${nth}`, known);
      if (recorded.outcome !== 'recorded') throw new Error(recorded.outcome);
      known = fold(lifecycles.action, recorded.events ?? [], known);
    }
    expect(await world.client.workflow.getHandle(id).executeUpdate(catchUpUpdate)).toBe(true);
    const again = world.player.open('action', anAction('much-noted'), 'open-again');
    await expect(again).rejects.toMatchObject({ cause: { type: 'CaseExists' } });
    // Today it would be refused: the action is accepted already.
    expect(await world.player.command(id, 'accept', { by: 'park' }, 'accept-1')).toEqual(accepted);
    await world.player.command(id, 'cancel', { by: 'kim', reason: 'Opened by mistake' }, 'cancel-1');
    await world.client.workflow.getHandle(id).result();
  });

  it('does not end while the register has it reopened', async () => {
    const id = await opened('reopened-unheard');
    const pace = await holdMail(world.db);
    await world.player.command(id, 'drop', { by: 'kim', decision: 'Not needed', reason: 'A mistake' }, 'drop-1');
    await world.player.until('its last letter to be held', () => pace.isWaitedFor());
    const reopen = { by: 'kim', due: '2018-12-14', reason: 'It is needed' };
    expect(await commandUnheard(id, 'reopen', reopen, 'reopen-1')).toMatchObject({ outcome: 'recorded' });
    await pace.letGo();
    await world.player.until('its last letter to go', async () => (await viewOf(id)).stage !== 'dropped');
    expect((await viewOf(id)).number).toBe((await stateOf(id)).number);
    await world.player.settled();
    expect((await world.player.command(id, 'accept', { by: 'park' }, 'accept-reopened')).stage).toBe('inProgress');
  });

  it('sends what the unheard attempt has put on record, once', async () => {
    const id = await opened('unheard-mail');
    await commandUnheard(id, 'accept', { by: 'park' }, 'accept-1');
    await commandUnheard(id, 'reportDone', { by: 'park', evidence: 'It stands' }, 'done-1');
    const waiting = () =>
      world.db.selectFrom('messages').select('key').where('case_id', '=', id).where('state', '=', 'planned').execute();
    expect(await waiting()).not.toEqual([]);
    expect(await world.client.workflow.getHandle(id).executeUpdate(catchUpUpdate)).toBe(true);
    expect(await world.client.workflow.getHandle(id).executeUpdate(catchUpUpdate)).toBe(false);
    await world.delivered();
    expect(await waiting()).toEqual([]);
    const ids = (world.stack.mailbox?.messages() ?? []).map(({ messageId }) => messageId);
    expect(new Set(ids).size).toBe(ids.length);
  });

  it('does what falls due once, whoever has put it on record: two reminders on one morning', async () => {
    const id = await opened('due-unheard', { due: '2018-12-14' });
    const due = nextDue(lifecycles.action, await stateOf(id));
    const before = await stateOf(id);
    const events = dueEvents(lifecycles.action, before, due?.at ?? '');
    await recordUnheard({ before, events, now: due?.at });
    // Its own timer rings at the instant of the reminder that is on record; the player would wait for the case to know it.
    const { shiftMs } = await world.client.workflow.getHandle(id).query(engineQuery);
    const now = await workflowNow(world.client, id);
    await skip(world.client, id, millisecondsOf(due?.at ?? '') + 1_000 - shiftMs - now);
    await world.player.until(
      'the case to catch up',
      async () => (await viewOf(id)).number === (await stateOf(id)).number,
    );
    await world.player.advanceTo('2018-12-14T03:00:00.000Z');
    const reminded = (await readEvents(world.db, id)).filter(({ type }) => type === 'reminded');
    const named = reminded.map((event) =>
      JSON.stringify([event['deadline' as keyof CaseEvent], event['rung' as keyof CaseEvent]]),
    );
    expect(new Set(named).size).toBe(named.length);
    expect(named.length).toBeGreaterThan(1);
    expect((await viewOf(id)).number).toBe((await stateOf(id)).number);
  });
});

it('each event says by which rules it was decided: what an earlier version has recorded by none, whatever is asked again and whoever goes on', async () => {
  const id = await opened('by-which-rules');
  const begun = ['opened', 'planned'].map((type) => ({ type, rules: rulesOfToday }));
  expect(await rulesOf(id)).toEqual(begun);
  await commandUnheard(id, 'accept', { by: 'park' }, 'accept-1');
  await world.player.command(id, 'accept', { by: 'park' }, 'accept-1');
  const accepted = (await rulesOf(id)).slice(begun.length);
  expect(accepted).toContainEqual({ type: 'accepted', rules: null });
  expect(new Set(accepted.map(({ rules }) => rules))).toEqual(new Set([null]));

  await world.client.workflow.getHandle(id).terminate();
  await world.client.workflow.start('action', { workflowId: id, taskQueue, args: [{ startsAt: world.player.at }] });
  const report = () => world.player.command(id, 'report', { by: 'park', report: 'Half of it' }, 'report-1');
  expect(await report()).toEqual(await report());
  expect(await rulesOf(id)).toEqual([...begun, ...accepted, { type: 'progressReported', rules: rulesOfToday }]);
});

describe('a case whose workflow is gone', () => {
  const start = (id: string, input: unknown) =>
    world.client.workflow.start(kindOf(id), { workflowId: id, taskQueue, args: [input] });

  it('goes on from the register, and sends no letter again', async () => {
    const id = await opened('terminated');
    await world.player.command(id, 'accept', { by: 'park' }, 'accept-1');
    await world.delivered();
    const mails = world.stack.mailbox?.messages().length;
    const before = await viewOf(id);
    await world.client.workflow.getHandle(id).terminate();
    await start(id, { startsAt: world.player.at });
    await world.player.until('the case to run', async () => (await viewOf(id).catch(() => undefined)) !== undefined);
    expect(await viewOf(id)).toEqual(before);
    await world.player.command(id, 'report', { ...header, by: 'park', report: 'Half of it' }, 'report-1');
    await world.delivered();
    expect(world.stack.mailbox?.messages().length).toBe(mails);
  });

  it('still knows by which opening it was opened, whoever has started it since', async () => {
    const id = await opened('revived');
    await world.client.workflow.getHandle(id).terminate();
    await start(id, { startsAt: world.player.at });
    const again = await world.player.open('action', anAction('revived'), 'open-revived');
    expect(again).toMatchObject({ case: id, event: 2 });
    const other = world.player.open('action', anAction('revived'), 'open-by-another');
    await expect(other).rejects.toMatchObject({ cause: { type: 'CaseExists' } });
  });

  it('is opened again by the same opening, and by no other', async () => {
    const id = await opened('opened-unheard');
    await world.client.workflow.getHandle(id).terminate();
    const other = world.player.open('action', anAction('opened-unheard'), 'open-otherwise');
    await expect(other).rejects.toMatchObject({ cause: { type: 'CaseExists' } });
    const again = await world.player.open('action', anAction('opened-unheard'), 'open-opened-unheard');
    expect(again.event).toBe(2);
    expect(await typesOf(id)).toEqual(['opened', 'planned']);
    expect((await viewOf(id)).number).toBe(2);
  });

  it('is not made up: nothing, a list or a forged state begin no case', async () => {
    for (const [index, input] of [
      undefined,
      null,
      {},
      [],
      'a case',
      { carried: await stateOf('action/terminated') },
    ].entries()) {
      const id = `action/made-up-${index}`;
      const handle = await start(id, input);
      await expect(handle.result()).rejects.toMatchObject({ cause: { type: 'UnknownCase' } });
      expect(await readEvents(world.db, id)).toEqual([]);
    }
  });
});

describe('a register that is behind the case', () => {
  it.each([
    ['has an event less', 1],
    ['has no row', 0],
  ])('%s: nothing is written, and the case goes on once it is right', async (what, kept) => {
    const id = await opened(`behind-${kept}`);
    await world.player.command(id, 'accept', { by: 'park' }, 'accept-1');
    await world.delivered();
    const copy = await takenFromRegister(world.db, id, kept === 0 ? 0 : -1);
    const asked = world.player.command(id, 'report', { by: 'park', report: 'Half of it' }, 'report-1');
    const answered = asked.then(
      () => 'answered',
      () => 'refused',
    );
    await world.player.until(
      'the task to fail',
      async () => (await taskFailure(id))?.includes('RegisterBehind') ?? false,
    );
    expect(await readEvents(world.db, id)).toHaveLength(copy.kept);
    await copy.putBack();
    await answered;
    await world.player.command(id, 'report', { by: 'park', report: 'Half of it' }, 'report-1');
    expect(await typesOf(id)).toContain('progressReported');
    expect(what).toBeDefined();
  });
});

/** What the workflow task last failed with, as the Temporal UI shows it. */
async function taskFailure(id: string): Promise<string | undefined> {
  const { history } = await world.client.workflowService.getWorkflowExecutionHistory({
    namespace: world.client.options.namespace,
    execution: { workflowId: id },
  });
  return history?.events?.flatMap((event) => event.workflowTaskFailedEventAttributes?.failure?.message ?? []).at(-1);
}
