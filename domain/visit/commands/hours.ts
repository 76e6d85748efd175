import { hoursFields, hoursInWords, movedHoursFields, sameHours } from '../../hours.ts';
import { isRefusal, refuse } from '../../refusal.ts';
import { changing, legFields, legHours, onLeg } from '../legs.ts';
import { command } from '../state.ts';

const time = hoursFields.time;
const endsAt = hoursFields.endsAt.describe('when it ends on its last day, such as 17:00');
const zone = hoursFields.zone.describe('whose clocks say that, if not those of its country, such as Asia/Vladivostok');

/** Of a leg that is added. */
export const legHoursFields = { time: time.describe('when it begins on its first day, such as 09:30'), endsAt, zone };

/** Of a leg that moves. */
export const movedLegHoursFields = {
  time: time.describe('when it begins on its first day; as before if left out'),
  endsAt: endsAt.describe('when it ends on its last day; as before if left out'),
  zone: zone.describe('whose clocks say that, if those change too, such as Asia/Vladivostok'),
  openEnd: movedHoursFields.openEnd,
};

export const hourCommands = {
  setLegTime: command({
    says: 'Set the hours at which a leg begins and ends, or put them right; its days stay',
    by: ['coordinator'],
    from: changing,
    input: {
      ...legFields,
      ...movedLegHoursFields,
      time: time.unwrap().describe('when it begins on its first day, such as 09:30'),
    },
    decide: ({ leg: number, country, ...said }, visit) =>
      onLeg(visit, { leg: number, country }, (leg) => {
        const hours = legHours(leg, said, leg);
        if (isRefusal(hours)) return hours;
        return sameHours(leg, hours)
          ? refuse('AlreadyDone', `Leg ${leg.number} is set for ${hoursInWords(leg)} already.`)
          : [{ type: 'legTimeSet', leg: leg.number, ...hours }];
      }),
  }),
};
