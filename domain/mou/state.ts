import type { VisitLinkEvent, WithVisit } from '../act.ts';
import type { CivilDate, Period } from '../dates.ts';
import type { DocumentFile, NamedDocument } from '../document.ts';
import type { Hours, Reopened } from '../hours.ts';
import type { Kept, KeptOf } from '../fields.ts';
import { rulesOf } from '../lifecycle.ts';
import type { authorityFields, notificationFields } from './commands/signing.ts';
import type { amendmentFields, committeeFields } from './commands/validity.ts';
import type { Opening } from './opening.ts';
import type { Term, Validity, ValidityFields } from './terms.ts';

export const instruments = [
  'MOU',
  'memorandumOfCooperation',
  'agreedMinutes',
  'recordOfDiscussions',
  'jointActionProgramme',
  'exchangeOfNotes',
  'agencyArrangement',
] as const;
export const opinionKinds = ['legal', 'foreignMinistry', 'other'] as const;
export const opinionsGiven = ['inFavour', 'withRemarks', 'against'] as const;
export const effects = ['onSignature', 'onNotifications'] as const;

export interface Opinion {
  /** The part of its deadline's name after the colon: the agency, numbered from the second time on. */
  readonly item: string;
  readonly from: string;
  readonly kind: (typeof opinionKinds)[number];
  readonly draft: number;
  readonly askedOn: CivilDate;
  readonly replyBy?: CivilDate;
  readonly given?: (typeof opinionsGiven)[number];
  readonly givenOn?: CivilDate;
  readonly expired?: true;
}

export type Authority = Required<KeptOf<typeof authorityFields>>;

export interface Signing extends Hours {
  readonly date: CivilDate;
  readonly place: string;
  readonly arrangedOn: CivilDate;
  readonly signatories: readonly string[];
}

export interface Signature {
  readonly side: string;
  readonly signatory: string;
  readonly on: CivilDate;
}

export type Notification = Required<KeptOf<typeof notificationFields>>;

/** How it comes to its end on a known day: by the notice of a side, or by consent of all. */
export interface MouEnding {
  readonly how: 'notice' | 'consent';
  readonly side?: string;
  readonly on: CivilDate;
  readonly endsOn: CivilDate;
}

type AsOpened = Kept<
  Pick<Opening, 'subject' | 'instrument' | 'binding' | 'sides' | 'request' | 'effect' | 'posting' | 'jointCommittee'>
>;

/** What an MOU knows of itself. A side is named by the id of the agency that signs for it. */
export interface Mou extends AsOpened, WithVisit {
  readonly stage:
    | 'proposed'
    | 'drafting'
    | 'underNegotiation'
    | 'underReview'
    | 'textAgreed'
    | 'signingArranged'
    | 'signed'
    | 'inEffect'
    | 'noticeGiven'
    | 'lapsed'
    | 'terminated'
    | 'closed'
    | 'notConcluded';
  readonly homeSide: string;
  readonly proposedBy: string;
  /** What was done before is recorded with its own days: this one bounds nothing. */
  readonly openedOn: CivilDate;
  readonly drafter?: string;
  readonly draftingSince?: CivilDate;
  readonly draftBy?: CivilDate;
  /** Which of the days were named by nobody. */
  readonly byRule?: readonly RuledDay[];
  readonly draft: number;
  readonly draftSentOn?: CivilDate;
  /** The present draft itself; absent where it was sent before texts were kept. */
  readonly document?: DocumentFile;
  /** Counts every change of turn, so that each reply owed has a name of its own. */
  readonly round: number;
  readonly turn: readonly string[];
  readonly turnSince?: CivilDate;
  readonly replyBy?: CivilDate;
  readonly opinions: readonly Opinion[];
  readonly reviewedSince?: CivilDate;
  /** How often the text was agreed: once, unless it was reopened. */
  readonly texts: number;
  readonly textAgreedOn?: CivilDate;
  readonly authorityBy?: CivilDate;
  readonly initialledOn?: CivilDate;
  readonly languages: readonly string[];
  readonly prevailingLanguage?: string;
  readonly languagesCheckedOn?: CivilDate;
  readonly authority: readonly Authority[];
  readonly signing?: Signing;
  /** The day on which the last one arranged was called off. */
  readonly signingCalledOffOn?: CivilDate;
  readonly inPresenceOf: readonly string[];
  readonly signatures: readonly Signature[];
  readonly signedOn?: CivilDate;
  readonly notifications: readonly Notification[];
  readonly inEffectSince?: CivilDate;
  readonly postedOn?: CivilDate;
  readonly committees: readonly string[];
  /** Of the committee that was constituted last. */
  readonly coChairs?: readonly string[];
  readonly validity: ValidityFields;
  readonly term?: Term;
  /** The term before: a notice given in it may be recorded after it was renewed. */
  readonly previousTerm?: Term;
  /** What was decided on the current term; `letRun`: nothing, and the day to decide has passed. */
  readonly decision?: 'renew' | 'lapse' | 'letRun';
  readonly renewFor?: Period;
  readonly amendments: number;
  readonly amendedOn?: CivilDate;
  readonly ending?: MouEnding;
  readonly endedOn?: CivilDate;
  readonly surviving: readonly string[];
}

/** Days that a rule gives where nobody names them. */
export type RuledDay = 'draftBy' | 'replyBy' | 'authorityBy';

/** Whether nobody named the day: then whoever owes it has until a working day. Events of before do not say so, and keep theirs. */
interface DayByRule {
  readonly byRule?: true;
}

/** Whose turn it is replies by a day, to the text that goes with the letter. */
export interface ReplyAsked extends DayByRule {
  readonly on: CivilDate;
  readonly replyBy: CivilDate;
  readonly document?: NamedDocument;
}

export type NegotiationEvent =
  | ({ type: 'takenUp'; drafter: string; draftBy: CivilDate; on: CivilDate } & DayByRule)
  | { type: 'termsSet'; validity: ValidityFields; effect: Mou['effect']; jointCommittee: boolean }
  | ({ type: 'draftSent'; draft: number; from: string } & ReplyAsked)
  | { type: 'draftAccepted'; side: string; draft: number; on: CivilDate }
  | ({ type: 'turnGiven'; to: readonly string[] } & ReplyAsked)
  | ({ type: 'opinionAsked'; document?: NamedDocument } & Omit<Opinion, 'given' | 'givenOn' | 'expired'>)
  | {
      type: 'opinionGiven';
      item: string;
      from: string;
      opinion: NonNullable<Opinion['given']>;
      remarks?: string;
      on: CivilDate;
    }
  | { type: 'opinionExpired'; item: string; from: string }
  | { type: 'abandoned'; side?: string };

export type SigningEvent =
  | ({
      type: 'textAgreed';
      draft: number;
      on: CivilDate;
      authorityBy: CivilDate;
      despite: readonly string[];
    } & DayByRule)
  | { type: 'textReopened' }
  | { type: 'initialled'; on: CivilDate; initialledBy: readonly string[] }
  | { type: 'languagesChecked'; languages: readonly string[]; prevailingLanguage?: string; on: CivilDate }
  | ({ type: 'authorityGranted' } & Authority)
  | ({ type: 'signingArranged'; inPresenceOf: readonly string[] } & Signing)
  | ({ type: 'signingPostponed'; from: CivilDate; to: CivilDate; place?: string } & Hours & Reopened)
  | ({ type: 'signingTimeSet' } & Hours & Reopened)
  | { type: 'signingCalledOff'; arrangedFor?: CivilDate }
  | ({ type: 'signed'; inPresenceOf: readonly string[] } & Signature)
  | ({ type: 'notified' } & Notification)
  | { type: 'cameIntoEffect'; on: CivilDate; term: Term }
  | { type: 'posted'; on: CivilDate; where?: string };

export type ValidityEvent =
  | ({ type: 'committeeConstituted'; committee: string; title: string; on: CivilDate } & KeptOf<typeof committeeFields>)
  | { type: 'renewalDecided'; term: number; on: CivilDate; for?: Period; note?: string }
  | { type: 'lapseDecided'; term: number; on: CivilDate }
  | { type: 'decideByPassed'; term: number }
  | { type: 'renewed'; term: Term; how: 'tacit' | 'express' }
  | ({ type: 'amended'; validity: Validity; term: Term } & KeptOf<typeof amendmentFields>)
  | {
      type: 'noticeGiven';
      side: string;
      on: CivilDate;
      note: string;
      endsOn: CivilDate;
      term: Term;
      /** The term that it came too late for: the MOU ends with the next. */
      lateFor?: number;
    }
  | { type: 'noticeWithdrawn'; side: string; on: CivilDate; note: string }
  | { type: 'endAgreed'; on: CivilDate; endsOn: CivilDate; how: string }
  | { type: 'lapsed'; on: CivilDate }
  | { type: 'terminated'; on: CivilDate; how: MouEnding['how'] }
  | { type: 'survivingRecorded'; activity: string; until?: CivilDate }
  | { type: 'closed' };

export type MouEvent = NegotiationEvent | SigningEvent | ValidityEvent | VisitLinkEvent;

export const { command, eventRules, lifecycle } = rulesOf<Mou, MouEvent>();

/** With what has become of the signing that is arranged. */
export const withSigning = (mou: Mou, change: (signing: Signing) => Signing): Mou =>
  mou.signing ? { ...mou, signing: change(mou.signing) } : mou;

export const isDone = (list: readonly { readonly side: string }[], side: string): boolean =>
  list.some((each) => each.side === side);

/** The sides that have not done something yet. */
export const missing = (mou: Mou, list: readonly { readonly side: string }[]): readonly string[] =>
  mou.sides.filter((side) => !isDone(list, side));

export const isOpen = ({ given, expired }: Opinion): boolean => !given && !expired;

/** What the latest opinion of each agency says; a newer one replaces the one before. */
export const latestOpinions = (mou: Mou): readonly Opinion[] =>
  mou.opinions.filter((opinion, index) => !mou.opinions.slice(index + 1).some(({ from }) => from === opinion.from));

/** Whether the current term will be followed by another by itself, or because it was agreed. */
export const continues = ({ validity, decision }: Mou): boolean =>
  validity.renewal === 'tacit' || (validity.renewal === 'express' && decision === 'renew');

/** What the field calls those bound by a text, and its beginning: other words in texts that are meant to bind. */
export const wordsOf = ({ binding }: Pick<Mou, 'binding'>) =>
  binding
    ? { sides: 'Parties', side: 'Party', begins: 'entered into force' }
    : { sides: 'Participants', side: 'Participant', begins: 'came into effect' };
