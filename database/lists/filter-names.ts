import type { Kysely } from 'kysely';
import { isRefusal, type Refusal, type RefusalCode, refuse } from '../../domain/refusal.ts';
import { searchedWords } from '../../domain/search.ts';
import { type Nameable, suggestionFor } from '../../domain/suggestion.ts';
import { stageInWords } from '../../domain/case/stage-words.ts';
import { isKind } from '../../domain/kinds.ts';
import { stagesOf } from '../../domain/stages.ts';
import type { Database } from '../schema.ts';
import { findCase } from './cases.ts';
import { inDirectory, refuseUnknownCase } from './like-named.ts';

/** Whom or what the filter of a list names. */
export interface NamedInFilter {
  readonly country?: string | undefined;
  readonly agency?: string | undefined;
  /** `agency/klid` or `person/kim-minji`. */
  readonly owner?: string | undefined;
  readonly coordinator?: string | undefined;
  /** A person who acted. */
  readonly by?: string | undefined;
  readonly search?: string | undefined;
  readonly kind?: string | undefined;
  readonly stage?: string | undefined;
  /** Cases, by their ids. */
  readonly case?: string | undefined;
  readonly meeting?: string | undefined;
  readonly committee?: string | undefined;
}

interface Asked {
  readonly what: 'country' | 'agency' | 'person';
  readonly named: string;
}

const askedIn = ({ country, agency, owner, coordinator, by }: NamedInFilter): Asked[] => {
  const [kind, id] = owner?.split('/') ?? [];
  return [
    ...(country ? [{ what: 'country', named: country } as const] : []),
    ...(agency ? [{ what: 'agency', named: agency } as const] : []),
    ...(id && (kind === 'agency' || kind === 'person') ? [{ what: kind, named: id } as const] : []),
    ...[coordinator, by].flatMap((person) => (person ? [{ what: 'person', named: person } as const] : [])),
  ];
};

const codes = {
  country: 'UnknownCountry',
  agency: 'UnknownAgency',
  person: 'UnknownPerson',
} as const satisfies Record<Asked['what'], RefusalCode>;

const tables = { country: 'countries', agency: 'agencies', person: 'people' } as const;

/** A list of what concerns nobody, or stands at no stage that there is, would be empty, as if there were nothing to do. */
export async function refuseUnknownFilter(db: Kysely<Database>, filter: NamedInFilter): Promise<Refusal | undefined> {
  const words = filter.search === undefined ? [] : searchedWords(filter.search);
  if (isRefusal(words)) return words;
  for (const { what, named } of askedIn(filter)) {
    const known: readonly Nameable[] = await inDirectory[what](db);
    if (known.some(({ id }) => id === named)) continue;
    const advice = suggestionFor(named, known) ?? `see \`./entente directory list --table ${tables[what]}\`.`;
    return refuse(codes[what], `There is no ${what} "${named}"; ${advice}`);
  }
  return refuseUnknownStage(filter) ?? refuseUnknownCases(db, filter);
}

/** Stages are those of the kind, where one is named. */
function refuseUnknownStage({ kind, stage }: NamedInFilter): Refusal | undefined {
  const stages = stagesOf(kind);
  if (stage === undefined || stages.includes(stage)) return undefined;
  const of = kind !== undefined && isKind(kind) ? `A case of kind ${kind} has no stage` : 'There is no stage';
  const advice = suggestionFor(
    stage,
    stages.map((each) => ({ id: stageInWords(each) })),
  );
  return refuse('InvalidInput', `${of} "${stage}"; ${advice ?? `there are ${stages.map(stageInWords).join(', ')}.`}`);
}

async function refuseUnknownCases(db: Kysely<Database>, filter: NamedInFilter): Promise<Refusal | undefined> {
  for (const id of [filter.case, filter.meeting, filter.committee])
    if (id !== undefined && !(await findCase(db, id))) return refuseUnknownCase(db, id);
  return undefined;
}
