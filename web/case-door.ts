import type { Context } from 'hono';
import { deskToken } from '../client/desk.ts';
import type { OpenedCase } from '../client/opened-case.ts';
import { answer } from './answer.ts';
import type { OfferedWay } from '../client/opened-link.ts';
import { casePage } from './case.ts';
import { showsForm } from './case-commands.ts';
import type { Visitor } from './door.ts';
import type { Problems } from './field-view.ts';
import type { Turn } from './replies.ts';
import { type Asked, sightOf } from './standing.ts';

export const openedBy = ({ entente, session, secret }: Visitor, caseId: string): Promise<OpenedCase | undefined> =>
  entente.desks.open(session, secret, caseId);

/** A case, as a page on which it is given commands. */
function askedOf(visitor: Visitor, found: OpenedCase, done?: string): Asked {
  const { c, entente, secret, texts } = visitor;
  const { caseId } = found;
  let last = found;
  const place = {
    at: `/case/${caseId}`,
    shows: (way: OfferedWay, problems: Problems | undefined) => showsForm(visitor, way, problems),
    async reopen(): Promise<OpenedCase | undefined> {
      last = (await openedBy(visitor, caseId)) ?? last;
      return last;
    },
    page: (sight: Parameters<typeof casePage>[2], problems: Problems | undefined) =>
      casePage(visitor, last, sight, { problems, done }),
  };
  return { c, entente, link: found, token: deskToken(secret, caseId), texts, place };
}

export const idIn = (c: Context): string => `${c.req.param('kind')}/${c.req.param('id')}`;

/** A case as it stands; changes nothing. */
export async function showCase(visitor: Visitor): Promise<Turn | undefined> {
  const { c, entente, texts } = visitor;
  const found = await openedBy(visitor, idIn(c));
  if (!found) return undefined;
  const form = c.req.query('done');
  const answered = form && /^[0-9a-z-]{1,40}$/.test(form) ? await entente.links.answered(found, form) : undefined;
  const isNew = c.req.query('opened') !== undefined && found.part !== 'party';
  const done = answered ? texts.say('doneDesk', { number: answered.event }) : isNew ? texts.say('openDone') : undefined;
  const asked = askedOf(visitor, found, done);
  return { page: asked.place.page(await sightOf(asked), undefined), status: 200 };
}

/** Takes a form of a case, by the same door as the answer page. */
export async function commandCase(visitor: Visitor): Promise<Turn | undefined> {
  const found = await openedBy(visitor, idIn(visitor.c));
  if (!found) return undefined;
  const { desks } = visitor.entente;
  await desks.keepDoor(visitor.session, desks.doorOf(visitor.secret, found.caseId));
  return answer(askedOf(visitor, found));
}

/** A paper that the case has circulated, byte for byte: to be kept, never to be run. */
export async function paperOf(visitor: Visitor): Promise<Response | undefined> {
  const { c, entente } = visitor;
  const found = await openedBy(visitor, idIn(c));
  const paper = found?.documents.find(({ sha256 }) => sha256 === c.req.param('sha256'));
  if (!found || !paper) return undefined;
  const { content, name } = await entente.caseDocuments.get(found.caseId, paper.sha256);
  return c.body(new Uint8Array(content), 200, {
    'content-type': 'application/octet-stream',
    'content-disposition': `attachment; filename*=UTF-8''${encodeURIComponent(name)}`,
  });
}
