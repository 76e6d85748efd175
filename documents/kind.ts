import type { z } from 'zod';
import type { Country } from '../domain/fields.ts';
import type { Refusal } from '../domain/refusal.ts';
import type { Fields } from './fields.ts';
import type { Register } from './register.ts';

/** One document with its values; a kind can make several of one case: an original for each side. */
export interface Version<V> {
  /** What tells it from the others of the same case: `mois`. */
  readonly suffix?: string;
  readonly title: string;
  /** The languages it is wanted in; it is made in those that have a template, else in English. */
  readonly languages?: readonly string[];
  /** Whose names may stand in it. */
  readonly countries: readonly Country[];
  readonly values: V;
}

/** A kind of document: what it is made of, and where its values come from. Its words are in its template. */
export interface DocumentKind<F extends Fields = Fields> {
  readonly name: string;
  /** The name of its template, where documents of one name are made of different things: `press-release-visit`. */
  readonly template?: string;
  readonly says: string;
  /** The kinds of case that it is made of, and `country` where it is made of a country. */
  readonly of: readonly string[];
  readonly fields: F;
  gather(register: Register, subject: string): Promise<readonly Version<z.output<F>>[] | Refusal>;
}

export const templateOf = ({ name, template = name }: DocumentKind): string => template;

/** Gives the fields of one kind their types; whoever works on all of them does without. */
export const documentKind = <F extends Fields>(kind: DocumentKind<F>): DocumentKind => kind as unknown as DocumentKind;
