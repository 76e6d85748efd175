import type fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { deskToken } from '../../client/desk.ts';
import type { OpenedCase } from '../../client/opened-case.ts';
import { RefusedError } from '../../client/errors.ts';
import type { OfferedWay } from '../../client/opened-link.ts';
import { findCase } from '../../database/lists.ts';
import { commandsOf } from '../../domain/case/command.ts';
import { kindOf } from '../../domain/case/opening.ts';
import { type Kind, lifecycles } from '../../domain/kinds.ts';
import type { Lifecycle } from '../../domain/lifecycle.ts';
import { isRefusal } from '../../domain/refusal.ts';
import { fieldsOf } from '../../web/controls.ts';
import { fieldsTyped, newForm, secretOf, typedFrom } from '../../web/form.ts';
import { textsIn, wordsFor } from '../../web/texts.ts';
import { type Form, post, textIn } from './asked.ts';
import type { Here } from './coming-in.ts';
import {
  begunBy,
  bodyBy,
  codeFor,
  count,
  type Drawn,
  drawn,
  named,
  openingOf,
  takenBody,
  type Where,
} from './drawn.ts';
import type { Desk } from './pages.ts';

/** Offered commands to which nothing drawn by chance fits, and those that rules would take and somebody may not give. */
interface Tally {
  taken: number;
  refused: number;
  unfit: number;
}

/** What the page of a case offers is what the door takes, and nothing else; in the world of the desk. */
export function describeOffers(given: () => Here): void {
  describe('for cases and people by chance', () => {
    it(
      'what the page offers is taken when it is sent, and every other command is refused with nothing stored',
      async () => {
        const tally: Tally = { taken: 0, refused: 0, unfit: 0 };
        const { entente, world } = given().desk;
        const romania = { code: 'RO', name: 'Romania', zone: 'Europe/Bucharest', language: 'ro' };
        await world.db.insertInto('countries').values(romania).execute();
        for (const kind of named) await entente.open(kind, openingOf(kind, 0));
        for (const each of drawn()) await lookedAt(given(), each, tally);
        expect(tally.unfit).toBeLessThanOrEqual((tally.taken + tally.unfit) * 0.6);
        expect([tally.taken > count, tally.refused > 10 * count]).toEqual([true, true]);
      },
      60_000 + count * 20_000,
    );
  });
}

/** A case on the page of somebody, or that they have no part in it. */
interface Looked {
  readonly desk: Desk;
  readonly random: fc.Random;
  readonly caseId: string;
  /** For whoever has to find out what was wrong. */
  readonly what: string;
  readonly where: Where;
  readonly found: OpenedCase | undefined;
  readonly secret: string;
  readonly address: string;
  /** Sends a form of this page. */
  readonly sent: (form: Form) => Promise<readonly [status: number, text: string]>;
}

async function lookedAt({ desk, cookieOf }: Here, each: Drawn, tally: Tally): Promise<void> {
  const { kind, opening, address, random } = each;
  const caseId = await begunBy(desk, each);
  const cookie = await cookieOf(address);
  const secret = cookie.slice(cookie.indexOf('=') + 1);
  const session = await desk.entente.sessions.open(secret);
  const found = session && (await desk.entente.desks.open(session, secret, caseId));
  const path = `${desk.url}/case/${caseId}`;
  const page = await fetch(path, { headers: { cookie } });
  const what = `${caseId} (${kind}, ${opening.title}) as ${address}`;
  expect([what, page.status]).toEqual([what, found ? 200 : 404]);
  const offered = offeredIn(await page.text());
  expect([what, ...(found?.ways ?? []).map(wayName)].toSorted()).toEqual([what, ...offered].toSorted());
  const { state } = (await findCase(desk.world.db, caseId))!;
  const where = { lifecycle: lifecycles[kindOf(caseId) as Kind], state, person: address.split('@')[0]! };
  const sent = async (form: Form) => {
    const name = newForm();
    const own = { sending: name, secret: secretOf(deskToken(secret, caseId), name) };
    const answer = await post(path, { ...form, ...own }, { cookie });
    return [answer.status, textIn(await answer.text()).slice(0, 1_500)] as const;
  };
  const looked = { desk, random, caseId, what, where, found, secret, address, sent };
  const before = (await desk.events(caseId)).length;
  await refusesOthers(looked, offered, tally);
  const taken = await takes(looked, tally);
  expect([what, (await desk.events(caseId)).length]).toEqual([what, before]);
  // After one the case stands elsewhere.
  await taken[random.nextInt(0, Math.max(0, taken.length - 1))]?.();
}

async function refusesOthers(looked: Looked, offered: readonly string[], tally: Tally): Promise<void> {
  const { desk, random, caseId, what, where, found, secret, sent } = looked;
  for (const [name, definition] of Object.entries(commandsOf(where.lifecycle))) {
    if (offered.some((way) => way.startsWith(`${name} `))) continue;
    const fitting = takenBody(random, where, name, { tries: 40 });
    const typed = typedAs(where.lifecycle, name, fitting ?? bodyBy(random, where, name));
    const [status] = await sent({ ...typed, command: name, about: '' });
    expect([what, name, status]).toEqual([what, name, found ? 409 : 404]);
    tally.refused += 1;
    if (!found || fitting === undefined || definition.isPart) continue;
    // Past the page, by the door itself: what the rules of the case take, whoever gives it.
    const token = deskToken(secret, caseId);
    const past = desk.entente.links.answer(found, name, fitting, { token, form: newForm() });
    await expect(past, `${what}: ${name} ${JSON.stringify(fitting)}`).rejects.toBeInstanceOf(RefusedError);
  }
}

/** Looks at all that is offered, and gives what would send each of it. */
async function takes(looked: Looked, tally: Tally): Promise<readonly (() => Promise<void>)[]> {
  const { desk, random, caseId, what, where, found, address, sent } = looked;
  const taken: (() => Promise<void>)[] = [];
  for (const way of found?.ways ?? []) {
    const form = await fittingForm(desk, random, found!, where, way);
    if (!form) {
      tally.unfit += 1;
      continue;
    }
    const own = { ...form, command: way.command, about: way.about ?? '' };
    const seen = await sent({ ...own, look: 'yes' });
    expect([what, way.command, form, ...seen]).toEqual([what, way.command, form, 200, seen[1]]);
    tally.taken += 1;
    taken.push(async () => {
      const given = async (status: number, code: Form = {}): Promise<void> => {
        const answer = await sent({ ...own, ...code, sure: 'yes' });
        expect([what, way.command, form, ...answer]).toEqual([what, way.command, form, status, answer[1]]);
      };
      const binds = way.definition.confirms !== undefined;
      if (binds) await given(200);
      await given(303, binds ? { code: await codeFor(desk, caseId, address) } : {});
      const bySession = { address, codeTo: binds ? address : null };
      expect(await desk.last(caseId)).toMatchObject({ by: where.person, bySession });
    });
  }
  return taken;
}

const wayName = ({ command, about }: OfferedWay): string => `${command} ${about}`;

/** By its forms, and by what leads to one. */
function offeredIn(html: string): readonly string[] {
  const forms = html.split('<form').flatMap((form) => {
    const [, command] = /name="command" value="([^"]*)"/.exec(form) ?? [];
    const [, about = ''] = /name="about" value="([^"]*)"/.exec(form) ?? [];
    return command === undefined ? [] : [`${command} ${about}`];
  });
  return [...forms, ...[...html.matchAll(/\?do=(\w+)#caseCan/g)].map(([, command]) => `${command} `)];
}

const texts = textsIn('en');

/** What somebody would have typed. */
function typedAs({ kind, ...lifecycle }: Lifecycle, name: string, body: object, way?: OfferedWay): Form {
  const definition = commandsOf({ kind, ...lifecycle })[name]!;
  const words = wordsFor(texts, kind, name);
  const asked = way ?? { command: name, definition, settled: {}, about: '', asksAll: true };
  return words ? Object.fromEntries(typedFrom(fieldsOf(asked, words, texts), { ...body })) : {};
}

/** What no other fields would mend. */
const ofThemselves = /^(SamePerson|NotProved|CaseClosed|WrongStage)$/;

/** Fields of a form with which the case takes it, if any that were drawn fit. */
async function fittingForm(
  { entente }: Desk,
  random: fc.Random,
  found: OpenedCase,
  where: Where,
  way: OfferedWay,
): Promise<Form | undefined> {
  const fields = fieldsOf(way, wordsFor(texts, where.lifecycle.kind, way.command)!, texts);
  const refused: string[] = [];
  for (let nth = 0; nth < 16; nth += 1) {
    const body = takenBody(random, where, way.command, { settled: way.settled });
    if (!body) return undefined;
    const form = typedAs(where.lifecycle, way.command, body, way);
    const asTyped = { ...fieldsTyped(fields, way, new Map(Object.entries(form))), by: where.person };
    const trial = await entente.links.wouldAccept(found, way.command, asTyped).catch(() => undefined);
    if (trial && !isRefusal(trial)) return form;
    if (trial && ofThemselves.test(trial.refused)) throw new Error(`${way.command}: ${trial.because}`);
    // Of another side than theirs, or of what the directory or another case has not: drawn anew.
    refused.push(trial?.refused ?? '');
  }
  expect([way.command, refused]).not.toEqual([way.command, refused.map(() => 'NotYours')]);
  return undefined;
}
