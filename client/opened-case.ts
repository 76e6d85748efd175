import { actorIn } from '../database/actor.ts';
import { type CaseDocument, listCaseDocuments } from '../database/documents.ts';
import { relativesOf } from '../database/lists/open-cases.ts';
import { findCase, type ListedMessage, listMessages } from '../database/lists.ts';
import { namesIn } from '../database/names.ts';
import { readEvents, unprovedIn } from '../database/register.ts';
import { partIn, type PartIn, type Standpoint, standpointOf } from '../database/standpoint.ts';
import { invitationsIn } from '../domain/case/invitations.ts';
import { offersTo } from '../domain/case/offered.ts';
import { kindOf } from '../domain/case/opening.ts';
import type { CaseState } from '../domain/case/state.ts';
import { type CaseView, viewAhead } from '../domain/case/view.ts';
import type { Instant } from '../domain/dates.ts';
import { caseId as caseIdField } from '../domain/fields.ts';
import { isKind, lifecycles } from '../domain/kinds.ts';
import { type HappenedStep, referencesIn, storyOf } from '../domain/story.ts';
import { factsTold } from '../domain/story/facts.ts';
import { namedIn, obligationsIn } from './obligations.ts';
import type { OpenedLink } from './opened-link.ts';
import type { RegisterConnection } from './register.ts';

/** A case, and what whoever has opened it is in it. */
export interface OpenedCase extends OpenedLink {
  readonly part: PartIn;
  readonly view: CaseView;
  readonly messages: readonly ListedMessage[];
  readonly documents: readonly CaseDocument[];
  /** The ids of the commands that came without a proof. */
  readonly unproved: ReadonlySet<string>;
  /** What it hangs together with, itself among it; nothing for whoever only has a part in it. */
  readonly family: readonly CaseState[];
}

/** A case as somebody may see it, with what they can do there now; nothing if there is none, or they have no part in it. */
export function openedCase(
  register: RegisterConnection,
  by: Pick<OpenedCase, 'person' | 'address' | 'hash'>,
  caseId: string,
): Promise<OpenedCase | undefined> {
  const kind = kindOf(caseId);
  if (!caseIdField.safeParse(caseId).success || !isKind(kind)) return Promise.resolve(undefined);
  const lifecycle = lifecycles[kind];
  return register.ask(async (db) => {
    const found = await findCase(db, caseId);
    if (!found) return undefined;
    const { state } = found;
    const at: Instant = new Date().toISOString();
    const standpoint = await standpointOf(db, by.person, at);
    const part = await partIn(db, standpoint, state);
    if (!part) return undefined;
    const actor = await actorIn(db, lifecycle, state, by.person.person, at, { isPage: true });
    const events = await readEvents(db, caseId);
    const story = storyOf(lifecycle, events);
    const view = viewAhead(lifecycle, state);
    const facts = {
      ...namedIn(obligationsIn(state)),
      ...view.facts,
      invited: invitationsIn(lifecycle, state).flatMap(({ invited }) => invited.map(({ who }) => who)),
      ...Object.fromEntries(events.map(({ by }) => [`by ${by}`, `person/${by}`])),
      coordinator: `person/${state.coordinator}`,
    };
    return {
      ...by,
      caseId,
      level: null,
      lifecycle,
      state,
      events,
      story,
      ways: offersTo(lifecycle, state, actor),
      facts,
      names: await namesIn(db, { ...facts, told: toldOf(state, story) }),
      part,
      view,
      unproved: await unprovedIn(db, caseId),
      ...(await besideIt(db, state, standpoint, part)),
    };
  });
}

/** Whom and what its story and its facts name. */
const toldOf = ({ kind, subject }: CaseState, story: readonly HappenedStep[]): readonly string[] =>
  referencesIn([...story.map(({ told }) => told), ...Object.values(factsTold(kind, subject)).flat()]);

/** Letters, papers and the family, as far as they may see them. */
async function besideIt(
  db: Parameters<typeof findCase>[0],
  state: CaseState,
  { parties }: Standpoint,
  part: PartIn,
): Promise<Pick<OpenedCase, 'messages' | 'documents' | 'family'>> {
  const isWhole = part !== 'party';
  const { rows } = await listMessages(db, { case: state.id }, { limit: 200 });
  return {
    messages: rows.filter((row) => row.state === 'sent' && (isWhole || parties.has(row.recipient))),
    documents: isWhole ? await listCaseDocuments(db, state.id) : [],
    family: isWhole ? await relativesOf(db, [state.id]) : [],
  };
}
