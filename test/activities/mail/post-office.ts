import { ApplicationFailure } from '@temporalio/activity';
import { MockActivityEnvironment } from '@temporalio/testing';
import { DefaultLogger } from '@temporalio/worker';
import { type Kysely, sql, type Transaction } from 'kysely';
import { expect } from 'vitest';
import { deadlineNamed } from '../../../domain/deadline-name.ts';
import { type Delivery, mailActivities, type MailDependencies } from '../../../activities/mail.ts';
import { Relay } from '../../../activities/mail/relay.ts';
import { connect } from '../../../database/connect.ts';
import type { Database, MessageRow } from '../../../database/schema.ts';
import type { Facts } from '../../../domain/lifecycle.ts';
import { noticeFacts } from './samples.ts';
import type { FaultHooks } from '../../../stack/mailbox/faults.ts';
import { type Mailbox, startMailbox } from '../../../stack/mailbox/mailbox.ts';
import { newDatabase } from '../../servers/shared.ts';

export const mailFrom = 'Entente <entente@example.org>';
export const caseId = 'action/kr-gr-1';

/** A register with a directory and one case, and a relay that can be made to misbehave while it runs. */
export interface PostOffice {
  /** The owner's: to set things up, to look and to clean up. Workers connect by their own role. */
  readonly db: Kysely<Database>;
  readonly databaseUrl: string;
  readonly mailbox: Mailbox;
  /** What the relay does wrong from now on; nothing when empty. */
  hooks: FaultHooks;
  /** Each a connection pool of its own, as a worker has. */
  worker(options?: Partial<MailDependencies> & { readonly smtpUrl?: string }): ReturnType<typeof mailActivities>;
  stop(): Promise<void>;
}

export async function openPostOffice(): Promise<PostOffice> {
  const { urls, drop } = await newDatabase();
  const db = connect(urls.databaseOwnerUrl, 8);
  const workerDb = connect(urls.databaseUrl, 20);
  await fillDirectory(db);
  const relays: Relay[] = [];
  const held: { hooks: FaultHooks } = { hooks: {} };
  const mailbox = await startMailbox({
    onConnect: () => held.hooks.onConnect?.(),
    onLogin: (user, password) => held.hooks.onLogin?.(user, password),
    onRecipient: (address, envelope) => held.hooks.onRecipient?.(address, envelope),
    onBody: (envelope) => held.hooks.onBody?.(envelope),
    onData: (message) => held.hooks.onData?.(message),
  });
  return {
    db,
    databaseUrl: urls.databaseUrl,
    mailbox,
    get hooks() {
      return held.hooks;
    },
    set hooks(hooks) {
      held.hooks = hooks;
    },
    worker({ smtpUrl = mailbox.smtpUrl, ...options } = {}) {
      const relay = new Relay(smtpUrl);
      relays.push(relay);
      return mailActivities({ db: workerDb, relay, mailFrom, ...options });
    },
    async stop() {
      for (const relay of relays) relay.close();
      await db.destroy();
      await workerDb.destroy();
      await mailbox.stop();
      await drop();
    },
  };
}

async function fillDirectory(db: Kysely<Database>): Promise<void> {
  await db.transaction().execute(async (trx) => {
    await trx
      .insertInto('countries')
      .values([
        { code: 'KR', name: 'Republic of Korea', zone: 'Asia/Seoul', language: 'ko' },
        { code: 'GR', name: 'Greece', zone: 'Europe/Athens', language: 'el' },
      ])
      .execute();
    await trx
      .insertInto('agencies')
      .values([
        {
          id: 'klid',
          country: 'KR',
          name: 'KLID 한국지역정보개발원',
          email: 'office@klid.example.org',
          contact: 'lee-jiho',
        },
        {
          id: 'mayor',
          country: 'GR',
          name: 'Υπουργείο Διοικητικής Ανασυγκρότησης',
          email: 'info@mayor.example.org',
          contact: null,
        },
        { id: 'silent', country: 'GR', name: 'An agency without an address', email: null, contact: null },
      ])
      .execute();
    await trx
      .insertInto('people')
      .values([
        { ...someone('lee-jiho', '이지호', 'klid'), superior: 'park-chief' },
        { ...someone('park-chief', 'Park <script>alert(1)</script>', 'klid'), superior: null },
        { ...someone('kim-minji', 'Kim Min-ji', 'klid'), superior: null },
        { ...someone('no-mail', 'Without Address', 'mayor'), email: null, superior: null },
      ])
      .execute();
  });
  await db
    .insertInto('cases')
    .values({
      id: caseId,
      kind: 'action',
      title: 'Digitalising government documents',
      stage: 'inProgress',
      countries: ['KR', 'GR'],
      coordinator: 'kim-minji',
      owner: 'agency/klid',
      opener: null,
      opened_at: '2018-09-28T06:00:00.000Z',
      last_at: '2018-09-28T06:00:00.000Z',
      closed_at: null,
      number: 1,
      late: false,
      next_due: null,
      facts: '{}',
      state: '{}',
    })
    .execute();
  await owe(db, 'complete', 1);
}

const someone = (id: string, name: string, agency: string) => ({
  id,
  name,
  agency,
  email: `${id}@example.org`,
  office: null,
  language: 'en',
  zone: 'Asia/Seoul',
});

/** The case owes this by the plan with this version. */
export async function owe(db: Kysely<Database>, name: string, version: number): Promise<void> {
  const row = {
    case_id: caseId,
    name,
    says: 'completion',
    what: deadlineNamed(name).what,
    owed_by: 'agency/klid',
    since: '2018-09-28',
    due: '2018-12-14',
    first_due: '2018-12-14',
    zone: 'Asia/Seoul',
    version,
    passes_at: '2018-12-14T15:00:00.000Z',
    ever_late: false,
  };
  await db
    .insertInto('deadlines')
    .values(row)
    .onConflict((conflict) => conflict.columns(['case_id', 'name']).doUpdateSet({ version }))
    .execute();
}

let made = 0;

/** Puts a message on record, as a transition does, and gives its key. */
export async function plan(
  db: Kysely<Database>,
  message: Partial<Omit<MessageRow, 'facts' | 'calendar' | 'attached'>> & {
    facts?: Facts;
    calendar?: string;
    attached?: string;
  } = {},
): Promise<string> {
  made += 1;
  const key = message.key ?? `${caseId}/complete/1/${made}/agency/klid`;
  await db
    .insertInto('messages')
    .values({
      key,
      case_id: caseId,
      event_number: made,
      text: 'case.undelivered',
      tone: null,
      level: null,
      deadline: null,
      recipient: 'agency/klid',
      summary: 'A message in a test',
      at: '2018-11-30T00:00:00.000Z',
      send_at: '2018-11-30T00:00:00.000Z',
      state: 'planned',
      ...message,
      facts: JSON.stringify({ ...noticeFacts, ...message.facts }),
    })
    .execute();
  return key;
}

/** Failed attempts are what these tests are about; their log lines would only hide real trouble. */
export const quietEnvironment = () => new MockActivityEnvironment({}, { logger: new DefaultLogger('ERROR') });

/** Runs one attempt as a worker would; an error is its answer, not the end of the test. */
export async function attemptOf(
  worker: ReturnType<typeof mailActivities>,
  key: string,
  environment = quietEnvironment(),
): Promise<Delivery | Error> {
  try {
    return await environment.run(worker.deliver, { key });
  } catch (error) {
    return error as Error;
  }
}

/** Asks again and again, as the workflow's retries do, until the message has ended; a lease is waited for as long as it lasts. */
export async function deliveryOf(worker: ReturnType<typeof mailActivities>, key: string): Promise<Delivery> {
  for (let tries = 0; ; tries += 1) {
    const answer = await attemptOf(worker, key);
    if (!(answer instanceof Error)) return answer;
    const isBusy = answer instanceof ApplicationFailure && answer.type === 'MailBusy';
    if (tries > 200 && !isBusy) throw answer;
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
}

export const rowOf = (db: Kysely<Database>, key: string): Promise<MessageRow> =>
  db.selectFrom('messages').selectAll().where('key', '=', key).executeTakeFirstOrThrow();

/** The lease of a message runs out at once, as if its holder had been dead for long. */
export const expireLease = async (db: Kysely<Database>, key: string): Promise<void> => {
  await db
    .updateTable('messages')
    .set({ claim_until: sql<string>`clock_timestamp() - interval '1 second'` })
    .where('key', '=', key)
    .execute();
};

/** Lets an attempt come to the gate, and holds it there for as long as `act` takes: whoever changes what is claimed waits. */
export async function heldAtGate<T>(
  db: Kysely<Database>,
  attempt: () => Promise<T>,
  act: (trx: Transaction<Database>) => unknown,
): Promise<T> {
  await sql`create function held() returns trigger language plpgsql as ${sql.lit(waitingIfClaimed)}`.execute(db);
  await sql`create trigger held before update on messages for each statement execute function held()`.execute(db);
  const attempts: Promise<T>[] = [];
  try {
    await db.transaction().execute(async (trx) => {
      await sql`select pg_advisory_xact_lock(${atGate})`.execute(trx);
      attempts.push(attempt());
      await expect.poll(() => isHeldAtGate(db)).toBe(true);
      await act(trx);
    });
    const [ended] = await Promise.all(attempts);
    return ended as T;
  } finally {
    await sql`drop function held cascade`.execute(db);
  }
}

const atGate = 77;
const waitingIfClaimed = `begin
  if exists (select from messages where state = 'claimed') then perform pg_advisory_xact_lock(${atGate}); end if;
  return null;
end`;

async function isHeldAtGate(db: Kysely<Database>): Promise<boolean> {
  const { rows } = await sql`
    select from pg_locks join pg_database on pg_database.oid = database
    where not granted and locktype = 'advisory' and objid = ${atGate} and datname = current_database()`.execute(db);
  return rows.length > 0;
}
