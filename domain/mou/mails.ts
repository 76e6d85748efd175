import { plus } from '../dates.ts';
import { asNew, carrying } from '../letters.ts';
import { nameOf } from '../document.ts';
import { partyOfAgency, partyOfPerson } from '../fields.ts';
import { defaults } from '../ladder.ts';
import type { CaseHeader, Effect, Facts } from '../lifecycle.ts';
import { missing, type Mou, type MouEvent } from './state.ts';
import type { Happened } from './visit.ts';

type Following = {
  readonly [T in Happened['type']]?: (
    event: Extract<Happened, { type: T }>,
    mou: Mou,
    header: CaseHeader,
  ) => readonly Effect[];
};

const mail = (text: string, agencies: readonly string[], facts: Facts = {}): Effect[] =>
  agencies.map((agency) => ({ type: 'mail', text, to: partyOfAgency(agency), facts }));
/** The same with the text of the present draft. */
const withDraft = ({ document }: Mou, effects: readonly Effect[]): Effect[] => carrying([document], effects);
/** The same, asking each agency for what it owes under a name of its own. */
const asking = (what: string, text: string, agencies: readonly string[]): Effect[] =>
  agencies.map((agency) => ({ type: 'mail', text, to: partyOfAgency(agency), answerBy: `${what}:${agency}` }));
const toCoordinator = (text: string, { coordinator }: CaseHeader, facts: Facts = {}): Effect[] => [
  { type: 'mail', text, to: partyOfPerson(coordinator), facts },
];
const toAll = (text: string, agencies: readonly string[], header: CaseHeader, facts: Facts = {}): Effect[] => [
  ...mail(text, agencies, facts),
  ...toCoordinator(text, header, facts),
];
/** What those alone read who were asked for an opinion. */
const asSide: Facts = { askedBefore: undefined };
const others = (mou: Mou, side: string): readonly string[] => missing(mou, [{ side }]);

const untilSignature: Following = {
  opened: (_, mou) => (mou.stage === 'proposed' ? asking('proposal', 'mou.proposed', others(mou, mou.proposedBy)) : []),
  takenUp: ({ drafter, draftBy }) => mail('mou.draftAsked', [drafter], { draftBy }),
  draftSent: ({ from, document }, mou) =>
    withDraft(
      mou,
      mail('mou.draftReceived', mou.turn, { from: partyOfAgency(from), document: document && nameOf(document) }),
    ),
  turnGiven: ({ to, told }, mou) => withDraft(mou, mail('mou.turnGiven', to, { why: told })),
  opinionAsked: ({ item, from, kind, replyBy }, mou) =>
    withDraft(mou, [
      {
        type: 'mail',
        text: 'mou.opinionAsked',
        to: partyOfAgency(from),
        facts: { opinionKind: kind, opinionBy: replyBy },
        answerBy: `opinion:${item}`,
      },
    ]),
  opinionGiven: ({ opinion, from, remarks }, _, header) =>
    opinion === 'against' ? toCoordinator('mou.opinionAgainst', header, { from: partyOfAgency(from), remarks }) : [],
  opinionExpired: ({ from }, _, header) => toCoordinator('mou.opinionExpired', header, { from: partyOfAgency(from) }),
  textAgreed: (_, mou) => withDraft(mou, mail('mou.authorityAsked', mou.sides)),
  textReopened: ({ told }, { sides }) => mail('mou.textReopened', sides, { why: told }),
  signingArranged: (_, { sides }) => mail('mou.signingArranged', sides),
  signingTimeSet: (_, { sides }, header) => toAll('mou.signingTimeSet', sides, header),
  signingPostponed: ({ from, told }, { sides }) => mail('mou.signingPostponed', sides, { movedFrom: from, why: told }),
  signingCalledOff: ({ arrangedFor, told }, { sides }) =>
    mail('mou.signingCalledOff', sides, { calledOff: arrangedFor, why: told }),
  // Where signature is effect, the notice of effect says both.
  signed: (_, { stage, effect, sides }, header) =>
    stage === 'signed' && effect === 'onNotifications'
      ? [...asking('notify', 'mou.signed', sides), ...toCoordinator('mou.signed', header)]
      : [],
  abandoned: ({ side, told }, { sides }) =>
    mail('mou.notConcluded', sides, { ...asSide, side: side && partyOfAgency(side), why: told }),
};

const sinceEffect: Following = {
  cameIntoEffect: (_, { sides }, header) => toAll('mou.inEffect', sides, header, asSide),
  posted: ({ where }, _, header) => toCoordinator('mou.posted', header, { where }),
  // What lay in the past when the case was opened is its coordinator's to look at, and nobody's news.
  decideByPassed: ({ at }, { sides }, header) =>
    asNew(toAll('mou.leftToText', at === header.openedAt ? [] : sides, header)),
  renewed: ({ how }, { sides }, header) => toAll('mou.renewed', sides, header, { how }),
  amended: ({ what, how }, { sides }, header) => toAll('mou.amended', sides, header, { what, how }),
  noticeGiven: ({ side, note, lateFor }, mou, header) =>
    toAll('mou.noticeGiven', others(mou, side), header, { note, lateFor }),
  noticeWithdrawn: ({ side, note }, mou, header) =>
    toAll('mou.noticeWithdrawn', others(mou, side), header, { side: partyOfAgency(side), note }),
  endAgreed: ({ how, told }, { sides }, header) => toAll('mou.endAgreed', sides, header, { how, why: told }),
  lapsed: (_, { sides }, header) => toAll('mou.lapsed', sides, header),
  terminated: ({ how }, { sides }, header) => toAll('mou.terminated', sides, header, { how }),
  cancelled: ({ told }, { sides }) => mail('mou.cancelled', sides, { ...asSide, why: told }),
  committeeConstituted: (event, mou, header) => [committeeOpening(event, mou, header)],
};

const following: Following = { ...untilSignature, ...sinceEffect };

/** Who is told of what has happened. What is merely a step on the way is in the record, and in nobody's mailbox. */
export const mails = (event: Happened, mou: Mou, header: CaseHeader): readonly Effect[] => {
  const follow = following[event.type] as
    | ((event: Happened, mou: Mou, header: CaseHeader) => readonly Effect[])
    | undefined;
  return follow?.(event, mou, header) ?? [];
};

/** Those who were asked for an opinion on a draft, and are no side, hear what came of it; 0.2.1 told them nothing. */
export function newsToThoseAsked(event: Happened, { opinions, sides, inEffectSince }: Mou): readonly Effect[] {
  const asked = [...new Set(opinions.map(({ from }) => from))].filter((agency) => !sides.includes(agency));
  const tell = (text: string, facts: Facts = {}) => asNew(mail(text, asked, { ...facts, askedBefore: 'opinion' }));
  switch (event.type) {
    case 'cameIntoEffect':
      return tell('mou.inEffect');
    case 'abandoned':
      return tell('mou.notConcluded', { side: event.side && partyOfAgency(event.side), why: event.told });
    case 'cancelled':
      return inEffectSince ? [] : tell('mou.cancelled', { why: event.told });
    default:
      return [];
  }
}

type Constituted = Extract<MouEvent, { type: 'committeeConstituted' }>;

/** It meets within a year of effect; constituted later than that, within a year of its own. */
function committeeOpening(event: Constituted, { sides, inEffectSince }: Mou, { id, countries }: CaseHeader): Effect {
  const { committee, title, on, firstHost, frequency, coChairs, secretaries } = event;
  const firstMeetingBy = inEffectSince && plus(inEffectSince, defaults.committeeEvery);
  const first = firstMeetingBy && firstMeetingBy > on ? { firstMeetingBy } : {};
  return {
    type: 'open',
    kind: 'committee',
    slug: committee,
    title,
    countries,
    input: { mou: id, sides, since: on, frequency, ...first, firstHost, coChairs, secretaries },
  };
}
