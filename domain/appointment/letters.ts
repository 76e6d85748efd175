import { hoursToTell, tellVisit } from '../act.ts';
import { type Party, partyOfPerson } from '../fields.ts';
import { lettersOf } from '../letters.ts';
import type { CaseHeader, Effect } from '../lifecycle.ts';
import type { factTypes } from '../appointment.ts';
import { type Appointment, inCharge } from './state.ts';

export const mail = lettersOf<typeof factTypes>('appointment');

export const ourSide = (appointment: Appointment): Party[] => [
  inCharge(appointment),
  ...appointment.participants.map(partyOfPerson),
];

/** The visit of which it is an act hears when and where it is to be. */
export const tellPlan = (appointment: Appointment, header: CaseHeader): Effect[] => {
  const { on, place } = appointment;
  return tellVisit(appointment, header, { standing: 'planned', on, place, ...hoursToTell(appointment) });
};
