import type { BrowserContext, Page } from 'playwright-core';

const official = 'park.jisoo@klid.example.org';
const coordinator = 'kim.minji@mois.example.org';

/** A moment of the walk, for a picture of it. */
export type Moment = 'begin' | 'mailbox' | 'letter' | 'answer' | 'desk' | 'verified';

/**
 * Answers as an official and verifies as the coordinator, as README tells it: by what stands on pages alone.
 *
 * @param context of a browser that nobody has signed in with
 */
export async function answerAsNewcomer(
  context: BrowserContext,
  mailboxUrl: string,
  see: (page: Page, moment: Moment) => Promise<unknown>,
): Promise<void> {
  const mailbox = await context.newPage();
  await mailbox.goto(mailboxUrl);
  await see(mailbox, 'begin');
  await Promise.all([
    mailbox.waitForURL(/\?example$/),
    mailbox.getByRole('button', { name: 'Begin the example' }).click(),
  ]);
  await openLetter(mailbox, official, /Sent back/, () => see(mailbox, 'mailbox'));
  await see(mailbox, 'letter');
  const answer = await opened(context, () => inLetter(mailbox, /^Answer/).click());
  await see(answer, 'answer');
  await fillIn(answer, 'reportDone', 'https://manual.example.org/open-data/annex');
  await answer.waitForURL(/\?done=/);
  await mailbox.goto(`${mailboxUrl}/?example`);
  const entrance = await opened(context, () => mailbox.getByRole('link', { name: 'your desk' }).click());
  await entrance.locator('#address').fill(coordinator);
  await Promise.all([entrance.waitForURL(/\/sign-in$/), entrance.keyboard.press('Enter')]);
  await openLetter(mailbox, coordinator, /sign in/i);
  const desk = await opened(context, () => inLetter(mailbox, /sign in/i).click());
  await desk.locator('main button').first().click();
  await desk.waitForURL(/\/desk/);
  await see(desk, 'desk');
  await fillIn(desk, 'verify', 'Read the page and its annex.');
  await openLetter(mailbox, coordinator, /code/i);
  const code = /\b\d{6}\b/.exec(await mailbox.locator('body').innerText())?.[0] ?? '';
  await desk.locator('input[name="code"]').fill(code);
  await desk.keyboard.press('Enter');
  await desk.waitForURL(/\?done=/);
  await see(desk, 'verified');
}

const betweenTriesMs = 200;
const mostTries = 150;

/** The newest one to somebody, once it has come. */
async function openLetter(
  mailbox: Page,
  to: string,
  subject: RegExp,
  beforehand?: () => Promise<unknown>,
): Promise<void> {
  const list = `${new URL(mailbox.url()).origin}/?example&to=${encodeURIComponent(to)}`;
  const letter = mailbox.locator('.messages a').filter({ has: mailbox.locator('.subject', { hasText: subject }) });
  for (let tries = 0; tries < mostTries; tries += 1) {
    await mailbox.goto(list);
    if (await letter.first().isVisible()) break;
    await mailbox.waitForTimeout(betweenTriesMs);
  }
  await beforehand?.();
  await letter.first().click();
}

const inLetter = (mailbox: Page, name: RegExp) => mailbox.frameLocator('iframe').getByRole('link', { name }).first();

async function opened(context: BrowserContext, click: () => Promise<void>): Promise<Page> {
  const [page] = await Promise.all([context.waitForEvent('page'), click()]);
  await page.waitForLoadState();
  return page;
}

async function fillIn(page: Page, command: string, evidence: string): Promise<void> {
  const form = page.locator('form', { has: page.locator(`input[name="command"][value="${command}"]`) }).first();
  if (!(await form.isVisible())) await page.locator('details', { has: form }).locator('summary').first().click();
  await form.locator('[name="evidence"]').fill(evidence);
  await form.locator('button').first().click();
}
