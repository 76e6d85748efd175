import { readFile } from 'node:fs/promises';
import { afterAll, describe, expect, it } from 'vitest';
import { connectEntente } from '../../client/client.ts';
import { dayIn, dayOf, type Instant } from '../../domain/dates.ts';
import { play } from '../../examples/play.ts';
import { readStory, type Story, storyFiles } from '../../examples/story.ts';
import { foreseenAndHappened } from './foreseen.ts';
import { startWorld, type World } from '../world.ts';

const worlds: World[] = [];
afterAll(() => Promise.all(worlds.map((world) => world.stop())));

/** Stories with which nobody goes on from a day on. */
async function leftAt(end: Instant): Promise<World> {
  const world = await startWorld('2017-03-06T01:00:00.000Z', { directory: ['examples/directory.yaml'] });
  worlds.push(world);
  const begun = (story: Story): Story => ({
    ...story,
    until: end,
    steps: story.steps.filter(({ on, ...step }) => on < end && !('make' in step)),
  });
  const stories = storyFiles.map(readStory).map(begun);
  await play(
    stories.filter(({ steps }) => steps.length > 0),
    world.player,
    world.db,
    () => undefined,
  );
  await world.player.settled();
  return world;
}

describe('what is foreseen is what happens', () => {
  it('event by event and letter by letter, in stories with which nobody goes on', async () => {
    const world = await leftAt('2017-06-10T00:00:00.000Z');
    const { foreseen, happened } = await foreseenAndHappened(world, '2018-07-15T00:00:00.000Z');
    expect(foreseen.events.length).toBeGreaterThan(20);
    expect(foreseen).toEqual(happened);
  });

  it('and so is what a preview shows of a signing that is moved by a month, and what follows until 2031', async () => {
    const world = await startWorld('2026-12-01T01:00:00.000Z', { directory: ['examples/directory.yaml'] });
    worlds.push(world);
    const { databaseUrl, temporal } = world.stack.settings;
    const entente = connectEntente({ databaseUrl: () => databaseUrl, temporal: () => temporal });
    const given = (name: string, body: Body) =>
      world.player.command(romania, name, { by: 'kim-minji', ...body }, [name, body.side].join(':'));
    const document = await entente.caseDocuments.keep({ name: 'draft.md', content: await readFile(draft) });
    await world.player.open('mou', anMou, 'open');
    for (const [name, body] of toItsSigning) await given(name, name === 'sendDraft' ? { ...body, document } : body);
    await world.player.settled();

    const moved = { to: '2027-05-10', reason: 'The minister travels' };
    const span = { from: '2026-12-01T02:00:00.000Z', until: '2027-05-10T03:00:00.000Z' };
    const commands = async () => [{ case: romania, name: 'postponeSigning', body: { by: 'kim-minji', ...moved } }];
    const { differences } = await entente.previews.of({ commands }, span);
    const without = await daysForeseen(entente, span.until);
    const earlier = await sentIn(world);
    await given('postponeSigning', moved);
    await world.player.advanceTo(span.until);
    await world.player.settled();
    const letters = differences.filter(({ what }) => what === 'letter').map((each) => each.in);
    expect(letters.length).toBeGreaterThan(3);
    const gone = letters.flatMap(([was]) => was?.slice(0, 10) ?? []);
    const instead = letters.flatMap(([, then]) => then?.slice(0, 10) ?? []);
    expect(without.filter((day) => !gone.includes(day))).not.toEqual([]);
    expect(daysOf(await sentIn(world), earlier)).toEqual(lessAndMore(without, gone, instead));

    for (const [name, body] of signed) await given(name, body);
    const { foreseen, happened } = await foreseenAndHappened(world, '2031-12-31T00:00:00.000Z');
    await entente.close();
    expect(foreseen.events.filter((each) => each.includes(' renewed '))).not.toEqual([]);
    expect(foreseen).toEqual(happened);
  });
});

const romania = 'mou/kr-ro-digital';
const draft = 'examples/papers/kr-ge-draft-1.md';

/** README's third walk: an MOU with Romania, three years, tacitly renewed. */
const anMou = {
  id: 'kr-ro-digital',
  by: 'kim-minji',
  title: 'MOU on digital government with Romania',
  subject: 'digital government',
  countries: ['KR', 'RO'],
  coordinator: 'kim-minji',
  sides: ['mois', 'mcsi'],
  duration: 'P3Y',
  renewal: 'tacit',
  noticeModel: 'beforeTermEnds',
  notice: 'P6M',
};

type Body = { readonly side?: string } & Readonly<Record<string, unknown>>;

const toItsSigning: readonly (readonly [string, Body])[] = [
  ['takeUp', { drafter: 'mois' }],
  ['sendDraft', { from: 'mois' }],
  ['acceptDraft', { side: 'mcsi' }],
  ['askOpinion', { from: 'mofa', kind: 'foreignMinistry' }],
  ['giveOpinion', { from: 'mofa', opinion: 'inFavour' }],
  ['agreeText', {}],
  ['arrangeSigning', { date: '2027-04-08', place: 'Bucharest' }],
];

const signed: readonly (readonly [string, Body])[] = [
  ['grantAuthority', { side: 'mois', grantedBy: 'the Government' }],
  ['grantAuthority', { side: 'mcsi', grantedBy: 'the Government' }],
  ['checkLanguages', { languages: ['ko', 'ro', 'en'], prevailingLanguage: 'en' }],
  ['sign', { side: 'mois', signatory: 'Shim Bo-kyun, Vice Minister', on: '2027-05-10' }],
  ['sign', { side: 'mcsi', signatory: 'Andreea Ionescu, State Secretary', on: '2027-05-10' }],
];

/** On which days letters go, if nothing is changed. */
async function daysForeseen(entente: ReturnType<typeof connectEntente>, until: Instant): Promise<readonly string[]> {
  const days: string[] = [];
  for await (const { posted } of entente.forecasts.ofAll(until)) days.push(...posted.map(({ at }) => dayOf(at)));
  return days;
}

type Sent = Awaited<ReturnType<typeof sentIn>>;

const sentIn = ({ db }: World) => db.selectFrom('messages').select(['key', 'send_at', 'send_zone']).execute();

const daysOf = (sent: Sent, earlier: Sent): readonly string[] =>
  sent
    .filter(({ key }) => !earlier.some((each) => each.key === key))
    .map(({ send_at, send_zone }) => dayIn(send_at, send_zone ?? 'UTC'))
    .toSorted();

function lessAndMore(days: readonly string[], gone: readonly string[], instead: readonly string[]): readonly string[] {
  const left = [...days];
  for (const day of gone) left.splice(left.indexOf(day), 1);
  return [...left, ...instead].toSorted();
}
