import { type Refusal, refuse } from '../../refusal.ts';
import { isDone, isOpen, type Mou } from '../state.ts';
import { isComplete } from '../terms.ts';

/** What has to be done before a text is agreed and signed. */

export function refuseUnready({ turn, draft, opinions, validity, instrument }: Mou): Refusal | undefined {
  if (turn.length > 0)
    return refuse(
      'NotReady',
      `${turn.join(', ')} ${turn.length === 1 ? 'has' : 'have'} not replied to draft ${draft}; record it with accept-draft.`,
    );
  const open = opinions.filter(isOpen).map(({ from }) => from);
  if (open.length > 0)
    return refuse(
      'NotReady',
      `The ${open.length === 1 ? 'opinion' : 'opinions'} of ${open.join(', ')} ${open.length === 1 ? 'is' : 'are'} still awaited.`,
    );
  if (instrument === 'agencyArrangement' && !opinions.some(({ kind }) => kind === 'foreignMinistry'))
    return refuse(
      'NotReady',
      'The foreign ministry is consulted before agencies conclude an arrangement; ask it first.',
    );
  return isComplete(validity)
    ? undefined
    : refuse(
        'NotReady',
        'How long the text is valid, and the period of notice, are not known; record it with set-terms first.',
      );
}

export function refuseObjection(despite: readonly string[], override: boolean, reason?: string): Refusal | undefined {
  const who = despite.join(', ');
  if (!override)
    return refuse(
      'NotReady',
      `The opinion of ${who} is against the text; change it, or agree in spite of it with --override and --reason.`,
    );
  return reason ? undefined : refuse('ReasonMissing', `To agree against the opinion of ${who} needs a reason.`);
}

export function refuseSigning(mou: Mou, side: string): Refusal | undefined {
  if (isDone(mou.signatures, side)) return refuse('AlreadyDone', `${side} has signed already; a side signs once.`);
  if (!isDone(mou.authority, side))
    return refuse('NotReady', `${side} has no authority to sign yet; record it with grant-authority.`);
  return mou.languagesCheckedOn
    ? undefined
    : refuse('NotReady', 'The language versions have not been checked; record it with check-languages.');
}
