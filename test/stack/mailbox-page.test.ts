import type { Browser } from 'playwright-core';
import { startChromium } from '../../docs/pictures/chromium.ts';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { get, letter, open, openForEachTest, send } from './opened-mailbox.ts';

openForEachTest();

/** Longer than any screen, with what its reader can do at the end. */
const html = `<html><head><style>body { margin: 0; font-size: 16px }</style></head><body>
${'<p>What is owed, in a paragraph that takes several lines on a phone.</p>'.repeat(60)}
<p><a id="answer" href="https://example.org/a/x">Answer</a></p></body></html>`;

describe.each([360, 1280])('a letter on a screen of %i pixels', (width) => {
  let browser: Browser;
  beforeAll(async () => {
    browser = await startChromium();
  });
  afterAll(() => browser.close());

  it('is shown whole, down to what its reader can do, and again when the screen is turned', async () => {
    const box = await open();
    await send(box, { ...letter, html });
    const page = await browser.newPage({ viewport: { width, height: 740 } });
    await page.goto(`${box.url}/messages/${box.messages()[0]?.id}`);
    const hidden = () =>
      page.evaluate<number>(
        `(() => { const frame = document.querySelector('iframe'); return frame.contentDocument.documentElement.scrollHeight - frame.clientHeight; })()`,
      );
    await expect.poll(hidden).toBeLessThanOrEqual(0);
    expect(await page.frameLocator('iframe').locator('#answer').isVisible()).toBe(true);
    await page.setViewportSize({ width: width === 360 ? 740 : 400, height: 360 });
    await expect.poll(hidden).toBeLessThanOrEqual(0);
    expect(await page.evaluate('document.documentElement.scrollWidth - innerWidth')).toBe(0);
    await page.close();
  });

  it('begins on the first screen', async () => {
    const box = await open();
    const subject = 'By 14 December 2018: complete the action “Digitalise government documents” and report it as done';
    await send(box, { ...letter, subject, html });
    const page = await browser.newPage({ viewport: { width, height: 740 } });
    await page.goto(`${box.url}/messages/${box.messages()[0]?.id}`);
    expect((await page.locator('iframe').boundingBox())?.y).toBeLessThan(500);
    await page.close();
  });
});

describe('an invitation', () => {
  const content = 'BEGIN:VCALENDAR\r\nMETHOD:REQUEST\r\nEND:VCALENDAR\r\n';
  const icalEvent = { filename: 'invitation.ics', method: 'REQUEST', content };

  it('is listed once, though it comes as a part of the letter and as a file', async () => {
    const box = await open();
    await send(box, { ...letter, html, icalEvent });
    const [message] = box.messages();
    expect(message?.attachments.map(({ filename, contentType }) => [filename, contentType])).toEqual([
      ['invitation.ics', 'text/calendar'],
    ]);
    const { body } = await get(box, `/messages/${message?.id}`);
    expect(body.match(/\/attachments\//g)).toHaveLength(1);
    expect((await get(box, `/messages/${message?.id}/attachments/0`)).body).toContain('METHOD:REQUEST');
  });

  it('stands beside files of other names, be they the same', async () => {
    const box = await open();
    const attachments = ['a.txt', 'b.txt'].map((filename) => ({ filename, content: 'The same' }));
    await send(box, { ...letter, icalEvent, attachments });
    const names = box.messages()[0]?.attachments.map(({ filename }) => filename) ?? [];
    expect(names.sort()).toEqual(['a.txt', 'b.txt', 'invitation.ics']);
  });
});
