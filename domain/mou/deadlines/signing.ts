import { later, plus } from '../../dates.ts';
import { partyOfAgency, partyOfPerson } from '../../fields.ts';
import { actionLadder, byRule, type Deadline, defaults } from '../../ladder.ts';
import type { CaseHeader } from '../../lifecycle.ts';
import { missing, type Mou } from '../state.ts';
import { nextStep, numbered, owed, owedBy, owedByRule } from './owed.ts';

/** What is missing until the signing: authority of each side, language versions, a day and place; then the signing itself. */
export function signing(mou: Mou, header: CaseHeader): Deadline[] {
  const { textAgreedOn: agreedOn, authorityBy, texts } = mou;
  if (!agreedOn || !authorityBy) return [];
  const authority = missing(mou, mou.authority).map((side) =>
    owedBy(
      mou,
      'authorityBy',
      partyOfAgency(side),
      `authority:${numbered(side, texts, '-')}`,
      `authority to sign on ${mou.subject}`,
      agreedOn,
      authorityBy,
    ),
  );
  const languages = mou.languagesCheckedOn
    ? []
    : [nextStep(header, numbered('languages', texts, ':'), 'check of the language versions', agreedOn)];
  if (mou.signing) return [...authority, ...languages, signature(mou, header, mou.signing.date)];
  const ready = [mou.languagesCheckedOn, mou.signingCalledOffOn, ...mou.authority.map(({ on }) => on)].reduce<string>(
    (last, day) => later(last, day ?? last),
    agreedOn,
  );
  return authority.length + languages.length > 0
    ? [...authority, ...languages]
    : [nextStep(header, numbered('arrangeSigning', texts, ':'), 'arrangement of the signing', ready)];
}

const signature = ({ signing: arranged, texts, subject }: Mou, { coordinator }: CaseHeader, date: string): Deadline =>
  owed(
    partyOfPerson(coordinator),
    numbered('signing', texts, ':'),
    `record of the signing on ${subject}`,
    arranged?.arrangedOn ?? date,
    date,
  );

/** Procedures at home take their time: half a year from the signature. */
export const notifications = (mou: Mou): Deadline[] =>
  mou.signedOn
    ? missing(mou, mou.notifications).map((side) => ({
        name: `notify:${side}`,
        says: `notification that the procedures on ${mou.subject} are completed`,
        since: mou.signedOn ?? mou.openedOn,
        ...byRule(plus(mou.signedOn ?? mou.openedOn, 'P6M')),
        owedBy: partyOfAgency(side),
        ladder: actionLadder,
      }))
    : [];

export const posting = ({ posting: isPosted, postedOn, signedOn, homeSide }: Mou): Deadline[] =>
  isPosted && !postedOn && signedOn
    ? [
        owedByRule(
          partyOfAgency(homeSide),
          'posting',
          'posting of the signed text',
          signedOn,
          plus(signedOn, defaults.postingAfter),
        ),
      ]
    : [];
