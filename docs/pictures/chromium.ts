import { type Browser, chromium } from 'playwright-core';

/** Debian's Chromium, or what `CHROMIUM` names. As whoever runs it, who may be root. */
export const startChromium = (): Promise<Browser> =>
  chromium.launch({
    executablePath: process.env['CHROMIUM'] ?? '/usr/bin/chromium',
    args: ['--no-sandbox', '--disable-gpu', '--disable-background-networking'],
  });
