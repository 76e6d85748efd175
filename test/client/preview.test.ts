import { spawn } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { connectEntente, type Entente } from '../../client/client.ts';
import { trialText } from '../../client/commands/trial-text.ts';
import type { Consequence, Foreseen } from '../../client/consequences.ts';
import { widthOf } from '../../client/output/width.ts';
import { appointment } from '../../domain/appointment.ts';
import { isRefusal } from '../../domain/refusal.ts';
import { visit } from '../../domain/visit.ts';
import { importExamples, opened, put } from '../documents/filled-register.ts';
import { mainWith } from './command-line.ts';
import { type Register, startRegister } from './register.ts';

const binary = fileURLToPath(new URL('../../client/entente.mjs', import.meta.url));

let register: Register;
let entente: Entente;
let env: Record<string, string>;

const at = '2018-07-02T06:00:00.000Z';

const delegation = () =>
  opened(visit, 'kr-2018', 'Delegation', '2018-06-01', {
    from: '2018-09-24',
    to: '2018-10-06',
    senders: ['mofa', 'mois'],
    agencies: ['nts'],
    usualChecklist: false,
  })
    .command('addLeg', { country: 'GR', from: '2018-09-27', to: '2018-09-28', places: ['Athens'], host: 'agency/mar' })
    .command('addLeg', { country: 'RO', from: '2018-09-29', to: '2018-10-02', host: 'agency/mcsi' })
    .command('addAct', { act: 'appointment/talk', leg: 1 })
    .command('recordAct', {
      act: 'appointment/talk',
      leg: 1,
      title: 'Talk on the portal',
      standing: 'planned',
      on: '2018-09-27',
      by: 'choi-hana',
    });

const talk = () =>
  opened(appointment, 'talk', 'Talk on the portal', '2018-06-01', {
    form: 'bilateralTalk',
    subject: 'the portal',
    on: '2018-09-27',
    owner: 'klid',
    host: 'agency/mindigital',
    participants: ['park-jisoo'],
    visit: 'visit/kr-2018',
    leg: 1,
  });

beforeAll(async () => {
  register = await startRegister();
  env = { DATABASE_URL: register.url, TEMPORAL_ADDRESS: '127.0.0.1:1', ENTENTE_AS: 'choi-hana' };
  entente = connectEntente({ databaseUrl: () => register.url, temporal: () => expect.fail('Temporal was asked') });
  await importExamples(register.db);
  await put(register.db, visit, delegation());
  await put(register.db, appointment, talk());
});
afterAll(async () => {
  await entente?.close();
  await register?.stop();
});

async function foreseen(name: string, fields: Record<string, unknown>, id = 'visit/kr-2018'): Promise<Foreseen> {
  const trial = await entente.wouldAccept(id, name, { by: 'choi-hana', reason: 'elections', ...fields }, at);
  if (isRefusal(trial)) throw new Error(trial.because);
  return trial;
}

const mailsTo = (consequences: readonly Consequence[]): string[] =>
  consequences.flatMap((each) => (each.type === 'mail' ? [each.to] : []));
const told = (consequences: readonly Consequence[]) =>
  consequences.flatMap((each) => (each.type === 'tell' ? [each] : []));

describe('what would follow from a command', () => {
  it('when a leg is moved, are its acts moved, and those told whom it concerns, and nobody else', async () => {
    const { wouldRecord, wouldFollow } = await foreseen('moveLeg', { leg: 1, from: '2018-10-04' });
    expect(wouldRecord).toHaveLength(1);
    expect(mailsTo(wouldFollow)).toContain('agency/mar');
    expect(mailsTo(wouldFollow)).not.toContain('agency/mcsi');
    const [act, ...others] = told(wouldFollow);
    expect(others).toEqual([]);
    expect(act).toMatchObject({ case: 'appointment/talk', title: 'Talk on the portal', command: 'postpone' });
    if (!act || isRefusal(act)) throw new Error('The act would refuse to be moved.');
    expect(act.wouldRecord.join()).toMatch(/2018-10-04/);
    expect(mailsTo(act.wouldFollow)).toContain('agency/mindigital');
  });

  it('says to whom a mail would go by the directory, and what would no longer be owed', async () => {
    const { wouldFollow, noLongerOwed } = await foreseen('cancelLeg', { leg: 2 });
    expect(wouldFollow).toContainEqual(
      expect.objectContaining({
        type: 'mail',
        to: 'agency/mcsi',
        reaches: expect.stringMatching(/^.+ <.+@.*example\.org>$/),
      }),
    );
    expect(noLongerOwed).toContainEqual(
      expect.objectContaining({ owedBy: 'agency/mcsi', says: expect.stringMatching(/confirmation of leg 2/) }),
    );
    expect(told(wouldFollow)).toEqual([]);
  });

  it('when the visit is cancelled, are its acts called off', async () => {
    const [act] = told((await foreseen('cancel', {})).wouldFollow);
    expect(act).toMatchObject({ case: 'appointment/talk', command: 'cancel' });
  });

  it('when a case is planned, is it opened, with whatever follows there', async () => {
    const fields = { form: 'siteVisit', subject: 'the data centre', on: '2018-09-30', leg: 2 };
    const { wouldFollow } = await foreseen('planAppointment', fields);
    const found = wouldFollow.find(({ type }) => type === 'open');
    if (found?.type !== 'open' || isRefusal(found)) throw new Error('Nothing would be opened.');
    expect(found.case).toMatch(/^appointment\/kr-2018-/);
    expect(mailsTo(found.wouldFollow)).toContain('agency/mcsi');
  });

  it('is the same when asked twice, and changes nothing', async () => {
    const before = await register.db.selectFrom('cases').select(['id', 'number', 'state']).orderBy('id').execute();
    const first = await foreseen('moveLeg', { leg: 1, from: '2018-10-04' });
    expect(await foreseen('moveLeg', { leg: 1, from: '2018-10-04' })).toEqual(first);
    expect(await register.db.selectFrom('cases').select(['id', 'number', 'state']).orderBy('id').execute()).toEqual(
      before,
    );
    expect(await register.db.selectFrom('messages').selectAll().execute()).toEqual([]);
  });

  it('reads in 80 columns, cases with what would happen there beneath', async () => {
    const text = trialText(await foreseen('moveLeg', { leg: 1, from: '2018-10-04' }));
    for (const line of text.split('\n')) expect(widthOf(line)).toBeLessThanOrEqual(80);
    expect(text).toMatch(/^It would record:\n- .*\n(?: {2}.*\n)*What would follow:\n- mail: /);
    expect(text).toMatch(/\n- appointment\/talk \(Talk on the portal\) is told: postpone\n {2}- /);
  });
});

describe('a command whose consequences reach beyond its case', () => {
  const words = ['visit', 'move-leg', 'kr-2018', '--leg', '1', '--from', '2018-10-04', '--reason', 'elections'];

  it.each([
    ['a leg that is moved', words],
    ['a case that is cancelled', ['appointment', 'cancel', 'talk', '--reason', 'elections']],
  ])('is not given where nobody could be asked: %s', async (_, line) => {
    const { code, out, err } = await mainWith(line, env);
    expect(err).toMatch(/reaches beyond its case.*--dry-run.*--yes/);
    expect([code, out]).toEqual([2, '']);
  });

  it('is given with --yes', async () => {
    const { code, err } = await mainWith(['appointment', 'cancel', 'talk', '--reason', 'elections', '--yes'], env);
    expect(err).toMatch(/^Temporal does not answer/);
    expect(code).toBe(4);
  });

  it('is no command that concerns its case alone', async () => {
    const { err } = await mainWith(['appointment', 'note', 'talk', '--note', 'x'], env);
    expect(err).toMatch(/^Temporal does not answer/);
    expect((await mainWith(['appointment', 'note', '--help'], env)).out).not.toMatch(/--yes/);
  });

  it('tells as JSON what would be recorded and what would follow', async () => {
    const { out } = await mainWith(['appointment', 'cancel', 'talk', '--reason', 'x', '--dry-run', '-o', 'json'], env);
    expect(JSON.parse(out)).toMatchObject({ accepted: true, wouldRecord: [expect.any(String)] });
  });
});

/** Runs the real command at a terminal, where somebody answers. */
async function atTerminal(words: readonly string[], answer: string): Promise<{ code: number | null; shown: string }> {
  const terminal = 'import os, pty, sys; sys.exit(os.waitstatus_to_exitcode(pty.spawn(sys.argv[1:])))';
  const { PATH = '', HOME = '' } = process.env;
  const child = spawn('python3', ['-c', terminal, process.execPath, binary, ...words], {
    env: { PATH, HOME, ENTENTE_FOLDER: '/nonexistent', ...env },
  });
  let shown = '';
  let asked = false;
  child.stdout.setEncoding('utf8').on('data', (text: string) => {
    shown += text;
    if (asked || !shown.includes('[y/N]')) return;
    asked = true;
    child.stdin.write(answer);
  });
  const code = await new Promise<number | null>((resolve) => child.on('close', resolve));
  return { code, shown };
}

describe('at a terminal', () => {
  const words = ['appointment', 'cancel', 'talk', '--reason', 'elections'];

  it.each([
    ['n', 'n\n'],
    ['nothing', '\n'],
    ['Ctrl-D', '\u0004'],
  ])('what would follow is shown, and with the answer %s nothing is done', async (_, answer) => {
    const { code, shown } = await atTerminal(words, answer);
    expect(shown).toMatch(/It would record:[\s\S]*What would follow:[\s\S]*agency\/mindigital[\s\S]*Do it\? \[y\/N\]/);
    expect(shown).toContain('Nothing was done.');
    expect(code).toBe(3);
  });

  it('the command is given when the answer is yes', async () => {
    const { code, shown } = await atTerminal(words, 'y\n');
    expect(shown).toMatch(/Temporal does not answer/);
    expect(code).toBe(4);
  });
});
