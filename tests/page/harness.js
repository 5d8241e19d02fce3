/* harness.js - a page in headless Chromium and the checks of what it does, one line each. */
import assert from 'node:assert/strict';
import { existsSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { chromium } from 'playwright-core';

const browsers = ['/usr/bin/chromium', '/usr/bin/chromium-browser', '/usr/bin/google-chrome'];
const quiet = ['--no-sandbox', '--disable-quic', '--no-first-run', '--disable-background-networking',
  '--disable-component-update', '--disable-sync'];
const gpu = { none: ['--disable-gpu'], software: ['--use-angle=swiftshader', '--enable-unsafe-swiftshader', '--ignore-gpu-blocklist'] };

const axe = readFileSync(fileURLToPath(new URL('./node_modules/axe-core/axe.min.js', import.meta.url)), 'utf8');

/** What axe-core has against a part of the page, one line a rule: [] is good. */
export async function barriers(page, selector) {
  await page.evaluate(axe);
  const { violations } = await page.evaluate((within) => window.axe.run(within, { runOnly: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'best-practice'] }), selector);
  return violations.map(({ id, nodes }) => `${id}: ${nodes.map(({ target, any, all }) => `${target} ${[...any, ...all].map(({ message }) => message)}`).join(' | ')}`);
}

/** context: viewport, locale (Dutch when not given) and permissions; paint: 'none' or 'software' for WebGL; failed: the picture of a check that failed. */
export async function openPage({ context, paint = 'none', failed }) {
  const browser = await chromium.launch({ executablePath: browsers.find(existsSync), args: [...quiet, ...gpu[paint]] });
  const page = await (await browser.newContext({ locale: 'nl-NL', ...context })).newPage();
  const complaints = [];
  page.on('pageerror', (error) => complaints.push(String(error)));
  page.on('console', (message) => message.type() === 'error' && complaints.push(message.text()));

  let passed = 0;
  /** The first one that fails ends the program. */
  async function check(sentence, act) {
    try {
      await act();
      passed += 1;
      console.log(`ok   ${sentence}`);
    } catch (error) {
      console.log(`FAIL ${sentence}\n${error.stack}`);
      await page.screenshot({ path: failed });
      await browser.close();
      console.log(`${passed} passed, 1 failed`);
      process.exit(1);
    }
  }

  async function finish() {
    await check('nothing was complained of', () => assert.deepEqual(complaints, []));
    await browser.close();
    console.log(`${passed} passed, 0 failed`);
  }
  return { browser, page, complaints, check, finish };
}
