import { action } from './action.ts';
import { appointment } from './appointment.ts';
import { committee } from './committee.ts';
import { edition } from './edition.ts';
import { type CodedType, type FactType, typeAmong, typesNamed } from './fact-types.ts';
import type { Lifecycle } from './lifecycle.ts';
import { mou } from './mou.ts';
import { meeting } from './meeting.ts';
import { programme } from './programme.ts';
import { request } from './request.ts';
import { visit } from './visit.ts';
import { workshop } from './workshop.ts';

/** Every kind of case, by the name that stands in ids, commands, tables and the Temporal UI. */
export const lifecycles = {
  action,
  appointment,
  committee,
  edition,
  meeting,
  mou,
  programme,
  request,
  visit,
  workshop,
} as const satisfies Record<string, Lifecycle>;

export type Kind = keyof typeof lifecycles;

export const kinds = Object.keys(lifecycles) as readonly Kind[];

export const isKind = (value: string): value is Kind => Object.hasOwn(lifecycles, value);

/** What a fact of this name may be in a case of a kind, or in what is said of cases of all kinds, `case`; none: nobody says. */
export const typesOfFact = (kind: string, name: string): readonly FactType[] =>
  typesNamed(isKind(kind) ? lifecycles[kind].factTypes : {}, name);

/** What this value of it is; undefined for what is told as it stands. */
export const typeOfFact = (kind: string, name: string, value: string): CodedType | undefined =>
  typeAmong(typesOfFact(kind, name), value);
