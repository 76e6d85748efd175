import { defineSearchAttributeKey, SearchAttributeType, type SearchAttributeUpdatePair } from '@temporalio/common';
import type { CaseView } from '../domain/case/view.ts';
import type { Party } from '../domain/fields.ts';

/** What lists in the Temporal UI can be filtered by. Never personal data: search attributes are not encrypted. */
export const searchAttributes = {
  kind: defineSearchAttributeKey('Kind', SearchAttributeType.KEYWORD),
  stage: defineSearchAttributeKey('Stage', SearchAttributeType.KEYWORD),
  title: defineSearchAttributeKey('Title', SearchAttributeType.TEXT),
  country: defineSearchAttributeKey('Country', SearchAttributeType.KEYWORD_LIST),
  owner: defineSearchAttributeKey('Owner', SearchAttributeType.KEYWORD),
  nextDue: defineSearchAttributeKey('NextDue', SearchAttributeType.DATETIME),
  late: defineSearchAttributeKey('Late', SearchAttributeType.BOOL),
  owedBy: defineSearchAttributeKey('OwedBy', SearchAttributeType.KEYWORD),
  outcome: defineSearchAttributeKey('Outcome', SearchAttributeType.KEYWORD),
};

/** A person who owes something is not named: privacy comes before the filter. */
const agencyOf = (party: Party | undefined): string | null =>
  party?.startsWith('agency/') ? party.slice('agency/'.length) : null;

export const searchAttributesOf = (view: CaseView): SearchAttributeUpdatePair[] => [
  { key: searchAttributes.kind, value: view.kind },
  { key: searchAttributes.stage, value: view.stage },
  { key: searchAttributes.title, value: view.title },
  { key: searchAttributes.country, value: [...view.countries] },
  { key: searchAttributes.owner, value: agencyOf(view.owner) },
  { key: searchAttributes.nextDue, value: view.waitsFor[0] ? new Date(view.waitsFor[0].passesAt) : null },
  { key: searchAttributes.late, value: view.late },
];

/** Those that came later: who owes what is due soonest, and how the case ended. */
export const laterAttributesOf = (view: CaseView): SearchAttributeUpdatePair[] => [
  { key: searchAttributes.owedBy, value: agencyOf(view.waitsFor[0]?.owedBy) },
  { key: searchAttributes.outcome, value: view.outcome ?? null },
];
