import { fileURLToPath } from 'node:url';
import { setTimeout as delay } from 'node:timers/promises';
import type { Page } from 'playwright-core';
import { startChromium } from './pictures/chromium.ts';
import { startStory } from './pictures/scene.ts';

/**
 * Takes the pictures of operating.md from the real Temporal UI: `npx tsx docs/pictures.ts`. To be run by hand, after
 * something that operators see has changed; it needs Chromium (`CHROMIUM` says where, else `/usr/bin/chromium`).
 */

/** The story is played until here: one measure is late, and one rung short of its coordinator. */
const moment = '2019-02-13T10:00:00.000Z';
const lateCase = 'action/kr-gr-2-technology';
const width = 1100;
/** The menu of the UI beside the page is left out. */
const left = 270;

type Clip = NonNullable<NonNullable<Parameters<Page['screenshot']>[0]>['clip']>;

const tell = (line: string): void => void process.stderr.write(`${line}\n`);

async function main(): Promise<void> {
  const scene = await startStory(moment, tell);
  const { uiUrl = '', namespace } = scene.stack.temporal;
  const door = new URL(uiUrl);
  const ui = `${door.origin}/namespaces/${namespace}/workflows`;
  try {
    const browser = await startChromium();
    try {
      const page = await browser.newPage();
      await page.goto(door.href);
      await page.waitForFunction(`!location.search.includes('token')`);
      await takeAll(page, ui);
    } finally {
      await browser.close();
    }
  } finally {
    await scene.stop();
  }
}

async function takeAll(page: Page, ui: string): Promise<void> {
  page.setDefaultTimeout(60_000);
  await takeList(page, ui);
  await takeTimeline(page, ui);
  await takeUpdates(page, ui);
  await takeDetails(page, ui);
}

async function save(page: Page, name: string, clip: Clip): Promise<void> {
  const path = fileURLToPath(new URL(`pictures/${name}.png`, import.meta.url));
  // Fonts and transitions of the UI; it says of neither when they are done.
  await delay(1_500);
  await page.screenshot({ path, clip });
  tell(`Taken: docs/pictures/${name}.png`);
}

async function boxOf(page: Page, selector: string): Promise<Clip> {
  const box = await page.locator(selector).first().boundingBox();
  if (!box) throw new Error(`The page shows no ${selector}.`);
  return box;
}

/** So much of the page, from an element on. */
const below = async (page: Page, selector: string, height: number): Promise<Clip> => ({
  x: left,
  y: (await boxOf(page, selector)).y - 12,
  width: width - left,
  height,
});

const button = (page: Page, testId: string) => page.locator(`button[data-testid="${testId}"]:visible`).first();

/** The list of all measures, with the columns that the door has put into this browser. */
async function takeList(page: Page, ui: string): Promise<void> {
  // Wide enough for all its columns.
  await page.setViewportSize({ width: 1_430, height: 640 });
  await page.goto(`${ui}?query=${encodeURIComponent('Kind="action"')}`, { waitUntil: 'domcontentloaded' });
  await page.getByText(lateCase).first().waitFor();
  await save(page, 'list', { x: left, y: 50, width: 1_430 - left, height: 590 });
}

const open = (page: Page, ui: string) =>
  page.goto(`${ui}/${encodeURIComponent(lateCase)}`, { waitUntil: 'domcontentloaded' });

async function takeTimeline(page: Page, ui: string): Promise<void> {
  await page.setViewportSize({ width, height: 2_000 });
  await open(page, ui);
  await page.getByText('Seventh reminder to').first().waitFor();
  await save(page, 'timeline', await below(page, 'h2:has-text("Timeline")', 620));
}

async function takeDetails(page: Page, ui: string): Promise<void> {
  await page.setViewportSize({ width, height: 2_000 });
  await open(page, ui);
  await page.locator('a:has-text("User Metadata")').click();
  await page.getByText('Current Details').first().waitFor();
  await save(page, 'details', await below(page, 'a:has-text("User Metadata")', 1_050));
}

const dialog = 'dialog#update-confirmation-modal[open]';

/** The dialog grows when it has something to say. */
const dialogBox = async (page: Page): Promise<Clip> => {
  await delay(1_000);
  return boxOf(page, dialog);
};

/** One that is taken, and one that is refused. */
async function takeUpdates(page: Page, ui: string): Promise<void> {
  await page.setViewportSize({ width, height: 900 });
  const note = { by: 'kim-minji', note: 'The ministry has called: the report is on its way.' };
  await fillIn(page, ui, 'note', note);
  await save(page, 'update', await dialogBox(page));
  await submit(page);
  await page.locator(dialog).waitFor({ state: 'hidden' });
  const move = { by: 'kim-minji', deadline: 'complete', to: '2018-01-01', reason: 'They asked for more time.' };
  await fillIn(page, ui, 'moveDeadline', move);
  await submit(page);
  await page.locator(dialog).getByText('lies in the past').first().waitFor();
  await save(page, 'refused', await dialogBox(page));
}

async function fillIn(page: Page, ui: string, name: string, body: Record<string, string>): Promise<void> {
  await open(page, ui);
  await page.locator('button:has-text("More Actions")').first().click();
  await page.locator('[role=menuitem]:has-text("Send an Update")').first().click();
  await button(page, 'update-select-button').click();
  await page
    .locator(`${dialog} [role=option]`)
    .getByText(name, { exact: true })
    .locator('visible=true')
    .first()
    .click();
  // The list folds up in its own time, and takes the focus with it.
  await page.locator(`${dialog} [role=option]`).first().waitFor({ state: 'hidden' });
  await delay(1_000);
  await page.locator(`${dialog} .cm-content`).click();
  await page.keyboard.type(JSON.stringify(body));
  await page
    .locator(`${dialog} .cm-content`)
    .getByText(body['by'] ?? '')
    .first()
    .waitFor();
  // Leaving the field lays the text out anew, and the button moves away from under the pointer.
  await page.locator(dialog).getByText('Single JSON payload').first().click();
  await delay(1_000);
}

const submit = (page: Page): Promise<void> => page.locator(`${dialog} button:has-text("Submit")`).first().click();

main().then(
  () => process.exit(0),
  (error: unknown) => {
    tell(error instanceof Error ? (error.stack ?? error.message) : String(error));
    process.exit(1);
  },
);
