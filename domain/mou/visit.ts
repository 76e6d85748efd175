import { hoursToTell, tellVisit } from '../act.ts';
import type { CancelledEvent, CaseHeader, Effect, OpenedEvent, Stamp } from '../lifecycle.ts';
import type { Mou, MouEvent } from './state.ts';

/** A signing moved with its due date tells the visit too. */
type DueDateMoved = { readonly type: 'deadlineMoved'; readonly deadline: string };
export type Happened = (MouEvent | OpenedEvent<unknown> | CancelledEvent | DueDateMoved) & Stamp;

/** What the visit hears on which the MOU is to be signed. */
export function visitReports(event: Happened, mou: Mou, header: CaseHeader): Effect[] {
  const { signing, signedOn } = mou;
  const place = signing?.place;
  switch (event.type) {
    case 'visitJoined':
    case 'signingArranged':
    case 'signingPostponed':
    case 'signingTimeSet':
    case 'textReopened':
      return tellVisit(mou, header, { standing: 'planned', on: signing?.date, place, ...hoursToTell(signing ?? {}) });
    case 'deadlineMoved':
      return event.deadline.startsWith('signing')
        ? tellVisit(mou, header, { standing: 'planned', on: signing?.date, place, ...hoursToTell(signing ?? {}) })
        : [];
    case 'signed':
      return signedOn ? tellVisit(mou, header, { standing: 'done', on: signedOn, place }) : [];
    case 'signingCalledOff':
      return tellVisit(mou, header, { standing: 'cancelled' });
    case 'abandoned':
    case 'cancelled':
      return signedOn ? [] : tellVisit(mou, header, { standing: 'cancelled' });
    default:
      return [];
  }
}
