import { it } from 'vitest';
import { given } from './mou-stages.ts';

it('both who is to sign and who has signed is on record in that form', () => {
  given.arranged().shows({ signatories: ['mois: Kim Boo-kyum, Minister of the Interior and Safety'] });
  given.signed().shows({ signatories: ['mois: Kim Boo-kyum', 'mindigital: Nikos Pappas'] });
});
