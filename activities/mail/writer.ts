import { kindOf } from '../../domain/case/opening.ts';
import { dayIn } from '../../domain/dates.ts';
import type { DocumentFile } from '../../domain/document.ts';
import type { Facts } from '../../domain/lifecycle.ts';
import type { Names } from '../../database/names.ts';
import { type Addressed, type Courtesy, courtesyFor } from './courtesy.ts';
import { type Showing, shownFact, typedFact, type Value } from './facts.ts';
import { formatted } from './icu.ts';
import { recordIn } from './record-sentences.ts';
import type { Language } from './texts.ts';
import { wordingIn } from './wording.ts';

/** What a message is made of, as it stands in the ledger. */
export interface Unwritten {
  readonly case_id: string;
  readonly text: string;
  readonly tone: string | null;
  readonly level: string | null;
  /** Case time. */
  readonly at: string;
  readonly facts: Facts;
  /** The files that go with it. */
  readonly attached?: readonly DocumentFile[] | null;
}

/** What says a message in words to its reader. */
export interface Writer {
  readonly message: Unwritten;
  readonly language: Language;
  /** Its reader's. */
  readonly zone: string;
  readonly coordinatorAddress: string | undefined;
  readonly courtesy: Courtesy;
  /** Fills a message file's text in with the facts, and with what is worked out here. */
  readonly say: (text: string, more?: Readonly<Record<string, Value>>) => string;
  /** The same in few words, for a subject. */
  readonly sayBriefly: (text: string) => string;
  readonly command: (text: string) => string;
  /** A fact as this reader sees it. */
  readonly shown: (facts: Facts, name: string) => Value;
}

/** Why another case did not take something, or a letter did not arrive, is said by rules and servers, not by people. */
const isOfRecord = (text: string, name: string): boolean =>
  name === 'because' || (name === 'why' && ['case.notOpened', 'case.undelivered'].includes(text));

export function writerFor(
  message: Unwritten,
  language: Language,
  reader: Addressed & { readonly zone: string },
  names: Names,
): Writer {
  const { code } = language;
  const facts: Facts = { ...message.facts, id: message.case_id };
  const coordinator = names.get(String(facts.coordinator));
  const reading = { code, facts: language.frame.facts, fields: {} };
  const showing: Showing = {
    kind: kindOf(message.case_id),
    language: code,
    zone: reader.zone,
    today: dayIn(message.at, reader.zone),
    names,
    ...wordingIn(language),
  };
  const shown = (name: string): Value => {
    const fact = facts[name];
    const said = typeof fact === 'string' && isOfRecord(message.text, name) ? recordIn(reading, fact) : undefined;
    return said ?? shownFact(facts, name, showing);
  };
  return {
    message: { ...message, facts },
    language,
    zone: reader.zone,
    coordinatorAddress: coordinator?.address,
    courtesy: courtesyFor(reader, { is: String(facts.coordinator), ...coordinator }, language),
    say: (text, more = {}) =>
      formatted(text, code, (name) => (Object.hasOwn(more, name) ? (more[name] ?? '') : shown(name))),
    shown: (other, name) => shownFact(other, name, showing),
    sayBriefly: (text) => formatted(text, code, (name) => shownFact(facts, name, { ...showing, brief: true })),
    command: (text) => formatted(text, code, (name) => typedFact(facts, name)),
  };
}
