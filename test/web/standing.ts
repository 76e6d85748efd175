import { createHash } from 'node:crypto';
import { sql } from 'kysely';
import { describe, expect, it } from 'vitest';
import type { CaseState } from '../../domain/case/state.ts';
import { textIn } from './asked.ts';
import type { Here } from './coming-in.ts';
import { inDays } from './pages.ts';

const kim = 'kim@mois.example.org';
const copies = 60;

/** By which day of its cases a list is in order. */
const ordered = [
  ['requests', 'request', 'receivedOn'],
  ['mous', 'mou', 'decideBy'],
  ['committees', 'committee', 'nextMeetingBy'],
  ['actions', 'action', 'due'],
  ['visits', 'visit', 'from'],
  ['workshops', 'workshop', 'from'],
  ['programmes', 'programme', 'opensOn'],
  ['editions', 'edition', 'from'],
] as const;

interface Copy {
  readonly id: string;
  readonly day: string;
  readonly title: string;
}

/** Days come twice, and neither ids nor titles are in their order. */
const copiesOf = (kind: string): readonly Copy[] =>
  Array.from({ length: copies }, (_, index) => ({
    id: `${kind}/copy-${String(index).padStart(2, '0')}`,
    day: inDays(40 + ((index * 7) % 30)),
    title: `Copy ${String((index * 11) % copies).padStart(2, '0')}`,
  }));

const inOrder = (all: readonly Copy[], key: (copy: Copy) => string): readonly string[] =>
  all.toSorted((one, other) => (`${key(one)} ${one.id}` < `${key(other)} ${other.id}` ? -1 : 1)).map(({ id }) => id);

/** What stands on the desk and the case of whoever coordinates, and how pages of lists follow one another. */
export function describeStanding(here: () => Here): void {
  describe('the desk of whoever coordinates', () => {
    it('has what others owe and who has been told, what happens by itself, and mail that did not arrive', async () => {
      const { desk, visitorIn } = here();
      const { db } = desk.world;
      const caseId = await desk.opened();
      const { state: before } = await db
        .selectFrom('cases')
        .select('state')
        .where('id', '=', caseId)
        .executeTakeFirstOrThrow();
      const known = before as unknown as CaseState;
      const told = Object.entries(known.deadlines).map(([name, standing]) => [
        name,
        { ...standing, sent: { owner: 2, superior: 1 } },
      ]);
      const lost = {
        message: `${caseId}/1/0`,
        text: 'accept',
        to: 'person/park',
        state: 'refused',
        why: 'No such box.',
      };
      const state = JSON.stringify({ ...known, deadlines: Object.fromEntries(told), undelivered: [lost] });
      await db.updateTable('cases').set({ state }).where('id', '=', caseId).execute();
      const partsOf = async (address: string): Promise<readonly string[]> => {
        const page = await (await (await visitorIn(address))('/desk')).text();
        const parts = ['deskAwaited', 'deskAhead', 'deskUndelivered'].map(
          (name) => new RegExp(`<section aria-labelledby="${name}">.*?</section>`, 's').exec(page)?.[0] ?? '',
        );
        return parts.map((part) =>
          part
            .split('<li>')
            .filter((each) => each.includes(`/case/${caseId}"`))
            .join(' '),
        );
      };
      const [awaited = '', ahead = '', undelivered = ''] = await partsOf(kim);
      expect(textIn(awaited)).toContain('The superior has been told.');
      expect(textIn(awaited)).not.toContain('The co-chairs have been told.');
      expect(ahead).not.toBe('');
      expect(textIn(undelivered)).toMatch(/park \(test\)[^:]*\(refused\): “No such box\.”/);
      expect(await partsOf('papadopoulou@mar.example.org')).toEqual(['', '', '']);
    });
  });

  describe('the page of a case', () => {
    it('has its papers for whoever keeps it and nobody else, and says what came without a proof', async () => {
      const { desk, visitorIn } = here();
      const { db } = desk.world;
      const caseId = await desk.opened();
      const content = Buffer.from('%PDF-1.4 minutes');
      const sha256 = createHash('sha256').update(content).digest('hex');
      await db.insertInto('documents').values({ sha256, type: 'pdf', content }).execute();
      const paper = { case_id: caseId, event_number: 1, position: 0, name: 'Minutes of Σεούλ.pdf', sha256 };
      await db.insertInto('case_documents').values(paper).execute();
      await db.updateTable('commands').set({ proved: false }).where('case_id', '=', caseId).execute();
      const address = `/case/${caseId}/paper/${sha256}`;
      const ask = await visitorIn(kim);
      const page = await (await ask(`/case/${caseId}`)).text();
      expect(page).toContain(`href="${address}"`);
      expect(/<ol class="story">.*?<\/ol>/s.exec(page)?.[0]).toContain('(without proof)');
      const answer = await ask(address);
      expect(Buffer.from(await answer.arrayBuffer())).toEqual(content);
      expect(answer.headers.get('content-disposition')).toContain(encodeURIComponent(paper.name));
      for (const other of ['park@klid.example.org', 'papadopoulou@mar.example.org'])
        expect([other, (await (await visitorIn(other))(address)).status]).toEqual([other, 404]);
      await db.updateTable('commands').set({ proved: true }).where('case_id', '=', caseId).execute();
      expect(await (await ask(`/case/${caseId}`)).text()).not.toContain('(without proof)');
    });
  });

  // Last in its world: what is on record stays.
  describe('a list of several pages', () => {
    it('has each row once and in its order, and leads back to the first page', async () => {
      const { desk, visitorIn } = here();
      const { db } = desk.world;
      const base = await db
        .selectFrom('cases')
        .selectAll()
        .where('id', '=', await desk.opened())
        .executeTakeFirstOrThrow();
      const { quiet_from: _, ...rest } = base;
      for (const [, kind, fact] of ordered) {
        const rows = copiesOf(kind).map(({ id, day, title }, index) => ({
          ...rest,
          id,
          kind,
          title,
          next_due: `${day}T00:00:00.000Z`,
          state: JSON.stringify({ ...Object(base.state), id }),
          acted_at: `${inDays(-500 + ((index * 7) % 30))}T00:00:00.000Z`,
          facts: JSON.stringify({ topic: 'x', [fact]: day, to: day }),
        }));
        await db.insertInto('cases').values(rows).execute();
      }
      // A quiet case is shown with what was done last.
      await sql`insert into events (case_id, number, type, at, by, says, data)
        select cases.id, 1, type, at, by, says, data from cases, events
        where cases.id like 'action/copy-%' and case_id = ${base.id} and events.number = 1`.execute(db);
      const ask = await visitorIn(kim);
      const followed = async (path: string): Promise<readonly string[]> => {
        const ids: string[] = [];
        let [next, pages] = [path, 0];
        while (next !== '') {
          const page = (await (await ask(next)).text()).replaceAll('&amp;', '&');
          pages += 1;
          ids.push(...[...page.matchAll(/href="\/case\/(\w+\/copy-\d+)"/g)].map(([, id = '']) => id));
          expect([next, page.includes(`<a href="${path}">Back to the first ones</a>`)]).toEqual([next, pages > 1]);
          next = /<a href="([^"]+)">Further ones/.exec(page)?.[1] ?? '';
        }
        expect([path, pages > 1]).toEqual([path, true]);
        return ids;
      };
      for (const [list, kind] of ordered)
        expect([list, await followed(`/list/${list}`)]).toEqual([list, inOrder(copiesOf(kind), ({ day }) => day)]);
      const visits = copiesOf('visit');
      const sorts = {
        due: ({ day }: Copy) => day,
        id: () => '',
        title: ({ title }: Copy) => title,
        stage: () => '',
        coordinator: () => '',
      };
      for (const [sort, key] of Object.entries(sorts))
        expect([sort, await followed(`/list/cases?kind=visit&sort=${sort}`)]).toEqual([sort, inOrder(visits, key)]);
      expect(await followed('/list/quiet?kind=action&days=300')).toEqual(inOrder(copiesOf('action'), ({ day }) => day));
    });
  });
}
