import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it, vi } from 'vitest';
import { plus } from '../../domain/dates.ts';
import { mainWith } from '../client/command-line.ts';
import { startWorld, type World } from '../world.ts';

/** A workshop by hand, as a coordinator carries it: with `entente` alone, on everything real. */

let world: World;
let folder: string;
let env: Record<string, string>;
beforeAll(async () => {
  world = await startWorld(new Date().toISOString());
  const { databaseUrl, settings } = world.stack;
  env = {
    DATABASE_URL: databaseUrl,
    TEMPORAL_ADDRESS: String(settings.temporal.connectionOptions.address),
    TEMPORAL_NAMESPACE: settings.temporal.namespace,
    ENTENTE_AS: 'kim',
  };
  folder = await mkdtemp(join(tmpdir(), 'entente-workshop-'));
});
afterAll(async () => {
  await world?.stop();
  await rm(folder, { recursive: true, force: true });
});

const today = new Date().toISOString().slice(0, 10);
const from = plus(today, 'P60D');

async function fileOf(name: string, ...lines: string[]): Promise<string> {
  const file = join(folder, name);
  await writeFile(file, lines.join('\n'));
  return file;
}

async function entente(...line: string[]): Promise<string> {
  const { code, out, err } = await mainWith(line, env);
  expect(err + out, line.join(' ')).not.toMatch(/refused/i);
  expect(code, err).toBe(0);
  return out + err;
}
const refused = async (...line: string[]): Promise<string> => {
  const { code, err } = await mainWith(line, env);
  expect(code, err).toBe(3);
  return err;
};
const words = (line: string): string[] => line.split(' ');
const workshop = (command: string, ...rest: string[]) => entente('workshop', command, 'gr-2026', ...rest);

const eventsOf = async () =>
  (
    await world.db
      .selectFrom('events')
      .select('type')
      .where('case_id', '=', 'workshop/gr-2026')
      .orderBy('number')
      .execute()
  ).map(({ type }) => type);

const mailed = (text: string) =>
  vi.waitFor(
    async () => {
      const rows = await world.db
        .selectFrom('messages')
        .select(['recipient', 'subject', 'body_text', 'state'])
        .where('case_id', '=', 'workshop/gr-2026')
        .where('text', '=', `workshop.${text}`)
        .orderBy('recipient')
        .execute();
      expect(rows.length, text).toBeGreaterThan(0);
      // Who is written to twice, as an agency's contact and in person, gets one letter.
      for (const { state } of rows) expect(['sent', 'withdrawn']).toContain(state);
      return rows.filter(({ state }) => state === 'sent');
    },
    { timeout: 150_000, interval: 200 },
  );

const head = 'name,country,organisation,position';

it('goes from the announcement to the end', async () => {
  const places = `--country KR --place Seoul --from ${from} --invited GR --focal-points agency/mar --places 2`;
  const people = '--coordinator kim --hosts klid --countries KR --countries GR --report-after none';
  await workshop(
    'open',
    '--title',
    'Workshop on e-government',
    '--subject',
    'Portals',
    ...words(places),
    ...words(people),
  );
  await workshop('add-talk', '--title', 'Portals', '--presenter', 'person/park', '--minutes', '45');
  await workshop('announce');
  expect(await mailed('callForNominations')).toMatchObject([{ recipient: 'agency/mar' }]);

  const faulty = await fileOf('faulty.csv', head, 'Eleni Pappa,GR,MAR,Head', 'Jean Roux,FR,ANSSI,Head', 'TBD,GR,MAR,');
  const said = await refused('workshop', 'nominate-file', 'gr-2026', faulty);
  expect(said).toMatch(/Nothing was recorded: there are 3 faults/);
  expect(said).toMatch(/faulty\.csv, line 3: FR is not invited/);
  expect(said).toMatch(/faulty\.csv, line 4: name: "TBD" names nobody/);
  expect(said).toMatch(/faulty\.csv, line 4: position: is missing/);
  expect(await eventsOf()).not.toContain('nominated');

  const right = await fileOf('right.csv', head, 'Eleni Pappa,GR,MAR,Head', 'Νίκος Παππάς,GR,MAR,Expert');
  expect(await workshop('nominate-file', right, '--dry-run')).toMatch(/2 new, 0 on record.*nothing was done/);
  expect(await eventsOf()).not.toContain('nominated');
  expect(await workshop('nominate-file', right)).toMatch(/2 new, 0 on record/);
  expect(await workshop('nominate-file', right)).toMatch(/0 new, 2 on record.*nothing to do/);
  expect((await eventsOf()).filter((type) => type === 'nominated')).toHaveLength(1);

  await workshop('confirm-participants', '--nominees', 'gr-eleni-pappa');
  expect((await mailed('confirmed'))[0]?.body_text).toMatch(/Eleni Pappa, Head, MAR/);
  const nominees = JSON.parse(await workshop('nominees', '-o', 'json')) as { id: string; name: string }[];
  const other = nominees.find(({ name }) => name === 'Νίκος Παππάς')?.id ?? '';
  await workshop('decline-nominees', '--nominees', other, '--reason', 'one per ministry');
  await workshop('postpone', '--to', today, '--reason', 'the delegation comes earlier', '--yes');
  expect((await mailed('postponed')).map(({ recipient }) => recipient)).toEqual(['agency/klid', 'agency/mar']);
  await workshop('record-held', '--attendees', '12');
  expect((await mailed('toEvaluate'))[0]?.body_text).toMatch(/gr-eleni-pappa/);
  await workshop('receive-materials', '--talk', '1', '--document', 'portals.pdf');
  await workshop('circulate-materials');

  const answers = await fileOf('answers.csv', 'respondent;overall;best', 'gr-eleni-pappa;5;Hometax', 'anonym-1;4;');
  expect(await workshop('evaluate-file', answers)).toMatch(/2 new/);
  expect(await workshop('evaluate-file', answers)).toMatch(/0 new, 2 on record/);
  await workshop('close-evaluation');
  const [evaluated] = await mailed('evaluated');
  expect(evaluated?.subject).toMatch(/2 responses/);
  expect(evaluated?.body_text).toMatch(/4\.5 \/ 5/);
  await workshop('close');
  expect(await entente('show', 'workshop/gr-2026')).toMatch(/closed/);
});
