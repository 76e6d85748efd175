import { createHmac } from 'node:crypto';
import { hashOf } from '../database/answer-links.ts';
import { type ListedEntry, listEntriesFor } from '../database/calendar-entries.ts';
import { feedOf as feedOnRecord, findFeed, makeFeed, revokeFeed } from '../database/calendar-feeds.ts';
import { findPerson } from '../database/people/person.ts';
import { standpointOf } from '../database/standpoint.ts';
import { hasLeft } from '../database/surroundings.ts';
import type { Instant } from '../domain/dates.ts';
import type { RegisterConnection } from './register.ts';
import type { Session } from './sessions.ts';

const tokenPattern = /^[A-Za-z0-9_-]{32}$/;

/** How an entry of a case is called in a language. */
type TitleIn = (language: string, caseId: string, summary: string) => string;

/** The addresses at which calendar programs read what somebody may see; each has one at a time. */
export class Feeds {
  private readonly register: RegisterConnection;

  constructor(register: RegisterConnection) {
    this.register = register;
  }

  /** When the address was made that somebody has now; the address itself is on no record. */
  readonly mine = async ({ person }: Session): Promise<Instant | undefined> =>
    (await this.register.ask((db) => feedOnRecord(db, person.person)))?.madeAt;

  /**
   * Makes an address and takes the one before back. The same form makes the same one, once.
   *
   * @param secret of the session
   * @returns its token; nothing if the form has been sent before and the address was taken back since
   */
  async make({ person }: Session, secret: string, form: string): Promise<string | undefined> {
    const token = createHmac('sha256', secret)
      .update(JSON.stringify(['feed', form]))
      .digest()
      .subarray(0, 24)
      .toString('base64url');
    const hash = hashOf(token);
    return this.register.change(async (db) => {
      await makeFeed(db, { hash, person: person.person });
      return (await feedOnRecord(db, person.person))?.hash === hash ? token : undefined;
    });
  }

  /** Takes the address back: whoever asks there finds nothing. Safe to repeat. */
  readonly revoke = ({ person }: Session): Promise<void> => this.register.change((db) => revokeFeed(db, person.person));

  /**
   * What stands in the calendar of whoever has this address, as iCalendar in their language: of the cases that they read whole, and what
   * they or their agency are invited to. Undefined if there is no such address, or no longer.
   */
  async read(token: string, titleIn: TitleIn): Promise<string | undefined> {
    if (!tokenPattern.test(token)) return undefined;
    const found = await this.register.ask(async (db) => {
      const feed = await findFeed(db, hashOf(token));
      const person = feed && (await findPerson(db, feed.person));
      const now = new Date().toISOString();
      if (!person || hasLeft(person, now)) return undefined;
      return { language: person.language, entries: await listEntriesFor(db, await standpointOf(db, person, now)) };
    });
    return found && feedIn(titleIn, found.language, found.entries);
  }
}

async function feedIn(titleIn: TitleIn, language: string, entries: readonly ListedEntry[]): Promise<string> {
  const { feedOf } = await import('../calendars/icalendar.ts');
  return feedOf(
    'Entente',
    entries.map(({ changedAt, entry, ...each }) => ({
      ...each,
      entry: { ...entry, summary: titleIn(language, each.caseId, entry.summary) },
      stamp: changedAt,
    })),
  );
}
