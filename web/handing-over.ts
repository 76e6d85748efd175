import { html } from 'hono/html';
import { deskToken } from '../client/desk.ts';
import type { WouldGive } from '../client/forecast/previews.ts';
import type { OpenedCase } from '../client/opened-case.ts';
import { RefusedError } from '../client/errors.ts';
import { handedOver } from '../client/reassign.ts';
import type { OpenedPerson } from '../client/staff.ts';
import { isRefusal, type Refusal, refuse } from '../domain/refusal.ts';
import { aheadView } from './ahead-view.ts';
import type { Visitor } from './door.ts';
import { caseLink, type Html } from './pages.ts';
import { nameIn, namesOf } from './people.ts';

/** All that somebody coordinates, handed to another of their agency at once; given to each case as from its own page. */

/** While somebody waits for a page; for more the form is sent again. */
const mostAtOnce = 50;

interface HandingOver {
  readonly to: string;
  readonly reason: string | undefined;
  /** Of the form: sent again, it gives each case the same command. */
  readonly form: string;
}

/** What would be handed over, line by line, and what would be different then, or why it would not be. Changes nothing. */
export async function lookAtHandingOver(
  visitor: Visitor,
  found: OpenedPerson,
  asked: HandingOver,
): Promise<readonly [readonly Html[], Html] | Refusal> {
  const { entente, texts, session } = visitor;
  const { given, isMore } = await commandsOf(visitor, found, asked);
  const lines: Html[] = [];
  const would: WouldGive[] = [];
  for (const { link, name, body } of given) {
    if (!link) return notTheirs;
    const whole = { ...body, by: session.person.person };
    const trial = await entente.links.wouldAccept(link, name, whole);
    if (isRefusal(trial)) return trial;
    would.push({ case: link.caseId, name, body: whole });
    lines.push(caseLink(texts, link.caseId, link.state.title));
  }
  const names = await namesOf(visitor, [`person/${asked.to}`]);
  const facts = { count: given.length, person: found.person.name, to: nameIn(names, `person/${asked.to}`) };
  const more = isMore ? html`<p>${texts.say('handMore', { count: mostAtOnce })}</p>` : '';
  const ahead = await aheadView({ entente, texts, person: session.person }, { commands: async () => would }, '');
  return [[html`${texts.say('handLook', facts)}<ul>${lines.map((line) => html`<li>${line}</li>`)}</ul>${more}`], ahead];
}

/** Hands them over, one after the other; if it is stopped halfway, the same again does the rest. */
export async function handOver(
  visitor: Visitor,
  found: OpenedPerson,
  asked: HandingOver,
): Promise<Refusal | undefined> {
  const { entente, session, secret } = visitor;
  const { given } = await commandsOf(visitor, found, asked);
  try {
    for (const { link, name, body } of given) {
      if (!link) return notTheirs;
      await entente.desks.keepDoor(session, entente.desks.doorOf(secret, link.caseId));
      const token = deskToken(secret, link.caseId);
      await entente.links.answer(link, name, body, { form: asked.form, token });
    }
    return undefined;
  } catch (error) {
    if (error instanceof RefusedError) return error.refusal;
    throw error;
  }
}

const notTheirs = refuse('NotYours', 'One of these cases is not yours to hand over.');

interface Given {
  readonly link: OpenedCase | undefined;
  readonly name: string;
  readonly body: Readonly<Record<string, unknown>>;
}

async function commandsOf(
  { entente, session, secret }: Visitor,
  { person: { person } }: OpenedPerson,
  { to, reason }: HandingOver,
): Promise<{ readonly given: readonly Given[]; readonly isMore: boolean }> {
  const { rows, next } = await entente.cases({ coordinator: person, standing: 'open' }, { limit: mostAtOnce });
  const commands = handedOver(rows, { from: person, to, by: session.person.person, reason });
  const given = await Promise.all(
    commands.map(async ({ case: id, name, body }) => ({
      link: await entente.desks.open(session, secret, id),
      name,
      body,
    })),
  );
  return { given, isMore: next !== undefined };
}
