import { sentenceForOthers, sentencesOf } from '../domain/case/sentence.ts';
import type { CaseView } from '../domain/case/view.ts';
import type { HappenedStep } from '../domain/story.ts';
import type { OpenedCase } from './opened-case.ts';

/** A case as its page shows it to somebody. */
export interface SeenCasePage extends CaseView {
  readonly as: string;
  readonly part: OpenedCase['part'];
  /** Those that reached them, or all for whoever keeps the case. */
  readonly letters: readonly { readonly key: string; readonly at: string; readonly subject: string }[];
  readonly papers: readonly string[];
  readonly neighbours: readonly string[];
}

/** What has happened, as somebody may read it who has that part: without notes and reasons for the record where they do not keep the case. */
export function storyFor({ part, story }: Pick<OpenedCase, 'part' | 'story'>): readonly HappenedStep[] {
  const isWhole = part !== 'party';
  return story.filter(({ event: { type } }) => type !== 'planned' && (isWhole || type !== 'noted'));
}

/** What pages leave out for those who have a part alone is left out here as well. */
export function pageSeen(found: OpenedCase): SeenCasePage {
  const { person, part, view, lifecycle } = found;
  const isWhole = part !== 'party';
  const { id, kind, title, stage, countries, coordinator, openedAt, number, late, waitsFor } = view;
  const forAll = { id, kind, title, stage, countries, coordinator, openedAt, number, late, waitsFor };
  const recorded = sentencesOf(found);
  const log = storyFor(found).map(({ event }) => ({
    at: event.at,
    by: event.by,
    says: isWhole ? recorded(event) : sentenceForOthers(recorded(event), event),
  }));
  return {
    ...(isWhole ? view : { ...forAll, meaning: lifecycle.stages[stage] ?? '', facts: {}, undelivered: [] }),
    accepts: [...new Set(found.ways.map(({ command }) => command))],
    log,
    as: person.person,
    part,
    letters: found.messages.map(({ key, sendAt, subject, summary }) => ({
      key,
      at: sendAt,
      subject: subject ?? summary,
    })),
    papers: found.documents.map(({ name }) => name),
    neighbours: found.family.map((each) => each.id).filter((each) => each !== id),
  };
}
