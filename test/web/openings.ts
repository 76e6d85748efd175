import { beforeAll, describe, expect, it } from 'vitest';
import { type Form, textIn } from './asked.ts';
import { type Here, hiddenIn, kimCoordinates } from './coming-in.ts';
import { inDays } from './pages.ts';

/** Cases that are opened and brought in on pages, in the world of the desk. */
export function describeOpenings(here: () => Here): void {
  const action = (id: string): Form => ({
    id,
    title: 'Translate the <new> statute',
    'countries[]': 'KR\nGR',
    coordinator: 'kim',
    topic: 'Translate the new statute',
    owner: 'klid',
    due: inDays(60),
  });

  describe('a case is opened on a page', () => {
    beforeAll(() => kimCoordinates(here().desk));

    it('by a coordinator of the agency alone, once what would follow was seen, and once however often it is sent', async () => {
      const { desk, visitorIn } = here();
      const [kim, park] = [await visitorIn('kim@mois.example.org'), await visitorIn('park@klid.example.org')];
      expect(await (await kim('/desk')).text()).toContain('href="/open"');
      expect(await (await park('/desk')).text()).not.toContain('href="/open"');
      const path = '/open/action';
      expect([(await park(path)).status, (await park('/open')).status, (await kim('/open/nothing')).status]).toEqual([
        403, 403, 404,
      ]);
      const page = await (await kim(path)).text();
      expect(/<select id="open-coordinator".*?<\/select>/s.exec(page)?.[0]).toMatch(/value="kim"(?!.*value="park")/s);
      const form = { ...hiddenIn(page, '/open/action'), ...action('opened-here') };
      const shown = await kim(path, { ...form, look: 'yes' });
      expect([shown.status, textIn(await shown.text())]).toEqual([
        200,
        expect.stringMatching(
          /what would follow.*Mail to park .*park@klid.*Owed from then on.*Nothing has been put on record/s,
        ),
      ]);
      await expect(desk.entente.view('action/opened-here')).rejects.toThrow('action/opened-here');
      const twice = await Promise.all(Array.from({ length: 4 }, () => kim(path, { ...form, sure: 'yes' })));
      expect(twice.map(({ headers }) => headers.get('location'))).toEqual(
        Array(4).fill('/case/action/opened-here?opened'),
      );
      expect((await desk.events('action/opened-here')).filter(({ type }) => type === 'opened')).toMatchObject([
        { by: 'kim', bySession: { address: 'kim@mois.example.org' } },
      ]);
      expect(textIn(await (await kim('/case/action/opened-here?opened')).text())).toContain('The case is open now.');
    });

    it('also of a kind with a field that is called form, as talks and visits to sites have', async () => {
      const { desk, visitorIn } = here();
      const kim = await visitorIn('kim@mois.example.org');
      const path = '/open/appointment';
      const talk = { form: 'bilateralTalk', subject: 'The portal', on: inDays(40), owner: 'mois', host: 'agency/mar' };
      const { topic: _, due: __, ...header } = action('talk-opened-here');
      const typed = { ...hiddenIn(await (await kim(path)).text(), path), ...header, ...talk };
      expect((await kim(path, { ...typed, sure: 'yes' })).status).toBe(303);
      expect(await desk.last('appointment/talk-opened-here')).toMatchObject({ by: 'kim', data: { input: talk } });
    });

    it('and is refused with nothing stored, each fault at its field', async () => {
      const { desk, visitorIn } = here();
      const kim = await visitorIn('kim@mois.example.org');
      const page = await (await kim('/open/action')).text();
      const form: Form = { ...hiddenIn(page, '/open/action'), ...action('never'), sure: 'yes' };
      const { due: _, ...without } = form;
      const sent = async (path: string, given: Form) => {
        const answer = await kim(path, given);
        return [answer.status, textIn(await answer.text())];
      };
      const refusals = [
        await sent('/open/action', without),
        await sent('/open/action', { ...form, coordinator: 'park' }),
        await sent('/open/action', { ...form, owner: 'nobody' }),
        await sent('/open/action', { ...form, by: 'park' }),
        await sent('/open/action', { ...form, secret: 'A'.repeat(43) }),
        await sent('/open/action', { ...form, id: 'opened-here', title: 'Another' }),
      ];
      expect(refusals.map(([status]) => status)).toEqual([422, 422, 409, 400, 403, 409]);
      expect(refusals[0]?.[1]).toContain('Please fill this in.');
      await expect(desk.entente.view('action/never')).rejects.toThrow('action/never');
    });

    it('from a sheet: what is wrong is said line by line, what would follow is seen, and only that sheet is brought in, once', async () => {
      const { desk, visitorIn } = here();
      const [kim, park] = [await visitorIn('kim@mois.example.org'), await visitorIn('park@klid.example.org')];
      expect([(await park('/import')).status, (await kim('/import')).status]).toEqual([403, 200]);
      const secrets = hiddenIn(await (await kim('/import')).text(), 'action="/import"');
      const sent = async (rows: readonly string[], more: Form = {}, name = 'actions.csv') => {
        const form = new FormData();
        for (const [field, value] of Object.entries({ kind: 'action', ...secrets, ...more })) form.set(field, value);
        form.set('file', new Blob([['id,title,countries,coordinator,topic,owner,due', ...rows].join('\n')]), name);
        const answer = await kim('/import', form);
        const page = await answer.text();
        return { status: answer.status, says: textIn(page), page };
      };
      const row = (id: string, owner = 'klid') => `${id},A title,KR GR,kim,Print it,${owner},${inDays(60)}`;
      const wrong = await sent([row('sheet-1'), 'sheet-2,,KR,kim,Print it,klid,tomorrow', row('sheet-1')]);
      expect([wrong.status, wrong.says]).toEqual([
        422,
        expect.stringMatching(/There are \d faults.* 3 .*due.* 4 .*stands on line 2/s),
      ]);
      const unknown = await sent([row('sheet-1'), row('sheet-2', 'nobody')]);
      expect([unknown.status, unknown.says]).toEqual([422, expect.stringMatching(/There is 1 fault.* 3 .*nobody/s)]);
      const refused = [
        await sent([row('sheet-1')], {}, 'actions.pdf'),
        await sent([row('sheet-1')], { secret: 'A'.repeat(43) }),
        await sent([row('sheet-1')], { kind: 'nothing' }),
        await sent(Array.from({ length: 301 }, (_, index) => row(`many-${index}`))),
        await sent([`${row('sheet-1')}`.replace(',kim,', ',park,')]),
      ];
      expect(refused.map(({ status }) => status)).toEqual([409, 403, 400, 422, 422]);
      const rows = [row('sheet-1'), row('sheet-2')];
      const look = await sent(rows);
      expect([look.status, look.says]).toEqual([
        200,
        expect.stringMatching(/2 cases would be opened.*park@klid[^:]*: 2.*Case opened: /s),
      ]);
      const [, seen = ''] = /name="seen" value="(\w+)"/.exec(look.page) ?? [];
      const other = await sent([row('sheet-1')], { seen, sure: 'yes' });
      expect(other.says).toContain('This is another file');
      await expect(desk.entente.view('action/sheet-1')).rejects.toThrow('action/sheet-1');
      expect((await sent(rows, { seen, sure: 'yes' })).says).toContain('2 cases have been opened');
      expect((await sent(rows, { seen, sure: 'yes' })).says).toMatch(/0 cases have been opened|Nothing is left/);
      expect(await desk.events('action/sheet-2')).toEqual(
        expect.arrayContaining([expect.objectContaining({ type: 'opened', by: 'kim' })]),
      );
    });
  });
}
