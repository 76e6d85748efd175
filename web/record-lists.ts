import { sortable } from '../client/lists.ts';
import type { WaitingCase } from '../client/told.ts';
import type { Waiting } from '../domain/case/view.ts';
import { kindOf } from '../domain/case/opening.ts';
import { date, partyNamed } from '../domain/fields.ts';
import type { Told } from '../domain/story/told.ts';
import type { Done, LetterMade, ListedMessage } from '../database/lists.ts';
import { coordinator, country, type Filter, kind, owner, search, tick } from './filters.ts';
import { type Asked, type Column, type PageList, pageList, wholeList } from './page-list.ts';

/** Lists of what cases wait for and what was done and sent, and of the directory's record. */

const standings = ['expected', 'sent', 'failed', 'inDoubt', 'withdrawn'] as const;
const standing: Filter = {
  name: 'standing',
  as: 'choice',
  of: ['', ...standings],
  says: (texts, each) => texts.say(`mail_${each}`),
};
const anyCase: Filter = { name: 'case', as: 'text', form: /^[a-z]+\/[a-z0-9-]{1,64}$/, most: 75 };
const aDay = { test: (typed: string) => date.safeParse(typed).success };
const day = (name: string): Filter => ({ name, as: 'text', form: aDay, most: 10 });
const indicator: Filter = { name: 'indicator', as: 'text', form: /^[^\p{Cc}]{1,200}$/u, most: 200 };
const year: Filter = { name: 'year', as: 'text', form: /^(19|20|21)\d{2}$/, most: 4 };
const person: Filter = { name: 'by', as: 'text', form: /^[a-z0-9-]{1,64}$/, most: 64 };

const inCase = <Row extends { readonly caseId: string; readonly title: string }>(): Column<Row> => [
  'case',
  'case',
  ({ caseId }) => caseId,
  ({ title }) => title,
];

/** Of a case that waits for several things, each is a row. */
interface WaitingRow extends WaitingCase {
  readonly waiting?: Waiting;
}

const awaited = ({ waiting, told }: WaitingRow) => {
  const about = waiting && told.get(waiting.deadline);
  return about && [about];
};
/** Once for each case. */
const isFirst = ({ view, waiting }: WaitingRow): boolean => waiting === view.waitsFor[0];

type MailRow = ListedMessage & { readonly letter?: LetterMade | undefined };
type DoneRow = Done & { readonly told?: readonly Told[] | undefined };

export const recordLists: Readonly<Record<string, PageList>> = {
  waiting: pageList<WaitingRow>(
    { filters: [search, kind, country, owner, coordinator, tick('late'), tick('mine')], sorts: sortable('waiting') },
    async (entente, { query, coordinators }, page) => {
      const { kind: of, country: where, coordinator: whose, search: words, late } = query;
      const { rows, ...next } = await entente.waitingTold(
        {
          kind: of,
          country: where,
          coordinator: whose,
          search: words,
          owner: query.owner && partyNamed(query.owner),
          late: late === 'yes',
          coordinators,
        },
        page,
      );
      const each = (row: WaitingCase): readonly WaitingRow[] =>
        row.view.waitsFor.length > 0 ? row.view.waitsFor.map((waiting) => ({ ...row, waiting })) : [row];
      return { ...next, rows: rows.flatMap(each) };
    },
  )([
    ['case', 'case', ({ view }) => view.id, ({ view }) => view.title],
    ['stage', 'stage', ({ view }) => view.stage],
    ['awaited', 'record', ({ waiting }) => waiting?.says, awaited],
    ['owedBy', 'named', ({ waiting }) => waiting?.owedBy],
    ['waitingSince', 'day', ({ waiting }) => waiting?.since],
    ['due', 'day', ({ waiting }) => waiting?.due],
    ['late', 'late', ({ waiting }) => waiting?.late],
    [
      'byItself',
      'record',
      (row) => (isFirst(row) ? row.view.next?.says : undefined),
      ({ nextTold }) => nextTold && [nextTold],
    ],
    ['byItselfAt', 'moment', (row) => (isFirst(row) ? row.view.next?.at : undefined)],
  ]),
  done: pageList<DoneRow>(
    { filters: [person, day('since'), day('until')], sorts: sortable('done') },
    async (entente, asked: Asked, page) => {
      const { by = asked.session.person.person, since, until } = asked.query;
      const { rows, ...next } = await entente.done({ by, since, until, coordinators: asked.coordinators }, page);
      return { ...next, rows: asked.forPeople ? await entente.toldOfEvents(rows) : rows };
    },
  )([
    ['doneAt', 'moment', ({ at }) => at],
    inCase(),
    ['kind', 'kind', ({ caseId }) => kindOf(caseId)],
    ['lastSays', 'record', ({ says }) => says, ({ told }) => told],
  ]),
  mail: pageList<MailRow>(
    { filters: [standing, anyCase, tick('mine')] },
    async (entente, { query, coordinators, forPeople }, page) => {
      const how = standings.find((each) => each === query.standing);
      const { rows, ...next } = await entente.messages({ case: query.case, standing: how, coordinators }, page);
      return { ...next, rows: forPeople ? await entente.lettersOf(rows) : rows };
    },
  )([
    ['goes', 'moment', ({ sendAt }) => sendAt],
    ['standing', 'standing', ({ standing: how }) => how],
    ['recipient', 'named', ({ recipient }) => recipient],
    ['sentTo', 'text', ({ address }) => address],
    [
      'letter',
      'letter',
      ({ state, caseId, key }) =>
        state === 'sent' ? `/case/${caseId}/letter?key=${encodeURIComponent(key)}` : undefined,
      ({ subject, summary }) => subject ?? summary,
      ({ letter }) => letter,
    ],
    ['reply', 'record', ({ state, reply }) => (state === 'sent' ? undefined : reply)],
    ['case', 'case', ({ caseId }) => caseId],
  ]),
  links: pageList(
    { filters: [anyCase, tick('mine')], sorts: sortable('links') },
    (entente, { query, coordinators }, page) => entente.linksOf({ case: query.case, coordinators }, page),
  )([
    ['made', 'moment', ({ madeAt }) => madeAt],
    ['recipient', 'named', ({ person: who }) => `person/${who}`],
    ['sentTo', 'text', ({ address }) => address],
    inCase(),
    [
      'letter',
      'letter',
      ({ caseId, message }) => `/case/${caseId}/letter?key=${encodeURIComponent(message)}`,
      ({ message }) => message,
    ],
    ['revokedAt', 'moment', ({ revokedAt }) => revokedAt],
    ['revokedBy', 'named', ({ revokedBy }) => revokedBy && `person/${revokedBy}`],
  ]),
  indicators: pageList(
    { filters: [country, indicator, year], sorts: sortable('indicators') },
    (entente, { query }, page) => {
      const asked = { country: query.country, indicator: query.indicator };
      return entente.countries.indicators({ ...asked, year: query.year ? Number(query.year) : undefined }, page);
    },
  )([
    ['country', 'named', (row) => row.country],
    ['indicator', 'text', (row) => row.indicator],
    ['year', 'text', (row) => row.year],
    ['value', 'text', ({ value }) => value],
    ['unit', 'text', ({ unit }) => unit],
    ['rank', 'text', ({ rank }) => rank],
    ['among', 'text', ({ among }) => among],
    ['source', 'text', ({ source }) => source],
  ]),
  roles: {
    isForAdministrators: true,
    ...wholeList((entente) => entente.roles.list())([
      ['person', 'named', ({ person: who }) => `person/${who}`],
      ['role', 'role', ({ role }) => role],
      ['agency', 'named', ({ agency }) => agency && `agency/${agency}`],
      ['country', 'named', ({ country: of }) => of],
      ['from', 'day', ({ from }) => from],
      ['to', 'day', ({ until }) => until],
      ['givenBy', 'named', ({ by }) => `person/${by}`],
    ]),
  },
  directory: {
    isForAdministrators: true,
    ...pageList({ filters: [], sorts: sortable('directory') }, (entente, _, page) => entente.besideCases.list(page))([
      ['doneAt', 'moment', ({ at }) => at],
      ['lastSays', 'command', ({ command }) => command],
      ['about', 'concern', ({ about }) => about],
      ['lastBy', 'named', ({ by }) => by && `person/${by}`],
      ['provedAt', 'key', ({ provedAt }) => provedAt],
    ]),
  },
  addresses: {
    isForAdministrators: true,
    ...wholeList((entente) => entente.addressChanges())([
      ['doneAt', 'moment', ({ at }) => at],
      ['recipient', 'named', ({ holder }) => holder],
      ['was', 'text', ({ was }) => was],
      ['became', 'text', ({ became }) => became],
      ['lastBy', 'named', ({ by }) => `person/${by}`],
      ['told', 'moment', ({ told_at: told }) => told],
    ]),
  },
};
