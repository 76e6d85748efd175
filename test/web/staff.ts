import { describe, expect, it } from 'vitest';
import { type Form, textIn } from './asked.ts';
import { type Here, hiddenIn } from './coming-in.ts';
import { inDays } from './pages.ts';

/** Who is away and who stands in, as pages, in the world of the desk. */
export function describeStaff(here: () => Here): void {
  const [from, until] = [inDays(10), inDays(20)];
  const absence: Form = { from, until, standIn: 'han' };
  const onRecord = () =>
    here()
      .desk.world.db.selectFrom('absences')
      .select(['person', 'from_day', 'until_day', 'stand_in', 'by', 'back_on'])
      .where('person', '=', 'park')
      .execute();

  describe('the people of an agency', () => {
    it('are shown to it, each with the open cases that they are named in, and to nobody else', async () => {
      const { desk, visitorIn } = here();
      const caseId = await desk.opened();
      const [kim, park] = [await visitorIn('kim@mois.example.org'), await visitorIn('park@klid.example.org')];
      const listed = await (await park('/people')).text();
      expect(listed).toMatch(/href="\/person\/han"(.|\n)*href="\/person\/park"/);
      expect(listed).not.toContain('href="/person/kim"');
      expect(await (await park('/people?search=HAN')).text()).not.toContain('href="/person/park"');
      const concerned = await (await park('/person/park')).text();
      expect(concerned).toContain(`href="/case/${caseId}"`);
      expect(textIn(concerned)).toContain('acceptance of the action (KLID)');
      expect(concerned).not.toMatch(/<q lang="en">owes/);
      for (const path of ['/person/kim', '/person/nobody', '/person/__proto__'])
        expect([path, (await park(path)).status]).toEqual([path, 404]);
      expect((await kim('/person/park')).status).toBe(404);
      expect(await (await park('/desk')).text()).toContain('href="/person/park"');
    });

    it('say themselves that they are away, once what would follow was seen, and once however often it is sent', async () => {
      const { visitorIn } = here();
      const [park, han] = [await visitorIn('park@klid.example.org'), await visitorIn('han@klid.example.org')];
      const form = { ...hiddenIn(await (await park('/person/park')).text(), 'value="away"'), ...absence };
      const looked = await park('/person/park', { ...form, sure: 'yes', look: 'yes' });
      expect([looked.status, textIn(await looked.text())]).toEqual([
        200,
        expect.stringMatching(
          /mail to park.* goes to han.*Letter with another reader: .*, read by han.*Nothing has been put on record/s,
        ),
      ]);
      expect(await onRecord()).toEqual([]);
      const twice = await Promise.all(Array.from({ length: 4 }, () => park('/person/park', { ...form, sure: 'yes' })));
      expect(twice.map(({ headers }) => headers.get('location'))).toEqual(Array(4).fill('/person/park?done'));
      expect(await onRecord()).toEqual([
        { person: 'park', from_day: from, until_day: until, stand_in: 'han', by: 'park', back_on: null },
      ]);
      expect(textIn(await (await park('/person/park?done')).text())).toContain('This is on record now.');
      expect(textIn(await (await han('/people')).text())).toMatch(/Away from .* han.* stands in/);
      expect(textIn(await (await han('/person/han')).text())).toContain('Stands in for park');
    });

    it('are said to be back by themselves or a coordinator of theirs, and by no colleague', async () => {
      const { desk, visitorIn } = here();
      const [park, han] = [await visitorIn('park@klid.example.org'), await visitorIn('han@klid.example.org')];
      const own = hiddenIn(await (await han('/person/han')).text(), 'value="away"');
      const back = { ...own, do: 'back', on: from };
      expect(await (await han('/person/park')).text()).not.toContain('value="away"');
      const refused = await han('/person/park', { ...back, sure: 'yes' });
      expect([refused.status, textIn(await refused.text())]).toEqual([
        409,
        expect.stringContaining('han may not do this'),
      ]);
      const role = { person: 'han', role: 'coordinator', agency: 'klid', by: 'kim' } as const;
      await desk.world.db.insertInto('roles').values(role).execute();
      const shown = await (await han('/person/park')).text();
      expect(textIn(await (await han('/person/park', back)).text())).toMatch(/park.* was not away at all/);
      expect((await onRecord())[0]).toMatchObject({ back_on: null });
      const sent = await han('/person/park', { ...hiddenIn(shown, 'value="back"'), on: from, sure: 'yes' });
      expect(sent.headers.get('location')).toBe('/person/park?done');
      await desk.world.db.deleteFrom('roles').execute();
      expect(await onRecord()).toMatchObject([{ person: 'park', back_on: from }]);
      expect(textIn(await (await park('/people')).text())).not.toContain('Away from');
    });

    it('are stood in for by somebody of another agency whom they see, as at a terminal', async () => {
      const { desk, visitorIn } = here();
      const kim = await visitorIn('kim@mois.example.org');
      expect(await (await kim('/person/kim')).text()).not.toContain('<option value="han"');
      const role = { person: 'kim', role: 'reader', agency: 'klid', by: 'kim' } as const;
      await desk.world.db.insertInto('roles').values(role).execute();
      const page = await (await kim('/person/kim')).text();
      expect(page).toMatch(/<option value="han" >[^<]*\(klid\)/);
      const form = { ...hiddenIn(page, 'value="away"'), ...absence };
      expect(textIn(await (await kim('/person/kim', form)).text())).toMatch(/mail to kim.* goes to han/);
      const sent = await kim('/person/kim', { ...form, sure: 'yes' });
      expect(sent.headers.get('location')).toBe('/person/kim?done');
      const away = desk.world.db.selectFrom('absences').select('stand_in').where('person', '=', 'kim');
      expect(await away.execute()).toEqual([{ stand_in: 'han' }]);
      await desk.world.db.deleteFrom('absences').where('person', '=', 'kim').execute();
      await desk.world.db.deleteFrom('roles').execute();
    });

    it('are said to be away in no way that cannot be: nothing is stored', async () => {
      const { visitorIn } = here();
      const park = await visitorIn('park@klid.example.org');
      const before = await onRecord();
      const own = { ...hiddenIn(await (await park('/person/park')).text(), 'value="away"'), ...absence, sure: 'yes' };
      const wrong: readonly (readonly [number, Form])[] = [
        [422, { ...own, from: '' }],
        [422, { ...own, until: '2027-02-30' }],
        [422, { ...own, standIn: '' }],
        [422, { ...own, do: 'back' }],
        [409, { ...own, standIn: 'park' }],
        [409, { ...own, standIn: 'nobody' }],
        [409, { ...own, from: until, until: from }],
        [403, { ...own, secret: 'A'.repeat(43) }],
        [400, { ...own, do: 'erase' }],
        [422, { ...own, do: 'left', leavesOn: '2027-02-30' }],
        [409, { ...own, do: 'left', leavesOn: from }],
        [409, { ...own, do: 'stays' }],
      ];
      for (const [status, form] of wrong)
        expect([form, (await park('/person/park', form)).status]).toEqual([form, status]);
      expect(await onRecord()).toEqual(before);
    });

    it('hand over what they coordinate, or a coordinator of their agency does, once it was looked at; each case is told once', async () => {
      const { desk, visitorIn } = here();
      const { db } = desk.world;
      const caseId = await desk.opened();
      const others = { coordinator: 'mute' };
      await db.updateTable('people').set({ email: 'mute@mois.example.org' }).where('id', '=', 'mute').execute();
      const [kim, mute] = [await visitorIn('kim@mois.example.org'), await visitorIn('mute@mois.example.org')];
      expect(await (await mute('/person/kim')).text()).not.toContain('value="hand"');
      const page = await (await kim('/person/kim')).text();
      const form = { ...hiddenIn(page, 'value="hand"'), to: 'mute', reason: 'She leaves.' };
      const byAnother = {
        ...hiddenIn(await (await mute('/person/mute')).text(), 'value="away"'),
        do: 'hand',
        to: 'mute',
      };
      expect((await mute('/person/kim', { ...byAnother, sure: 'yes' })).status).toBe(409);
      const looked = await kim('/person/kim', form);
      expect([looked.status, await looked.text()]).toEqual([
        200,
        expect.stringMatching(new RegExp(`href="/case/${caseId}".*One more letter: .*\\(to mute`, 's')),
      ]);
      expect((await desk.last(caseId))?.type).not.toBe('coordinatorChanged');
      const twice = [
        await kim('/person/kim', { ...form, sure: 'yes' }),
        await kim('/person/kim', { ...form, sure: 'yes' }),
      ];
      expect(twice.map(({ headers }) => headers.get('location'))).toEqual(Array(2).fill('/person/kim?done'));
      expect((await desk.events(caseId)).filter(({ type }) => type === 'coordinatorChanged')).toMatchObject([
        { by: 'kim', reason: 'She leaves.', bySession: { address: 'kim@mois.example.org' } },
      ]);
      expect((await desk.entente.cases({ ...others, standing: 'open' })).rows.map(({ id }) => id)).toContain(caseId);
      expect((await desk.entente.cases({ coordinator: 'kim', standing: 'open' })).rows).toEqual([]);
    });

    it('leave, and stay after all, as an administrator says once whom it concerns was seen; each case is told once', async () => {
      const { desk, visitorIn } = here();
      const { db } = desk.world;
      const caseId = await desk.opened();
      const role = { person: 'papadopoulou', role: 'administrator', agency: 'mar', by: 'kim' } as const;
      await db.insertInto('roles').values(role).execute();
      const leaver = () =>
        db.selectFrom('people').select(['left_on', 'left_by']).where('id', '=', 'park').executeTakeFirst();
      const told = async () => (await desk.events(caseId)).filter(({ type }) => type === 'personLeft');
      const whoStay = async () => {
        const events = db.selectFrom('events').select(['case_id', 'by']).where('type', '=', 'personStays');
        return (await events.execute()).map(({ by }) => by);
      };
      const [park, admin] = [await visitorIn('park@klid.example.org'), await visitorIn('papadopoulou@mar.example.org')];
      expect(await (await park('/person/park')).text()).not.toContain('value="left"');
      const page = await (await admin('/person/park')).text();
      expect(page).not.toContain('value="stays"');
      const form = { ...hiddenIn(page, 'value="left"'), leavesOn: until };
      const looked = await (await admin('/person/park', { ...form, look: 'yes' })).text();
      expect(looked).not.toContain(`href="/case/${caseId}"`);
      expect(textIn(looked)).toMatch(
        /mail goes to han.*more things? (?:is|are) left.*letter about it.*kim.*Nothing has been put/s,
      );
      expect([await leaver(), await told()]).toEqual([{ left_on: null, left_by: null }, []]);

      const twice = await Promise.all(Array.from({ length: 6 }, () => admin('/person/park', { ...form, sure: 'yes' })));
      expect(twice.map(({ headers }) => headers.get('location'))).toEqual(Array(6).fill('/person/park?done'));
      expect(await leaver()).toEqual({ left_on: until, left_by: 'papadopoulou' });
      const bySession = { address: 'papadopoulou@mar.example.org' };
      expect(await told()).toMatchObject([{ type: 'personLeft', by: 'papadopoulou', proved: true, bySession }]);

      const back = hiddenIn(await (await admin('/person/park')).text(), 'value="stays"');
      expect(textIn(await (await admin('/person/park', back)).text())).toMatch(
        /serves on.*letter about it: \w+ \(test\) Until .* \d+ things would be different in cases.*Nothing/,
      );
      expect(await leaver()).toMatchObject({ left_on: until });
      for (const sent of [back, back])
        expect((await admin('/person/park', { ...sent, sure: 'yes' })).headers.get('location')).toBe(
          '/person/park?done',
        );
      expect((await admin('/person/park', { ...form, sure: 'yes' })).status).toBe(409);
      expect(await leaver()).toEqual({ left_on: null, left_by: null });
      expect([(await told()).length, await whoStay()]).toEqual([1, ['papadopoulou']]);
      await db.deleteFrom('roles').execute();
    });
  });
}
