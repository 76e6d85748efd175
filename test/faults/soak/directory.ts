import type { Kysely } from 'kysely';
import type { Database } from '../../../database/schema.ts';

/** Who there is to one story. The clocks of cases run apart, so each has readers of its own: gathered mail waits for all cases of its reader. */
export interface Cast {
  readonly owner: string;
  readonly partner: string;
  readonly coordinator: string;
  readonly ownerContact: string;
  readonly partnerContact: string;
}

export const castOf = (story: string): Cast => ({
  owner: `own-${story}`,
  partner: `par-${story}`,
  coordinator: `coo-${story}`,
  ownerContact: `con-${story}`,
  partnerContact: `pco-${story}`,
});

export async function fillDirectory(db: Kysely<Database>, stories: readonly string[]): Promise<void> {
  await db
    .insertInto('countries')
    .values([
      { code: 'KR', name: 'Republic of Korea', zone: 'Asia/Seoul', language: 'ko' },
      { code: 'GR', name: 'Greece', zone: 'Europe/Athens', language: 'el' },
    ])
    .execute();
  for (const story of stories) {
    const { owner, partner, coordinator, ownerContact, partnerContact } = castOf(story);
    const chief = `sup-${story}`;
    const agency = (id: string, country: string) => ({ id, country, name: id, email: null, contact: null });
    await db
      .insertInto('agencies')
      .values([agency(owner, 'KR'), agency(partner, 'GR')])
      .execute();
    const person = (id: string, of: string, superior: string | null) => ({
      id,
      name: id,
      email: `${id}@example.org`,
      agency: of,
      office: null,
      language: 'en',
      zone: 'Asia/Seoul',
      superior,
    });
    await db
      .insertInto('people')
      .values([
        person(chief, owner, null),
        person(coordinator, owner, chief),
        person(ownerContact, owner, chief),
        person(partnerContact, partner, null),
      ])
      .execute();
    await db.updateTable('agencies').set({ contact: ownerContact }).where('id', '=', owner).execute();
    await db.updateTable('agencies').set({ contact: partnerContact }).where('id', '=', partner).execute();
  }
}
