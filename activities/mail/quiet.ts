import type { Kysely, Transaction } from 'kysely';
import { addresseeOf } from '../../database/addressee.ts';
import { lockDigest } from '../../database/gathering.ts';
import { readerOffice } from '../../database/office.ts';
import {
  coordinatorsOfUnnamed,
  giveQuietDayBack,
  keepQuietMail,
  type QuietCaseNamed,
  quietCasesFor,
  takeQuietDay,
} from '../../database/quiet-cases.ts';
import type { Database } from '../../database/schema.ts';
import { type MailHours, openDigest } from '../../database/send-times.ts';
import { dayIn, type Instant } from '../../domain/dates.ts';
import { instantAt } from '../../domain/planning.ts';
import { firstWorkingMoment } from '../../domain/send-times.ts';
import { courtesyFor } from './courtesy.ts';
import { longDay } from './days.ts';
import { formatted } from './icu.ts';
import { mailboxOf, messageIdOf } from './identity.ts';
import { type Digest, digestHtmlOf, digestTextOf } from './letter.ts';
import { subjectLine } from './one-line.ts';
import type { Relay } from './relay.ts';
import { composed, type Mail, sendMail, type Stationery } from './smtp.ts';
import { type Language, languageOrEnglish } from './texts.ts';
import { titleOfCase } from './titles.ts';

export interface QuietPost extends Stationery {
  readonly db: Kysely<Database>;
  readonly relay: Relay;
  readonly mailFrom: string;
  readonly mailHours?: MailHours;
}

const patienceMs = 60_000;
/** By then the gathered mail of the morning has gone, and a reminder that comes later would have waited anyway. */
const noon = '12:00';

/**
 * Names quiet cases to coordinators whom no gathered mail has told of them for a week: in the afternoon of a working day
 * of theirs, as the gathered mail of that day.
 *
 * Safe to repeat, also by several at once: whoever opens the gate sends it. What has passed the gate is not sent again,
 * not even where it is in doubt whether it arrived; what certainly did not leave comes at the next time.
 *
 * @param now by the clock on the wall
 */
export async function nameQuietCases(post: QuietPost, now: Instant, stopped: AbortSignal): Promise<void> {
  const { db, relay } = post;
  for (const reader of await coordinatorsOfUnnamed(db, now)) {
    if (stopped.aborted) return;
    const written = await db.transaction().execute((trx) => writtenTo(trx, reader, now, post));
    if (!written) continue;
    const { key, mail } = written;
    let isOurs = false;
    const { is } = await sendMail(await composed(mail, post), {
      relay,
      openGate: async () => (isOurs = await takeQuietDay(db, key)),
      signal: AbortSignal.any([stopped, AbortSignal.timeout(patienceMs)]),
    });
    // An address at which nobody takes mail is raised by the letters that go there.
    if (is === 'refused') await takeQuietDay(db, key);
    if (is === 'notSent' && isOurs) await giveQuietDayBack(db, key);
  }
}

interface Written {
  readonly key: string;
  readonly mail: Mail;
}

async function writtenTo(
  trx: Transaction<Database>,
  reader: string,
  now: Instant,
  { mailFrom, mailHours = 'office' }: QuietPost,
): Promise<Written | undefined> {
  const { calendar, hours } = await readerOffice(trx, reader);
  const { zone } = calendar;
  const day = dayIn(now, zone);
  const isTime = firstWorkingMoment(calendar, hours, now) === now && now >= instantAt(day, noon, zone);
  if (mailHours === 'office' && !isTime) return undefined;
  const id = reader.slice('person/'.length);
  const addressee = await addresseeOf(trx, `person/${id}`, { at: now });
  // While they are away, nobody else is to take steps for them because nothing happens.
  if ('nobody' in addressee || addressee.person !== id) return undefined;
  const key = await openDigest(trx, { reader, day }, zone);
  if ((await lockDigest(trx, key)).gone) return undefined;
  const cases = await quietCasesFor(trx, { key, reader }, now, 'live');
  if (cases.length === 0) return undefined;
  const language = languageOrEnglish(addressee.language);
  const digest = digestOf(cases, language, { ...addressee, zone });
  const from = mailboxOf(mailFrom);
  const rendered = { text: digestTextOf(digest), html: digestHtmlOf(digest) };
  const messageId = messageIdOf(`digest/${key}/quiet`, from);
  const { address, name } = addressee;
  const { subject } = digest;
  const quiet = cases.map((each) => each.key);
  const row = { person: id, address, language: language.code, subject, message_id: messageId, quiet };
  await keepQuietMail(trx, key, { ...row, ...rendered });
  const headers = { 'X-Entente-Digest': key };
  const thread = messageIdOf(`digest/${reader}`, from);
  return { key, mail: { from, to: { name, address }, date: now, subject, ...rendered, messageId, thread, headers } };
}

function digestOf(
  cases: readonly QuietCaseNamed[],
  language: Language,
  reader: { readonly name: string; readonly person?: string; readonly office?: string; readonly zone: string },
): Digest {
  const { code, digest } = language;
  const { quiet } = digest;
  const say = (text: string, facts: Readonly<Record<string, string | number>> = {}) =>
    formatted(text, code, (name) => facts[name] ?? '');
  const [first] = cases;
  const paragraphs = [
    say(quiet.ask),
    ...cases.map(({ id, title, actedAt, days }) =>
      say(quiet.case, {
        case: id,
        about: titleOfCase(language, id, title),
        since: longDay(dayIn(actedAt, reader.zone), code),
        days,
      }),
    ),
  ];
  return {
    language: code,
    subject: subjectLine(
      say(quiet.subject, {
        first: first ? titleOfCase(language, first.id, first.title) : '',
        others: cases.length - 1,
      }),
    ),
    preheader: paragraphs[0] ?? '',
    heading: say(quiet.heading),
    salutation: courtesyFor(reader, { is: `person/${reader.person}` }, language).salutation,
    closing: [],
    paragraphs,
    groups: [],
    footer: [say(quiet.footer)],
  };
}
