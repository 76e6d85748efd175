import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { dayOf, plus } from '../../domain/dates.ts';
import { aheadView } from '../../web/ahead-view.ts';
import { longDay } from '../../activities/mail/days.ts';
import { languages, textsIn } from '../../web/texts.ts';
import { textIn } from './asked.ts';
import { type Here, hiddenIn, kimCoordinates } from './coming-in.ts';
import { type Desk, inDays } from './pages.ts';
import { findPerson } from '../../database/people/person.ts';

const kim = 'kim@mois.example.org';

async function personNamed({ world }: Desk, id: string) {
  const person = await findPerson(world.db, id);
  if (!person) throw new Error(`There is no ${id}.`);
  return person;
}

/** What a page says of the year to come before something is sent. */
export function describeAhead(here: () => Here): void {
  describe('before a form is sent', () => {
    const moved = (to: string) => ({ by: 'kim', deadline: 'complete', to, reason: 'The budget.' });

    it('the page says what would be different in the year to come, from which day to which, and does nothing', async () => {
      const { desk, visitorIn } = here();
      const caseId = await desk.opened();
      await desk.entente.command(caseId, 'accept', { by: 'park' });
      const { waitsFor } = await desk.entente.view(caseId);
      const due = waitsFor.find(({ deadline }) => deadline === 'complete')?.due ?? '';
      const to = plus(due, 'P28D');
      const ask = await visitorIn(kim);
      const form = hiddenIn(await (await ask(`/case/${caseId}?do=moveDeadline`)).text(), 'value="moveDeadline"');
      const { by: _, ...typed } = moved(to);
      const page = textIn(await (await ask(`/case/${caseId}`, { ...form, ...typed })).text());
      expect(page).toContain(
        `Until ${longDay(plus(dayOf(new Date().toISOString()), 'P1Y'), 'en')} this would be different:`,
      );
      expect(page).toContain(`, KLID: ${longDay(due, 'en')} → ${longDay(to, 'en')}`);
      expect(page).toMatch(/Letter moved: .* \(to KLID\): .* → /);
      expect(await desk.last(caseId)).toMatchObject({ type: 'accepted' });
    });

    it.each(languages)('is told in %s, with nothing left as the record has it', async (language) => {
      const { desk } = here();
      const caseId = await desk.opened();
      await desk.entente.command(caseId, 'accept', { by: 'park' });
      const person = await personNamed(desk, 'kim');
      const says = async (name: string, body: object) => {
        const change = { commands: async () => [{ case: caseId, name, body: { by: 'kim', ...body } as never }] };
        return String(await aheadView({ entente: desk.entente, texts: textsIn(language), person }, change, caseId));
      };
      const pages = [
        await says('moveDeadline', moved(inDays(90))),
        await says('moveDeadline', moved(inDays(2))),
        await says('cancel', { reason: 'A mistake.' }),
      ];
      for (const page of pages) expect([page.includes('<li>'), page.includes('<q lang="en">')]).toEqual([true, false]);
    });

    it('what would be different in cases that they do not see is counted, and not named', async () => {
      const { desk } = here();
      const caseId = await desk.opened();
      const person = await personNamed(desk, 'papadopoulou');
      const change = {
        commands: async () => [{ case: caseId, name: 'cancel', body: { by: 'kim', reason: 'A mistake.' } }],
      };
      const page = String(
        await aheadView({ entente: desk.entente, texts: textsIn('en'), person }, change, 'action/other'),
      );
      expect(page).toMatch(/Until .* \d+ things would be different in cases that you do not see/);
      expect(page).not.toContain(caseId);
    });
  });

  describe('before a case is opened', () => {
    let over: () => Promise<void>;
    beforeAll(async () => void (over = await kimCoordinates(here().desk)));
    afterAll(() => over());

    it('the page says what it would do by itself in the year to come', async () => {
      const { visitorIn } = here();
      const ask = await visitorIn(kim);
      const path = '/open/action';
      const form = {
        ...hiddenIn(await (await ask(path)).text(), path),
        id: 'ahead',
        title: 'Ahead',
        topic: 'Translate the statute',
        'countries[]': 'KR',
        coordinator: 'kim',
        owner: 'klid',
        due: inDays(60),
      };
      const page = textIn(await (await ask(path, form)).text());
      expect(page).toMatch(
        /this would be different: Case opened: Ahead: Recorded.*Owed: .*completion.*KLID.*One more letter: /s,
      );
    });
  });
}
