import type { Page } from 'playwright-core';
import { beforeAll, describe, expect, it } from 'vitest';
import { type Form, textIn } from './asked.ts';
import { type Here, hiddenIn, kimCoordinates } from './coming-in.ts';
import { inDays } from './pages.ts';

type Question = Readonly<Record<'id' | 'asks' | 'type', string>>;
const question = (id: string, asks: string, type = 'rating'): Question => ({ id, asks, type });

/** Types a question into a row of the page, the first being 1. */
async function typeQuestion(page: Page, row: number, { id, asks, type }: Question): Promise<void> {
  const at = (name: string) => page.locator(`[name="questions.${row - 1}.${name}"]`);
  await at('id').fill(id);
  await at('asks').fill(asks);
  await at('type').selectOption(type);
}

/** What takes rows, from the form to the record, in the world of the desk. */
export function describeTables(here: () => Here): void {
  const caseId = 'programme/tables';
  const questions = [
    question('content', 'How relevant was it?'),
    question('travel', 'Was the journey worth it?', 'yesNo'),
    question('next', 'What comes next?', 'text'),
    question('host', 'How was the host?'),
  ];

  describe('a table', () => {
    beforeAll(() => kimCoordinates(here().desk));

    it('is filled in row by row as a case is opened, has more rows without a script, and says at its row what is wrong', async () => {
      const { desk, context, forgetAsking, signedIn } = here();
      await forgetAsking();
      const browser = await context({ javaScriptEnabled: false, viewport: { width: 360, height: 800 } });
      const page = await signedIn('kim@mois.example.org', browser);
      await page.goto(`${desk.url}/open/programme`);
      for (const [name, value] of [
        ['id', 'tables'],
        ['title', 'Programme'],
        ['nextStart', inDays(300)],
      ])
        await page.locator(`input[name="${name}"]`).fill(`${value}`);
      await page.locator('[name="countries[]"]').nth(0).fill('KR');
      await page.locator('[name="countries[]"]').nth(1).fill('GR');
      await page.locator('select[name=coordinator]').selectOption('kim');
      await page.locator('summary').click();
      const [first, second, third, fourth] = questions as [Question, Question, Question, Question];
      await typeQuestion(page, 1, first);
      await typeQuestion(page, 3, { ...second, id: 'The journey' });
      await page.getByRole('button', { name: /^More rows: What participants/ }).press('Enter');
      expect(await page.locator('[role=status]').textContent()).toContain('Nothing has been put on record yet.');
      expect(new URL(page.url()).hash).toBe('#open-questions-3');
      expect(await page.locator('[name$=".asks"]').count()).toBe(8);
      await typeQuestion(page, 4, third);
      await typeQuestion(page, 8, fourth);
      await page.locator('input[name=title]').press('Enter');
      expect(await page.locator('[role=alert]').textContent()).toContain('correct what is marked');
      expect(await page.locator('.wrong').count()).toBe(1);
      expect(await page.locator('#open-questions-2 .wrong').textContent()).toContain('must be 1 to 64');
      await typeQuestion(page, 3, second);
      await page.getByRole('button', { name: 'See first what would follow' }).click();
      await page.getByRole('button', { name: 'Open the case' }).click();
      await page.waitForURL(/\?opened/);
      expect((await desk.entente.view(caseId)).title).toBe('Programme');
      const [opened] = await desk.events(caseId);
      expect(opened).toMatchObject({ type: 'opened', by: 'kim', data: { input: { questions } } });
      await browser.close();
    });

    it('of a command shows what it replaces, and is put on record as sent, once however often', async () => {
      const { desk, visitorIn } = here();
      const kim = await visitorIn('kim@mois.example.org');
      const path = `/case/${caseId}`;
      const page = await (await kim(`${path}?do=setQuestions`)).text();
      for (const { id, asks } of questions)
        expect([page, page]).toEqual([expect.stringContaining(`value="${id}"`), expect.stringContaining(asks)]);
      const changed = [...questions.slice(1), question('food', 'How was the food?')];
      const rows = (all: typeof questions): Form =>
        Object.fromEntries(
          all.flatMap((each, row) => Object.entries(each).map(([name, value]) => [`questions.${row}.${name}`, value])),
        );
      const form = { ...hiddenIn(page, 'value="setQuestions"'), ...rows(changed) };
      const before = (await desk.events(caseId)).length;
      const shown = await kim(path, { ...form, more: 'questions', sure: 'yes' });
      const again = await shown.text();
      expect([shown.status, again.match(/<legend>Row \d+/g)?.length]).toEqual([200, changed.length + 5]);
      expect(again).toContain('value="How was the food?"');
      const wrong = await kim(path, { ...form, 'questions.2.asks': '', sure: 'yes' });
      expect([wrong.status, textIn(await wrong.text())]).toEqual([
        422,
        expect.stringMatching(/Row 3.*Please fill this in\..*Row 4/),
      ]);
      const refused = [
        await kim(path, { ...form, 'questions.60.asks': 'Beyond?', sure: 'yes' }),
        await kim(path, { ...form, 'questions.0.by': 'park', sure: 'yes' }),
      ];
      expect(refused.map(({ status }) => status)).toEqual([400, 400]);
      expect((await desk.events(caseId)).length).toBe(before);
      const twice = await Promise.all(Array.from({ length: 4 }, () => kim(path, { ...form, sure: 'yes' })));
      expect(twice.map(({ status }) => status)).toEqual(Array(4).fill(303));
      expect((await desk.events(caseId)).filter(({ type }) => type === 'questionsSet')).toMatchObject([
        { by: 'kim', data: { questions: changed } },
      ]);
    });
  });
}
