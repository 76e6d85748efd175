import { nameOf } from '../../domain/case/label.ts';
import type { KeptLetter } from '../../rehearsal/rehearse.ts';

/** For whom a letter is, and who has it where that is somebody else: "mois (read by kim-minji)". */
export const readerIn = ({ to, reader }: Pick<KeptLetter, 'to' | 'reader'>): string =>
  reader === undefined || reader === to ? nameOf(to) : `${nameOf(to)} (read by ${nameOf(reader)})`;

/** Why there is no letter to be read. */
export const noLetter = ({ summary, why }: Pick<KeptLetter, 'summary' | 'why'>): string =>
  `no letter (${summary}). ${why ?? 'Nobody would have had it.'}`;
