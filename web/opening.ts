import { html } from 'hono/html';
import type { OpeningFields } from '../client/client.ts';
import { RefusedError } from '../client/errors.ts';
import { faultsIn } from '../domain/case/faults.ts';
import { openingSchema } from '../domain/case/opening.ts';
import { agenciesCoordinated } from '../domain/case/permission.ts';
import { isKind, type Kind, kinds, lifecycles } from '../domain/kinds.ts';
import type { Lifecycle } from '../domain/lifecycle.ts';
import { isRefusal, type Refusal } from '../domain/refusal.ts';
import { aheadView } from './ahead-view.ts';
import { choicesForOpening } from './choices.ts';
import { isTheirs, type Visitor } from './door.ts';
import { faultsByInput } from './faults.ts';
import { valuesTyped } from './form.ts';
import { more } from './rows.ts';
import { NoForm, sentTo } from './sent.ts';
import type { Problems } from './field-view.ts';
import { openingFields, openingForm, reservedOfOpening } from './opening-form.ts';
import { type Html, notice, recorded, refusalIn } from './pages.ts';
import type { Turn } from './replies.ts';
import { sheet } from './sheet.ts';
import { foreseenView, namesOf } from './trial-view.ts';

/** Somebody who may open cases: those of the agencies for which they are a coordinator, on that day. */
interface Opener {
  readonly visitor: Visitor;
  readonly agencies: ReadonlySet<string>;
}

/** What is made for those who may open cases; the others are told whose it is. */
export async function byOpeners(
  visitor: Visitor,
  page: (opener: Opener) => Promise<Turn | undefined>,
): Promise<Turn | undefined> {
  const agencies = agenciesCoordinated(await visitor.entente.desks.roles(visitor.session));
  if (agencies.size > 0) return page({ visitor, agencies });
  const { texts } = visitor;
  return { page: sheet(visitor, texts.say('openNot'), html`<p>${texts.say('openNotWhat')}</p>`), status: 403 };
}

/** Which kind of case is to be opened. */
export const openingsPage = (visitor: Visitor): Promise<Turn | undefined> =>
  byOpeners(visitor, async () => {
    const { texts } = visitor;
    const links = kinds.map((kind) => html`<li><a href="/open/${kind}">${texts.say(`kind_${kind}`)}</a></li>`);
    const body = html`<p>${texts.say('openWhat')}</p><ul class="rows">${links}</ul>`;
    return { page: sheet(visitor, texts.say('open'), body), status: 200 };
  });

/** The form that opens a case of a kind; changes nothing. */
export const openingPage = (visitor: Visitor): Promise<Turn | undefined> =>
  byOpeners(visitor, async (opener) => {
    const lifecycle = lifecycleAsked(visitor);
    return lifecycle && shown(opener, lifecycle);
  });

function lifecycleAsked({ c }: Visitor): Lifecycle | undefined {
  const kind = c.req.param('kind') ?? '';
  return isKind(kind) ? lifecycles[kind] : undefined;
}

async function shown(
  { visitor, agencies }: Opener,
  lifecycle: Lifecycle,
  problems?: Problems,
  status = 200,
): Promise<Turn> {
  const { entente, texts, secret } = visitor;
  const choices = choicesForOpening(await entente.directory(), agencies, texts);
  const said = problems?.isFault === false ? html` class="notice" role="status"` : html` class="fault" role="alert"`;
  const title = texts.say('openKind', { kind: texts.say(`kind_${lifecycle.kind}`) });
  const body = html`${problems ? html`<div${said}><p>${problems.sentence}</p></div>` : html`<p class="quiet">${texts.say('openHow')}</p>`}
${openingForm({ texts, choices, secret }, lifecycle, problems)}`;
  return { page: sheet(visitor, title, body), status };
}

/** Takes the form: first what would follow, then the case. Sent twice it is opened once, since its id is made of what it says. */
export const openKind = (visitor: Visitor): Promise<Turn | undefined> =>
  byOpeners(visitor, async (opener) => {
    const lifecycle = lifecycleAsked(visitor);
    const { texts } = visitor;
    try {
      return lifecycle && (await taken(opener, lifecycle));
    } catch (error) {
      if (!(error instanceof NoForm)) throw error;
      return { page: notice(texts, texts.say('refused'), [recorded(texts, error.message)]), status: 400 };
    }
  });

async function taken(opener: Opener, lifecycle: Lifecycle): Promise<Turn> {
  const { visitor, agencies } = opener;
  const { c, entente, session, texts } = visitor;
  const sent = await sentTo(c);
  const { typed } = sent;
  const again = (sentence: string | Html, status: number, more: Partial<Problems> = {}): Promise<Turn> =>
    shown(opener, lifecycle, { command: 'open', sentence, typed, faults: new Map<string, string>(), ...more }, status);
  if (!isTheirs(visitor, typed)) return again(texts.say('stale'), 403);
  const fields = openingFields(lifecycle, texts);
  const given = valuesTyped(fields, { settled: {}, reserved: reservedOfOpening }, sent);
  if (typed.has(more)) return again(texts.say('rowsAre'), 200, { isFault: false });
  const opening = { ...given, by: session.person.person } as unknown as OpeningFields;
  const faults = faultsIn(openingSchema(lifecycle), opening);
  if (faults.length > 0)
    return again(texts.say('correct'), 422, { faults: faultsByInput(fields, faults, typed, texts) });
  const known = await entente.directory();
  if (!known.people.some(({ id, agency }) => id === opening.coordinator && agencies.has(agency)))
    return again(texts.say('correct'), 422, { faults: new Map([['coordinator', texts.say('openCoordinator')]]) });
  const foreseen = await entente.wouldOpen(lifecycle.kind, opening);
  const refused = (refusal: Refusal): Promise<Turn> => again(refusalIn(texts, refusal), 409);
  if (isRefusal(foreseen)) return refused(foreseen);
  if (!typed.has('sure') || typed.has('look')) {
    const names = await namesOf(entente, [foreseen]);
    const would = { openings: [{ kind: lifecycle.kind as Kind, opening }] };
    const ahead = await aheadView({ entente, texts, person: session.person }, would, `${lifecycle.kind}/${opening.id}`);
    const sentence = html`${foreseenView({ texts, names }, foreseen)}${ahead}<p>${texts.say('notYet')}</p>`;
    return again(sentence, 200, { isFault: false, isSure: true });
  }
  try {
    const answer = await entente.openBySession(session, visitor.secret, lifecycle.kind, opening);
    return { to: `/case/${answer.case}?opened` };
  } catch (error) {
    if (!(error instanceof RefusedError)) throw error;
    return refused(error.refusal);
  }
}
