import { type Party, partyOfAgency } from '../fields.ts';
import { lettersOf } from '../letters.ts';
import type { Follows } from '../lifecycle.ts';
import type { FocalPoint } from '../edition/outline.ts';
import type { factTypes } from '../programme.ts';
import type { Programme } from './state.ts';

export const mail = lettersOf<typeof factTypes>('programme');

/** Organisers and the states that expect to be invited. */
export const everybody = ({ organisers, invited }: Programme): Party[] => [
  ...organisers.map(partyOfAgency),
  ...invited.map(({ focalPoint }) => focalPoint),
];

export const toFocalPoint: Follows<Programme, FocalPoint> = ({ focalPoint, country: state }) =>
  mail('focalPoint', [focalPoint], { state });

/** Why it rests or is over. */
export const toEverybody =
  (name: 'suspended' | 'ended'): Follows<Programme, unknown> =>
  ({ told: why }, programme) =>
    mail(name, everybody(programme), { why });
