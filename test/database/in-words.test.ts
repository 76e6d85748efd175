import { sql } from 'kysely';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { recordActivities } from '../../activities/record.ts';
import { readDirectoryFiles } from '../../client/directory-files.ts';
import { connect } from '../../database/connect.ts';
import { importDirectory } from '../../database/directory.ts';
import { action } from '../../domain/action.ts';
import { mainWith } from '../client/command-line.ts';
import { type Register, startRegister } from '../client/register.ts';
import { given } from '../domain/given.ts';

let register: Register;
beforeAll(async () => {
  register = await startRegister();
  const { directory, faults } = await readDirectoryFiles(['examples/directory.yaml']);
  await importDirectory(register.db, directory, faults, 'kim-minji');
});
afterAll(() => register?.stop());

const opening = { topic: 'The portal', owner: 'klid', due: '2018-12-14', coordinator: 'kim-minji' };
const moved = { deadline: 'accept:klid', to: '2018-10-20', reason: 'the "due date of all"' };
const story = given(action, opening).passes('2018-10-09').command('moveDeadline', moved);

/** As earlier versions said it, by the numbers of events. */
const before: Readonly<Record<string, string>> = {
  planned: 'Due date of "accept:klid" set to 2018-10-05 (Asia/Seoul).',
  reminded: 'First reminder to klid, due 5 Oct 2018 (accept:klid).',
  deadlinePassed: 'The due date of "accept:klid" has passed.',
  deadlineMoved: `The due date of "accept:klid" was moved to 2018-10-20. Reason: ${moved.reason}`,
};

/** What an earlier version has recorded, as it stands in the register. */
async function recordAsBefore(): Promise<void> {
  const worker = connect(register.urls.databaseUrl, 2);
  await recordActivities({ db: worker, mailHours: 'any' }).record({ kind: 'action', events: story.events });
  await worker.destroy();
  await sql`alter table events disable trigger user`.execute(register.db);
  for (const [type, says] of Object.entries(before))
    await register.db.updateTable('events').set({ says }).where('type', '=', type).execute();
  await sql`alter table events enable trigger user`.execute(register.db);
  await register.db
    .updateTable('messages')
    .set({ summary: 'First reminder to klid, due 5 Oct 2018 (accept:klid)' })
    .where('deadline', '=', 'accept:klid')
    .execute();
}

it('what earlier versions put on record by the names of the rules is read in words, and stays as it is', async () => {
  await recordAsBefore();
  const read = async (...words: string[]): Promise<string> => {
    const { code, out, err } = await mainWith(words, register.env);
    expect([code, err]).toEqual([0, expect.not.stringContaining('Refused')]);
    return out;
  };
  const history = JSON.parse(await read('history', 'action/kr-gr-1', '--output', 'json')) as { says: string }[];
  const said = history.map(({ says }) => says);
  expect(said).toContain('The due date has passed: acceptance of "The portal".');
  expect(said).toContain(`The due date was moved to 2018-10-20: acceptance of "The portal". Reason: ${moved.reason}`);
  const done = JSON.parse(await read('history', '--by', 'kim-minji', '--output', 'json')) as { says: string }[];
  expect(done.map(({ says }) => says)).toContain(said.at(-1)?.startsWith('Due') ? said.at(-2) : said.at(-1));
  const all = [...said, await read('show', 'action/kr-gr-1'), await read('mail', 'list'), await read('next')];
  expect(all.flatMap((text) => text.replace(/--deadline \S+/g, '').match(/"[a-z]+:\S+|\([a-z]+:\S+\)/g) ?? [])).toEqual(
    [],
  );
  const kept = await register.db.selectFrom('events').select('says').where('type', '=', 'deadlinePassed').execute();
  expect(kept.map(({ says }) => says)).toContain(before['deadlinePassed']);
});
