import { z } from 'zod';
import type { CivilDate } from '../domain/dates.ts';
import { isRefusal } from '../domain/refusal.ts';
import { listOf, words } from './fields.ts';
import { documentKind } from './kind.ts';
import { profileOf, profileShape } from './profile.ts';
import { legShape, liveLegs, visitIn, visitShape, visitThatStands } from './visit.ts';

const name = 'press-release';

/** Older notes are no news: the press is told those of the year of the visit. */
const thatYear = <P extends { notes: readonly { on: string }[] }>(profile: P, to: CivilDate) => ({
  ...profile,
  notes: profile.notes.filter(({ on }) => on.slice(0, 4) === to.slice(0, 4)),
});

const longWords = (text: string): readonly string[] => text.toLowerCase().match(/[\p{L}\p{N}-]{4,}/gu) ?? [];

/** Whether nearly all that a text says stands in another one already: the press is told nothing twice. */
function restates(text: string, another: string): boolean {
  const said = new Set(longWords(another));
  const all = longWords(text);
  return all.length > 0 && all.filter((word) => said.has(word)).length >= all.length * 0.9;
}

/** A note that a meeting discussed, and a background that a note tells, stand there already. */
function withoutRepetition<
  L extends {
    acts: readonly { meeting?: { items: readonly { says?: string | undefined }[] } | undefined }[];
    notes: readonly { says: string }[];
    proposals: readonly { background?: string | undefined }[];
  },
>(leg: L) {
  const discussed = leg.acts.flatMap(({ meeting }) => meeting?.items.map(({ says }) => says ?? '') ?? []).join(' ');
  const notes = leg.notes.filter(({ says }) => !restates(says, discussed));
  const known = notes.map(({ says }) => says).join(' ');
  const proposals = leg.proposals.map((proposal) =>
    proposal.background && restates(proposal.background, known) ? { ...proposal, background: undefined } : proposal,
  );
  return { ...leg, notes, proposals };
}

/** What the press is told of a visit: who, what, when, where, why, and what came of it. */
export const pressReleaseOfVisit = documentKind({
  name,
  template: 'press-release-visit',
  says: 'Press release of a delegation visit',
  of: ['visit'],
  fields: z.object({
    ...visitShape,
    legs: listOf('legs of the visit', { ...legShape, ...profileShape }),
    profiles: listOf('the sending country and those visited', {
      country: words('name of the country'),
      ...profileShape,
    }),
  }),
  async gather(register, id) {
    const visit = await visitThatStands(register, id, 'press release');
    if (isRefusal(visit)) return visit;
    const { sendingCountry, to } = visit.subject;
    const values = await visitIn(register, visit);
    const live = liveLegs(visit.subject);
    const legs = [];
    for (const [index, leg] of values.legs.entries())
      legs.push(
        withoutRepetition({ ...leg, ...thatYear(await profileOf(register, live[index]?.country ?? '', to), to) }),
      );
    const profiles = [];
    for (const code of new Set([sendingCountry, ...live.map(({ country }) => country)]))
      profiles.push({ country: register.countryName(code), ...(await profileOf(register, code, to)) });
    return [
      { title: `Press release: ${visit.title}`, countries: visit.countries, values: { ...values, legs, profiles } },
    ];
  },
});
