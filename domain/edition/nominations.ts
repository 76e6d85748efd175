import { country, date } from '../fields.ts';
import { nominationCommands, nominationFields } from '../nomination/commands.ts';
import { refuseLate, refuseNominations, refuseNotInvited } from '../nomination/rules.ts';
import { findInvited, nomineesOf, participants, undecidedNominees } from '../nomination.ts';
import { refuseBefore } from '../date-rules.ts';
import { refuse } from '../refusal.ts';
import { ahead, command } from './state.ts';

const shared = nominationCommands({ taking: ['nominationsOpen'], choosing: ahead, reopened: 'nominationsOpen' });
const chosen = ['nominationsOpen', 'participantsConfirmed'];
const beforeClosing = ['announced', 'nominationsOpen'];

/** Commands on whom the states send; before the nominations are open, on who will be asked. */
export const nominations = {
  ...shared,
  inviteState: { ...shared.inviteState, from: beforeClosing },
  dropState: command({
    says: 'Invite a state no more',
    by: ['coordinator'],
    from: beforeClosing,
    reason: 'required',
    tells: 'told',
    input: { country: country.describe('the invited state') },
    decide: ({ country: of }, edition) => {
      const state = findInvited(edition, of);
      const { length } = nomineesOf(edition, of);
      if (length > 0)
        return refuse('NotReady', `${of} has nominated ${length}; withdraw them first (\`withdraw-nominee\`).`);
      return state
        ? [{ type: 'stateDropped', country: of, focalPoint: state.focalPoint, asked: state.invitedOn !== undefined }]
        : (refuseNotInvited(edition, of) ?? []);
    },
  }),
  openNominations: command({
    says: 'Ask the invited states to nominate; days and host are fixed by then',
    by: ['coordinator'],
    from: ['announced'],
    to: ['nominationsOpen'],
    input: {
      nominationsBy: date
        .optional()
        .describe('until when; without it, the period of the programme before the first day'),
    },
    decide: ({ nominationsBy }, edition, { today }) => {
      const until = nominationsBy ?? edition.nominationsBy;
      if (!edition.fixedOn) return refuse('NotReady', 'The days are not fixed yet; fix them first (`fix-days`).');
      if (edition.hosts.length === 0) return refuse('NotReady', 'There is no host yet; record it first (`add-host`).');
      if (edition.invited.length === 0)
        return refuse('NotReady', 'No state is invited yet; say which first (`invite-state`).');
      return (
        refuseBefore('nominationsBy', until, 'today', today) ??
        (until >= edition.from
          ? refuse('DateOutOfOrder', `nominationsBy: ${until} does not lie before the first day, ${edition.from}.`)
          : [{ type: 'nominationsOpened', nominationsBy: until, ...(nominationsBy ? {} : { byRule: true as const }) }])
      );
    },
  }),
  nominate: command({
    says: 'Record whom the invited states nominate, all of them or none; late ones with a reason. For a file: nominate-file',
    by: ['owing', 'side', 'coordinator'],
    from: chosen,
    input: nominationFields,
    decide: ({ nominees }, edition, { today, reason }) => {
      if (edition.stage === 'participantsConfirmed' && !reason)
        return refuse('ReasonMissing', 'The nominations are closed; give a reason to take a late one.');
      return (
        (reason ? undefined : refuseLate(edition, today)) ??
        refuseNominations(edition, nominees, reason) ?? [{ type: 'nominated', nominees }]
      );
    },
  }),
  confirmParticipants: { ...shared.confirmParticipants, from: chosen },
  putOnWaitingList: { ...shared.putOnWaitingList, from: chosen },
  declineNominees: { ...shared.declineNominees, from: chosen },
  withdrawNominee: { ...shared.withdrawNominee, from: chosen },
  replaceNominee: { ...shared.replaceNominee, from: chosen },
  closeNominations: command({
    says: 'Close the nominations: the list of participants stands, and no state is asked any more',
    by: ['coordinator'],
    from: ['nominationsOpen'],
    to: ['participantsConfirmed'],
    decide: (_, edition, { reason }) => {
      const undecided = undecidedNominees(edition).map(({ id }) => id);
      if (undecided.length > 0)
        return refuse(
          'Undecided',
          `Nothing is decided on ${undecided.join(', ')}; confirm them, put them on the waiting list or decline them.`,
        );
      return participants(edition).length === 0 && !reason
        ? refuse(
            'ReasonMissing',
            'There is no participant yet; confirm nominees first (`confirm-participants`), or give a reason to go on without.',
          )
        : [{ type: 'nominationsClosed' }];
    },
  }),
};
