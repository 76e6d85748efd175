import { defineSearchAttributeKey, SearchAttributeType, type SearchAttributeUpdatePair } from '@temporalio/common';
import type { CaseView } from '../domain/case/view.ts';

/** What lists in the Temporal UI can be filtered by. Never personal data: search attributes are not encrypted. */
export const searchAttributes = {
  kind: defineSearchAttributeKey('Kind', SearchAttributeType.KEYWORD),
  stage: defineSearchAttributeKey('Stage', SearchAttributeType.KEYWORD),
  title: defineSearchAttributeKey('Title', SearchAttributeType.TEXT),
  country: defineSearchAttributeKey('Country', SearchAttributeType.KEYWORD_LIST),
  owner: defineSearchAttributeKey('Owner', SearchAttributeType.KEYWORD),
  nextDue: defineSearchAttributeKey('NextDue', SearchAttributeType.DATETIME),
  late: defineSearchAttributeKey('Late', SearchAttributeType.BOOL),
};

/** A person who owes something is not named: privacy comes before the filter. */
const ownerOf = ({ owner }: CaseView): string | null =>
  owner?.startsWith('agency/') ? owner.slice('agency/'.length) : null;

export const searchAttributesOf = (view: CaseView): SearchAttributeUpdatePair[] => [
  { key: searchAttributes.kind, value: view.kind },
  { key: searchAttributes.stage, value: view.stage },
  { key: searchAttributes.title, value: view.title },
  { key: searchAttributes.country, value: [...view.countries] },
  { key: searchAttributes.owner, value: ownerOf(view) },
  { key: searchAttributes.nextDue, value: view.waitsFor[0] ? new Date(view.waitsFor[0].passesAt) : null },
  { key: searchAttributes.late, value: view.late },
];
