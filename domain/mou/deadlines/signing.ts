import { nothing, owner } from '../../case/settled.ts';
import { later, plus } from '../../dates.ts';
import type { DeadlineRules, Owed } from '../../deadlines.ts';
import { partyOfAgency } from '../../fields.ts';
import { actionLadder, byRule, defaults } from '../../ladder.ts';
import { missing, type Mou, type MouEvent, withSigning } from '../state.ts';
import { bySaidDay, bySide, times } from './owed.ts';

const agreed = ['textAgreed', 'signingArranged'] as const;

const isAgreed = ({ textAgreedOn, authorityBy }: Mou): boolean =>
  textAgreedOn !== undefined && authorityBy !== undefined;

/** The coordinator's own next step, a month after what made it possible. */
export const nextStep = (says: string, since: string): Owed => ({
  says,
  since,
  ...byRule(plus(since, 'P30D')),
  owedBy: 'coordinator',
});

/** What is missing until the signing: authority of each side, language versions, a day and place; then the signing itself. */
export const signing: DeadlineRules<Mou, MouEvent> = {
  authority: {
    stages: agreed,
    isOwed: isAgreed,
    owed: (mou) =>
      missing(mou, mou.authority).map((side) => ({
        item: bySide(side, mou.texts),
        says: `authority to sign on ${mou.subject}`,
        since: mou.textAgreedOn ?? '',
        ...bySaidDay(mou, 'authorityBy', mou.authorityBy ?? ''),
        owedBy: partyOfAgency(side),
      })),
    answeredBy: { grantAuthority: owner('side') },
    whenResumed: (mou, to) => ({ ...mou, authorityBy: later(mou.authorityBy ?? to, to) }),
  },
  languages: {
    stages: agreed,
    isOwed: (mou) => isAgreed(mou) && !mou.languagesCheckedOn,
    owed: ({ texts, textAgreedOn = '' }) => ({
      ...times(texts),
      ...nextStep('check of the language versions', textAgreedOn),
    }),
    answeredBy: { checkLanguages: nothing },
  },
  arrangeSigning: {
    stages: agreed,
    isOwed: (mou) =>
      isAgreed(mou) && !mou.signing && missing(mou, mou.authority).length === 0 && mou.languagesCheckedOn !== undefined,
    owed: ({ texts, textAgreedOn = '', languagesCheckedOn, signingCalledOffOn, authority }) => {
      const ready = [languagesCheckedOn, signingCalledOffOn, ...authority.map(({ on }) => on)].reduce<string>(
        (last, day) => later(last, day ?? last),
        textAgreedOn,
      );
      return { ...times(texts), ...nextStep('arrangement of the signing', ready) };
    },
    answeredBy: { arrangeSigning: nothing },
  },
  signing: {
    stages: agreed,
    isOwed: isAgreed,
    owed: ({ signing: arranged, texts, subject }) =>
      arranged
        ? {
            ...times(texts),
            says: `record of the signing on ${subject}`,
            since: arranged.arrangedOn ?? arranged.date,
            due: { on: arranged.date },
            owedBy: 'coordinator',
          }
        : [],
    answeredBy: { sign: nothing },
    whenMoved: (mou, to) => withSigning(mou, (arranged) => ({ ...arranged, date: to })),
  },
  // Procedures at home take their time: half a year from the signature.
  notify: {
    stages: ['signed'],
    owed: (mou) => {
      const { signedOn: since, subject, notifications } = mou;
      if (!since) return [];
      return missing(mou, notifications).map((side) => ({
        item: side,
        says: `notification that the procedures on ${subject} are completed`,
        since,
        ...byRule(plus(since, 'P6M')),
        owedBy: partyOfAgency(side),
        ladder: actionLadder,
      }));
    },
    answeredBy: { notify: owner('side') },
  },
  posting: {
    stages: ['signed', 'inEffect', 'noticeGiven'],
    isOwed: ({ posting, postedOn, signedOn }) => posting && !postedOn && signedOn !== undefined,
    owed: ({ signedOn = '', homeSide }) => ({
      says: 'posting of the signed text',
      since: signedOn,
      ...byRule(plus(signedOn, defaults.postingAfter)),
      owedBy: partyOfAgency(homeSide),
    }),
    answeredBy: { post: nothing },
  },
};
