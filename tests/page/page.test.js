/* page.test.js - what a user does on the page, done by headless Chromium. Prints one line a check. */
import assert from 'node:assert/strict';
import { openPage } from './harness.js';

const [base, pictures] = process.argv.slice(2);
const { page, check, finish } = await openPage({
  context: { viewport: { width: 1440, height: 900 } }, failed: `${pictures}/failed.png`,
});
let tileRequests = [];
page.on('response', (answer) => answer.url().includes('/xyz/') && tileRequests.push({ url: answer.url(), status: answer.status() }));

/* Quiet for 400 ms; the stream of events, which never ends, does not count. */
const pending = new Set();
let lastNews = Date.now();
const note = (change) => (request) => {
  if (!request.url().endsWith('/events')) {
    change(request);
    lastNews = Date.now();
  }
};
page.on('request', note((request) => pending.add(request)));
page.on('requestfinished', note((request) => pending.delete(request)));
page.on('requestfailed', note((request) => pending.delete(request)));
async function settle() {
  const until = Date.now() + 20000;
  lastNews = Date.now();
  while (pending.size > 0 || Date.now() - lastNews < 400) {
    assert.ok(Date.now() < until, `still waiting for ${[...pending].map((request) => request.url())}`);
    await page.waitForTimeout(50);
  }
}
const text = (id) => page.locator(id).innerText();
const feature = `${base}plots/hollands-diep/features/copi`;

async function moveFeature(longitude) {
  const answer = await fetch(feature);
  const body = await answer.json();
  body.geometry.coordinates[0] = longitude;
  return fetch(feature, {
    method: 'PUT', body: JSON.stringify(body),
    headers: { 'Content-Type': 'application/geo+json', 'If-Match': answer.headers.get('ETag') },
  });
}

await check('the map is shown in RD with tiles, legend and revision', async () => {
  await page.goto(base);
  await page.waitForFunction(() => document.getElementById('state').textContent.includes('volgt'));
  await settle();
  assert.ok(tileRequests.some(({ url, status }) => url.includes('NetherlandsRDNewQuad') && status === 200));
  assert.ok(tileRequests.every(({ status }) => status === 200), JSON.stringify(tileRequests.filter((tile) => tile.status !== 200)));
  await page.waitForFunction(() => document.getElementById('legend-image').naturalWidth > 0);
  await page.screenshot({ path: `${pictures}/1-rd.png` });
});

await check('it switches to web mercator at the same place', async () => {
  tileRequests = [];
  await page.locator('#projection span', { hasText: 'Mercator' }).click();
  await settle();
  await page.waitForTimeout(600);
  assert.ok(tileRequests.some(({ url, status }) => url.includes('WebMercatorQuad') && status === 200));
  await page.screenshot({ path: `${pictures}/2-mercator.png` });
});

await check('the time slider shows another moment', async () => {
  tileRequests = [];
  await page.locator('#time').fill('2');
  await settle();
  assert.ok(tileRequests.some(({ url }) => url.includes('as-of=2026-10-08T')));
  assert.match(await text('#time-text'), /2026/);
  await page.screenshot({ path: `${pictures}/3-moment.png` });
  await page.locator('#time').fill(await page.locator('#time').getAttribute('max'));
  await settle();
});

await check('the chosen palette goes into tiles, legend, address and the link to the symbols', async () => {
  tileRequests = [];
  await page.locator('#palette').selectOption('mono');
  await settle();
  assert.ok(tileRequests.length > 0 && tileRequests.every(({ url, status }) => url.includes('palette=mono') && status === 200));
  await page.waitForFunction(() => document.getElementById('legend-image').src.includes('palette=mono'));
  await page.waitForFunction(() => document.getElementById('legend-image').naturalWidth > 0);
  assert.equal(new URL(page.url()).searchParams.get('palette'), 'mono');
  assert.match(await page.locator('#symbols-open').getAttribute('href'), /palette=mono/);
  await page.screenshot({ path: `${pictures}/3-mono.png` });
});

await check('an address with a palette shows it again; the palette of the map itself needs no mention', async () => {
  tileRequests = [];
  await page.reload();
  await page.waitForFunction(() => document.getElementById('state').textContent.includes('volgt'));
  await settle();
  assert.equal(await page.locator('#palette').inputValue(), 'mono');
  assert.ok(tileRequests.length > 0 && tileRequests.every(({ url }) => url.includes('palette=mono')));
  tileRequests = [];
  await page.locator('#palette').selectOption('default');
  await settle();
  assert.ok(tileRequests.length > 0 && tileRequests.every(({ url }) => !url.includes('palette')));
  assert.equal(new URL(page.url()).searchParams.get('palette'), null);
});

await check('a change by somebody else renews only the tiles that it touches', async () => {
  const before = await page.evaluate(() => document.body.dataset.renewed);
  assert.equal(before, undefined);
  assert.equal((await moveFeature(4.606)).status, 200);
  await page.waitForFunction(() => document.body.dataset.renewed);
  const [renewed, asked] = (await page.evaluate(() => document.body.dataset.renewed)).split('/').map(Number);
  assert.ok(renewed > 0 && renewed < asked / 2, `${renewed} of ${asked} tiles were renewed`);
  assert.match(await text('#state'), /revisie 2/);
});

await check('it speaks English', async () => {
  await page.locator('#language span', { hasText: 'EN' }).click();
  assert.equal(await text('#briefing-open'), 'Briefing map');
  await settle();
});

await check('symbols that lie under others on these tiles are told of, in the language of the page', async () => {
  await page.route('**/xyz/**', async (route) => {
    const response = await route.fetch();
    await route.fulfill({ response, headers: { ...response.headers(), 'plottafel-notes': 'symbol-hidden;count=2' } });
  });
  await page.locator('#palette').selectOption('mono');
  await page.waitForFunction(() => document.getElementById('lacks').textContent === 'Some symbols lie under others: zoom in, unless they stand at one point');
  await page.locator('#language span', { hasText: 'DE' }).click();
  await page.waitForFunction(() => document.getElementById('lacks').textContent === 'Zeichen liegen unter anderen: bitte vergrößern, außer an ein und demselben Punkt');
  await page.unrouteAll({ behavior: 'wait' });
  await page.locator('#language span', { hasText: 'EN' }).click();
  await page.locator('#palette').selectOption('default');
  await settle();
});

await check('a small screen shows the map too', async () => {
  await page.setViewportSize({ width: 390, height: 780 });
  await page.waitForTimeout(800);
  const box = await page.locator('#map').boundingBox();
  assert.ok(await page.locator('#legend').isHidden(), 'the legend covers the map');
  assert.ok(box.width >= 380 && box.height > 300, JSON.stringify(box));
  assert.ok(await page.evaluate(() => document.documentElement.scrollWidth <= window.innerWidth), 'it scrolls sideways');
  await page.screenshot({ path: `${pictures}/5-small.png` });
});

await check('the address of a briefing shows the map as it was then', async () => {
  await page.setViewportSize({ width: 1440, height: 900 });
  await page.goto(`${base}?map=situation&as-of=2026-10-08T10:00:00Z&language=en`);
  await page.waitForFunction(() => document.getElementById('time-text').textContent.includes('8 Oct 2026'));
  const [value, max] = await page.$eval('#time', (slider) => [Number(slider.value), Number(slider.max)]);
  assert.ok(value < max, `${value} of ${max}`);
});

await check('a connection is lost when its stream does not open for seconds, not before', async () => {
  let release;
  const released = new Promise((resolve) => { release = resolve; });
  await page.route('**/events', (route) => released.then(() => route.continue()));
  await page.goto(`${base}?language=en`);
  await page.waitForFunction(() => document.getElementById('state').textContent.includes('revision'));
  assert.doesNotMatch(await text('#state'), /connection lost|follows changes/);
  assert.ok(await page.locator('#state.lost').isHidden());
  await page.waitForFunction(() => /connection lost/.test(document.querySelector('#state.lost')?.textContent));
  release();
  await page.waitForFunction(() => /follows changes/.test(document.querySelector('#state:not(.lost)')?.textContent));
});

await finish();
