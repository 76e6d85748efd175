import { type CivilDate, daysBetween, plus } from '../dates.ts';
import type { Kept } from '../fields.ts';
import { rulesOf } from '../lifecycle.ts';
import type { Opening as MouOpening } from '../mou/opening.ts';
import type { Opening as VisitOpening } from '../visit/opening.ts';
import type { Opening as WorkshopOpening } from '../workshop/opening.ts';
import type { Opening } from './opening.ts';

export const hows = ['letter', 'noteVerbale', 'email', 'meeting'] as const;
export const opinions = ['inFavour', 'withRemarks', 'against'] as const;
/** What a request can become that is only on record; what is planned as an MOU, a visit or a workshop is opened as a case. */
export const plainOutcomes = ['visit', 'workshop', 'programmePlace', 'training', 'information', 'other'] as const;

export type Opinion = (typeof opinions)[number];
export type Stage =
  | 'received'
  | 'acknowledged'
  | 'askedBack'
  | 'complete'
  | 'assigned'
  | 'consulting'
  | 'consulted'
  | 'onHold'
  | 'accepted'
  | 'declined'
  | 'withdrawn';

/** One question to one agency; asked again, it is another one with the next round. */
export interface Consultation {
  readonly agency: string;
  readonly round: number;
  readonly question?: string;
  /** The day from which the working days count: the day of the question, later by the days on hold. */
  readonly from: CivilDate;
  /** Set when a day was named, instead of so many working days. */
  readonly due?: CivilDate;
  /** It was asked before the request was on hold: its days go on where they were. */
  readonly heldMeanwhile?: true;
  readonly standing: 'outstanding' | 'expired' | Opinion;
  readonly remarks?: string;
}

/** A case that it is planned as: by its opening, with an id of its own under its kind. */
type Planned<Kind extends 'mou' | 'visit' | 'workshop', Fields> = Kept<Fields> & {
  readonly number: number;
  readonly what: Kind;
  readonly title: string;
} & { readonly [K in Kind]: string };

export type PlannedMou = Planned<'mou', Pick<MouOpening, 'subject' | 'sides' | 'binding'>>;
export type PlannedVisit = Planned<
  'visit',
  Pick<VisitOpening, 'from' | 'to' | 'senders' | 'reason' | 'aim'> & { countries: string[] }
>;
export type PlannedWorkshop = Planned<
  'workshop',
  Pick<WorkshopOpening, 'subject' | 'country' | 'place' | 'from' | 'to' | 'hosts'>
>;

export type PlannedCase = PlannedMou | PlannedVisit | PlannedWorkshop;

export type RequestOutcome =
  | PlannedCase
  | { readonly number: number; readonly what: (typeof plainOutcomes)[number]; readonly note: string };

/** What a cooperation request knows of itself. */
export interface CooperationRequest extends Kept<Opening> {
  readonly stage: Stage;
  /** The day from which the present stage counts its working days. */
  readonly stageSince: CivilDate;
  readonly missing?: string;
  readonly answerDue?: CivilDate;
  readonly lead?: string;
  readonly assignedOn?: CivilDate;
  readonly decideBy?: CivilDate;
  readonly consultations: readonly Consultation[];
  readonly outcomesPlanned: number;
  readonly outcomes: readonly RequestOutcome[];
  readonly heldAt?: Stage;
  readonly heldOn?: CivilDate;
  readonly until?: CivilDate;
}

/** What can happen to a cooperation request. */
export type RequestEvent =
  | { type: 'acknowledged'; note?: string }
  | { type: 'askedBack'; missing: string; due: CivilDate }
  | { type: 'answered'; answer: string }
  | { type: 'foundComplete' }
  | { type: 'assigned'; lead: string; decideBy?: CivilDate }
  | { type: 'leadChanged'; from: string; lead: string }
  | { type: 'consulted'; agency: string; round: number; question?: string; due?: CivilDate }
  | { type: 'opinionGiven'; agency: string; opinion: Opinion; remarks?: string }
  | { type: 'opinionExpired'; agency: string }
  | { type: 'outcomePlanned'; outcome: RequestOutcome }
  | { type: 'outcomeDropped'; dropped: number }
  | { type: 'held'; until: CivilDate }
  | { type: 'resumed' }
  | { type: 'accepted'; note?: string }
  | { type: 'declined' }
  | { type: 'withdrawn' };

export const { command, eventRules, lifecycle } = rulesOf<CooperationRequest, RequestEvent>();

/** The stages at which a lead agency deals with it. */
export const led = ['assigned', 'consulting', 'consulted'] as const;

/** The last question to an agency. */
export const consultationOf = ({ consultations }: CooperationRequest, agency: string): Consultation | undefined =>
  consultations.findLast((each) => each.agency === agency);

export const agenciesThat = ({ consultations }: CooperationRequest, standing: Consultation['standing']): string[] =>
  consultations.filter((each) => each.standing === standing).map(({ agency }) => agency);

const plainWords = {
  visit: 'visit',
  workshop: 'workshop',
  programmePlace: 'place in a programme',
  training: 'training',
  information: 'information',
  other: 'other',
} as const;

export const isPlannedCase = (outcome: RequestOutcome): outcome is PlannedCase => !('note' in outcome);

export function outcomeSentence(outcome: RequestOutcome): string {
  if ('note' in outcome) return `${plainWords[outcome.what]}: ${outcome.note}`;
  if (outcome.what === 'mou') return `“${outcome.title}”`;
  const { what, title, from, to } = outcome;
  return `${plainWords[what]} “${title}”, ${from}${to && to !== from ? ` to ${to}` : ''}`;
}

/** The id of the case that it is opened as. */
export function caseOfOutcome(outcome: PlannedCase): string {
  switch (outcome.what) {
    case 'mou':
      return `mou/${outcome.mou}`;
    case 'visit':
      return `visit/${outcome.visit}`;
    case 'workshop':
      return `workshop/${outcome.workshop}`;
  }
}

/** What somebody called it: for letters in other languages than ours. */
export const outcomeAsNamed = (outcome: RequestOutcome): string => ('note' in outcome ? outcome.note : outcome.title);

/** Once nobody is waited for any more, the request is ready to be decided; on hold, it will be when it resumes. */
export function withoutWaiting(request: CooperationRequest, today: CivilDate): CooperationRequest {
  if (agenciesThat(request, 'outstanding').length > 0) return request;
  if (request.stage === 'consulting') return { ...request, stage: 'consulted', stageSince: today };
  return request.heldAt === 'consulting' ? { ...request, heldAt: 'consulted' } : request;
}

/** Everybody gets the days on hold on top: no date falls due because the request rested. */
export function shiftedByHold(request: CooperationRequest, today: CivilDate): CooperationRequest {
  const { heldAt, heldOn, until: _, ...rest } = request;
  const held = daysBetween(heldOn ?? today, today);
  const later = (day: CivilDate) => plus(day, `P${held}D`);
  return {
    ...rest,
    stage: heldAt ?? request.stage,
    stageSince: later(rest.stageSince),
    ...(rest.answerDue ? { answerDue: later(rest.answerDue) } : {}),
    ...(rest.assignedOn ? { assignedOn: later(rest.assignedOn) } : {}),
    ...(rest.decideBy ? { decideBy: later(rest.decideBy) } : {}),
    consultations: rest.consultations.map((each) =>
      each.standing === 'outstanding'
        ? { ...each, heldMeanwhile: true, from: later(each.from), ...(each.due ? { due: later(each.due) } : {}) }
        : each,
    ),
  };
}
