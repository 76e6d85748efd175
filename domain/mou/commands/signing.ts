import { refuseDay, refusePlan } from '../../date-rules.ts';
import { z } from 'zod';
import { later } from '../../dates.ts';
import { agency, date, language, line, listOf, pastDate } from '../../fields.ts';
import { hoursFieldsBy, oneDay, refuseHours } from '../../hours.ts';
import { refuse } from '../../refusal.ts';
import { day } from '../fields.ts';
import { onItsDay, refuseSignatories, refuseStranger, todayAfter, withinAMonth } from '../order.ts';
import { command, isDone, latestOpinions, missing, type Mou, type MouEvent } from '../state.ts';
import { refuseObjection, refuseSigning, refuseUnready } from './readiness.ts';
import { firstTerm, isComplete, termOn } from '../terms.ts';

const agreed = ['textAgreed', 'signingArranged'];

const agreement = (mou: Mou) => ({ on: mou.textAgreedOn, what: 'the text was agreed' });
const signature = (mou: Mou) => ({ on: mou.signedOn, what: 'the signature' });

export const authorityFields = {
  side: agency.describe('the side that may sign now'),
  grantedBy: line.describe('who granted it: the minister, the cabinet, the President'),
  fullPowers: z.boolean().default(false).describe('whether full powers were issued, as is customary for treaties'),
  on: day('the day it was granted'),
};

export const notificationFields = {
  side: agency.describe('the side that notified'),
  note: line.describe('the number of its note'),
  sentOn: pastDate.describe('the day of the note'),
  receivedOn: pastDate.optional().describe('the day it was received, if another; effect follows from it'),
};

export const signingCommands = {
  agreeText: command({
    says: 'The sides agree on the text: no more changes, each side obtains its authority to sign',
    confirms: 'code',
    by: ['coordinator'],
    from: ['underReview'],
    to: ['textAgreed'],
    input: {
      on: day('the day it was agreed'),
      override: z.boolean().default(false).describe('agree although an opinion is against; needs a reason'),
      authorityBy: date
        .optional()
        .describe(
          'when authority to sign is due; 30 days later, or on the working day before that, unless said otherwise',
        ),
    },
    decide: ({ on, override, authorityBy }, mou, { today, reason }) => {
      const steps = [
        { on: mou.turnSince, what: `the last step on draft ${mou.draft}` },
        ...mou.opinions.map(({ givenOn, askedOn, from }) => ({
          on: givenOn ?? askedOn,
          what: `the opinion of ${from}`,
        })),
      ];
      const since = on ?? todayAfter(today, ...steps);
      const { by, rule } = withinAMonth(authorityBy, since);
      const despite = latestOpinions(mou).flatMap(({ given, from }) => (given === 'against' ? [from] : []));
      return (
        refuseUnready(mou) ??
        (despite.length > 0 ? refuseObjection(despite, override, reason) : undefined) ??
        refuseDay('Agreement on the text', since, today, ...steps) ??
        refusePlan('Authority to sign', by, today, { on: since, what: 'the text was agreed' }) ?? [
          { type: 'textAgreed', draft: mou.draft, on: since, authorityBy: by, ...rule, despite },
        ]
      );
    },
  }),
  reopenText: command({
    says: 'Open the agreed text again; agreement, initials, languages and authority are void',
    by: ['coordinator'],
    from: agreed,
    to: ['underNegotiation'],
    reason: 'required',
    tells: 'told',
    decide: (_, { signatures }) =>
      signatures.length > 0
        ? refuse('AlreadyDone', 'A side has signed this text already; it can no longer be opened.')
        : [{ type: 'textReopened' }],
  }),
  initial: command({
    says: 'The text was initialled (optional)',
    by: ['coordinator'],
    from: agreed,
    input: {
      on: day('the day it was initialled'),
      initialledBy: listOf(line).default([]).describe('who initialled it, with office'),
    },
    decide: ({ on, initialledBy }, mou, { today }) => {
      if (mou.initialledOn) return refuse('AlreadyDone', `The text was initialled on ${mou.initialledOn}.`);
      return onItsDay('Initialling', on, today, agreement(mou), (since) => [
        { type: 'initialled', on: since, initialledBy },
      ]);
    },
  }),
  checkLanguages: command({
    says: 'The language versions were compared and say the same',
    by: ['coordinator'],
    from: agreed,
    input: {
      languages: listOf(language).min(1).describe('the languages of the text, such as ko, el, en'),
      prevailingLanguage: language.optional().describe('the one that prevails; absent: each is equally authentic'),
      on: day('the day they were checked'),
    },
    decide: ({ languages, prevailingLanguage, on }, mou, { today }) => {
      if (prevailingLanguage && !languages.includes(prevailingLanguage))
        return refuse('InvalidInput', `prevailingLanguage: ${prevailingLanguage} is none of ${languages.join(', ')}.`);
      return onItsDay('The check', on, today, agreement(mou), (since) => [
        { type: 'languagesChecked', languages: [...new Set(languages)], prevailingLanguage, on: since },
      ]);
    },
  }),
  grantAuthority: command({
    says: 'A side has its authority to sign',
    by: ['owing', 'side', 'coordinator'],
    from: agreed,
    offeredFor: ({ authority }, side) => !isDone(authority, side),
    input: authorityFields,
    decide: ({ side, grantedBy, fullPowers, on }, mou, { today }) => {
      if (isDone(mou.authority, side)) return refuse('AlreadyDone', `${side} has its authority to sign already.`);
      return (
        refuseStranger(mou, side) ??
        onItsDay('Authority', on, today, agreement(mou), (since) => [
          { type: 'authorityGranted', side, on: since, grantedBy, fullPowers },
        ])
      );
    },
  }),
  arrangeSigning: command({
    says: 'Arrange the signing, or arrange it anew',
    by: ['coordinator'],
    from: agreed,
    to: ['signingArranged'],
    input: {
      date: date.describe('the day of the signing'),
      ...hoursFieldsBy('the home side'),
      place: line.describe('where: city and house, or "by exchange"'),
      signatories: listOf(line).default([]).describe('who signs, each as SIDE: NAME, OFFICE'),
      inPresenceOf: listOf(line).default([]).describe('the witnesses, each with office'),
    },
    decide: ({ date: signingDate, signatories, ...arranged }, mou, { today }) =>
      refuseSignatories(mou, signatories) ??
      refuseHours(arranged, oneDay({ on: signingDate })) ??
      refusePlan('The signing', signingDate, today, agreement(mou)) ?? [
        { type: 'signingArranged', date: signingDate, signatories, ...arranged, arrangedOn: today },
      ],
  }),
  sign: command({
    says: 'A side has signed; when all have, the MOU is signed',
    confirms: 'code',
    by: ['side', 'coordinator'],
    from: ['signingArranged'],
    to: ['signed', 'inEffect'],
    offeredFor: ({ signatures }, side) => !isDone(signatures, side),
    input: {
      side: agency.describe('the side that signed'),
      signatory: line.describe('who signed for it, with office'),
      on: pastDate.describe('the day of the signature'),
      inPresenceOf: listOf(line).default([]).describe('witnesses besides those arranged'),
    },
    decide: ({ side, signatory, on, inPresenceOf }, mou, { today }) => {
      const authority = mou.authority.find((each) => each.side === side);
      const refusal =
        refuseStranger(mou, side) ??
        refuseSigning(mou, side) ??
        refuseDay(
          'The signature',
          on,
          today,
          agreement(mou),
          { on: authority?.on, what: `the authority of ${side}` },
          { on: mou.languagesCheckedOn, what: 'the check of the languages' },
        );
      if (refusal) return refusal;
      const signed: MouEvent = { type: 'signed', side, signatory, on, inPresenceOf };
      const signatures = [...mou.signatures, { side, signatory, on }];
      const last = missing(mou, signatures).length === 0 && mou.effect === 'onSignature';
      return [signed, ...(last ? effectOn(mou, latest(signatures.map((each) => each.on)), today) : [])];
    },
  }),
  notify: command({
    says: 'A side has notified that its procedures are completed; with the last of them the MOU takes effect',
    by: ['owing', 'side', 'coordinator'],
    from: ['signed'],
    to: ['inEffect'],
    offeredFor: ({ notifications }, side) => !isDone(notifications, side),
    input: notificationFields,
    decide: ({ side, note, sentOn, receivedOn = sentOn }, mou, { today }) => {
      if (isDone(mou.notifications, side)) return refuse('AlreadyDone', `${side} has notified already.`);
      const refusal =
        refuseStranger(mou, side) ??
        refuseDay('The notification', sentOn, today, signature(mou)) ??
        refuseDay('Receipt', receivedOn, today, { on: sentOn, what: 'the note was sent' });
      if (refusal) return refusal;
      const notifications = [...mou.notifications, { side, note, sentOn, receivedOn }];
      const last = missing(mou, notifications).length === 0;
      return [
        { type: 'notified', side, note, sentOn, receivedOn },
        ...(last ? effectOn(mou, latest(notifications.map((each) => each.receivedOn)), today) : []),
      ];
    },
  }),
  post: command({
    says: 'The signed text was posted where the home side publishes its arrangements',
    by: ['owing', 'coordinator'],
    from: ['signed', 'inEffect', 'noticeGiven'],
    input: {
      on: day('the day it was posted'),
      where: line.optional().describe('where it is found'),
    },
    decide: ({ on, where }, mou, { today }) => {
      if (mou.postedOn) return refuse('AlreadyDone', `The text was posted on ${mou.postedOn}.`);
      return onItsDay('Posting', on, today, signature(mou), (since) => [{ type: 'posted', on: since, where }]);
    },
  }),
};

const latest = (days: readonly string[]): string => days.reduce(later);

/** The first term begins with the effect; recorded years later, the MOU is in the term that runs today. */
const effectOn = ({ validity }: Mou, on: string, today: string): MouEvent[] =>
  isComplete(validity) ? [{ type: 'cameIntoEffect', on, term: termOn(today, firstTerm(on, validity), validity) }] : [];
