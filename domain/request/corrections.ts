import type { CorrectionRules } from '../lifecycle.ts';
import { refuse } from '../refusal.ts';
import { input, refuseOpening } from './opening.ts';
import type { CooperationRequest } from './state.ts';

const { subject, details, noteNumber, contact, dated, receivedOn, requestingCountry } = input.shape;

export const corrections: CorrectionRules<CooperationRequest> = {
  facts: {
    subject: { field: subject, words: true },
    details: { field: details.unwrap(), words: true },
    noteNumber: { field: noteNumber.unwrap(), words: true },
    contact: { field: contact.unwrap(), words: true },
    dated: { field: dated.unwrap() },
    receivedOn: {
      field: receivedOn,
      // The acknowledgement is due from the day on which it arrived.
      mend: (request, is) => ({
        ...request,
        receivedOn: is,
        ...(request.stage === 'received' ? { stageSince: is } : {}),
      }),
    },
    requestingCountry: { field: requestingCountry },
  },
  refuse: (mended, { stage, stageSince }, context) => {
    if (stage !== 'received' && mended.receivedOn > stageSince)
      return refuse(
        'DateOutOfOrder',
        `receivedOn: it cannot have arrived on ${mended.receivedOn}, after what was done with it on ${stageSince}.`,
      );
    return refuseOpening(mended, context);
  },
};
