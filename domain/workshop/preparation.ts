import { visitLinkCommands } from '../act.ts';
import { daysBetween, plus } from '../dates.ts';
import { refuseBefore, refuseLongAgo, refuseTooFar } from '../date-rules.ts';
import { date, line, timeOfDay } from '../fields.ts';
import { nominationCommands } from '../nomination/commands.ts';
import { type Refusal, refuse } from '../refusal.ts';
import { descriptionFields, refuseTimes } from './opening.ts';
import { afterwards, ahead, type Change, command, takesNominations, type Workshop } from './state.ts';

const changeFields = {
  place: line.optional().describe('the new place'),
  startsAt: timeOfDay.optional().describe('when it begins from now on, in local time'),
  endsAt: timeOfDay.optional().describe('when it ends from now on, in local time'),
};

const nominations = nominationCommands({
  taking: ['registration', 'registrationClosed'],
  choosing: ['registration', 'registrationClosed'],
  reopened: 'registration',
});

/** Commands before the workshop: what it is for, its announcement, its nominations, its date and place. */
export const preparation = {
  describe: command({
    says: 'Change purpose or audience',
    by: ['host', 'coordinator'],
    from: [...ahead, ...afterwards],
    input: descriptionFields,
    decide: (changes) =>
      Object.keys(changes).length === 0
        ? refuse('InvalidInput', 'Nothing is given: say which of purpose, audience changes.')
        : [{ type: 'described', changes }],
  }),
  announce: command({
    says: 'Announce the workshop to hosts, presenters and invited states; without a later day for it, nominations open',
    by: ['owing', 'host', 'coordinator'],
    from: ['planned'],
    to: ['announced', 'registration'],
    decide: (_, workshop, { today }) => {
      const { registrationFrom = today } = workshop;
      const opensRegistration = takesNominations(workshop) && registrationFrom <= today;
      return [
        { type: 'announced', opensRegistration },
        ...(opensRegistration ? [{ type: 'registrationOpened' } as const] : []),
      ];
    },
  }),
  openRegistration: command({
    says: 'Ask the invited states for nominations now, before it happens by itself',
    by: ['host', 'coordinator'],
    from: ['announced'],
    to: ['registration'],
    offered: takesNominations,
    decide: (_, workshop) =>
      takesNominations(workshop)
        ? [{ type: 'registrationOpened' }]
        : refuse('NotReady', 'No state was invited to nominate when the workshop was planned; there is nobody to ask.'),
  }),
  ...nominations,
  inviteState: { ...nominations.inviteState, from: ['planned', 'announced', 'registration', 'registrationClosed'] },
  postpone: command({
    says: 'Move the workshop to other days; what is due before it moves along, and everybody who knows of it is told',
    confirm: true,
    by: ['host', 'coordinator'],
    from: ahead,
    reason: 'required',
    tells: 'told',
    input: {
      to: date.describe('the new first day'),
      until: date.optional().describe('the new last day; without it, it lasts as long as before'),
      ...changeFields,
    },
    decide: ({ to, until, ...change }, workshop, { today }) => {
      const { from, to: last } = workshop;
      const newLast = until ?? plus(to, `P${daysBetween(from, last)}D`);
      if (to === from && newLast === last)
        return refuse(
          'AlreadyDone',
          `The workshop is set for ${from} already; for place and times: \`change-details\`.`,
        );
      return (
        refuseTooFar('to', newLast, today) ??
        refuseBefore('until', newLast, 'the new first day', to) ??
        refuseLongAgo('to', to, today) ??
        refuseNewTimes(workshop, change, to === newLast) ?? [{ type: 'postponed', from, to, until: newLast, ...change }]
      );
    },
  }),
  changeDetails: command({
    says: 'Change the place or the times of the workshop; everybody who knows of it is told',
    by: ['host', 'coordinator'],
    from: ahead,
    input: changeFields,
    decide: (change, workshop) => {
      const { place = workshop.place, startsAt = workshop.startsAt, endsAt = workshop.endsAt } = change;
      if (place === workshop.place && startsAt === workshop.startsAt && endsAt === workshop.endsAt)
        return refuse('AlreadyDone', 'That is how it stands already; name a new place or time.');
      return refuseNewTimes(workshop, change, workshop.from === workshop.to) ?? [{ type: 'changed', ...change }];
    },
  }),
  ...visitLinkCommands<Workshop>({
    what: 'The workshop',
    from: ahead,
    takesPlace: ({ from, to, country }) => ({ on: from, until: to, country }),
  }),
};

const refuseNewTimes = ({ startsAt, endsAt }: Workshop, change: Change, onOneDay: boolean): Refusal | undefined =>
  refuseTimes(change.startsAt ?? startsAt, change.endsAt ?? endsAt, onOneDay);
