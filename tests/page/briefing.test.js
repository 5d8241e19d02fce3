/* briefing.test.js - the panel in which a briefing map is made: with the mouse, with the keyboard alone, and when things
   go wrong. Prints one line a check. */
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { barriers, openPage } from './harness.js';

const [base, pictures] = process.argv.slice(2);
const { page, complaints, check, finish } = await openPage({
  context: { viewport: { width: 1400, height: 900 } }, failed: `${pictures}/briefing-failed.png`,
});
const text = (id) => page.locator(id).innerText();
const field = (name) => page.locator(`#briefing [name=${name}]`);
const previewed = () => page.waitForFunction(() => document.querySelector('#briefing-preview[src]:not(.old)'), null, { timeout: 20000 });
const ready = () => page.waitForFunction(() => !document.getElementById('briefing-result').hidden, null, { timeout: 20000 });
const focused = () => page.evaluate(() => document.activeElement.name || document.activeElement.id);
const ordered = () => page.waitForRequest((request) => request.method() === 'POST' && request.url().endsWith('/execution'));
const asked = () => page.waitForRequest((request) => request.url().endsWith('/briefings/preview'));

/** Another document than before: one that is there already is given at once. */
async function title(words) {
  const request = asked();
  await field('title').fill(words);
  await field('title').blur();
  await request;
  await previewed();
}

/** Chooses, and gives the inputs of the preview that follows. */
async function choose(name, value) {
  const request = asked();
  await field(name).selectOption(value);
  const { inputs } = (await request).postDataJSON();
  await previewed();
  return inputs;
}

async function openPanel(query = '') {
  await page.goto(base + query);
  await page.waitForFunction(() => document.getElementById('state').textContent.match(/\d/));
  await page.locator('#briefing-open').click();
  await previewed();
}

await check('the sheet lies on the map, is dragged to its place, and is previewed', async () => {
  await openPanel('?palette=colour-blind');
  assert.equal(await field('paper').inputValue(), 'A3');
  const isLandscape = () => page.evaluate(() => {
    const { naturalWidth, naturalHeight } = document.getElementById('briefing-preview');
    return naturalWidth > naturalHeight;
  });
  assert.ok(await isLandscape());
  const request = asked();
  await page.mouse.move(420, 500);
  await page.mouse.down();
  await page.mouse.move(300, 400, { steps: 5 });
  await page.mouse.up();
  const before = (await request).postDataJSON().inputs;
  await previewed();
  const after = await choose('orientation', 'portrait');
  assert.deepEqual(after.center, before.center);
  assert.ok(!(await isLandscape()));
  await choose('orientation', 'landscape');
  await page.screenshot({ path: `${pictures}/4-frame.png` });
});

await check('a sheet larger than the window makes the map show all of it', async () => {
  const zoomOf = (request) => Number(/\/xyz\/[^/]+\/[^/]+\/(\d+)\//.exec(request.url())?.[1] ?? Infinity);
  const coarser = page.waitForRequest((request) => zoomOf(request) <= 7, { timeout: 20000 }); // A0 at 1 : 50,000 is 59 km wide
  await choose('template', 'wall');
  await coarser;
  await page.screenshot({ path: `${pictures}/4-wall.png` });
  await choose('template', 'situation');
});

await check('the choices are those of the service', async () => {
  const { inputs } = await (await fetch(`${base}processes/briefing`)).json();
  for (const name of ['paper', 'format']) {
    assert.deepEqual(await field(name).locator('option').evaluateAll((all) => all.map(({ value }) => value)), inputs[name].schema.enum);
  }
  const { templates } = await (await fetch(`${base}templates`)).json();
  assert.equal(await field('template').locator('option').count(), templates.length);
});

await check('a briefing is made with a progress bar, downloaded and opened', async () => {
  await choose('scale', '50000');
  const order = ordered();
  await page.locator('#briefing-make').click();
  const { inputs } = (await order).postDataJSON();
  assert.deepEqual([inputs.palette, inputs.template, inputs.language], ['colour-blind', 'situation', 'nl']);
  await page.waitForFunction(() => !document.getElementById('briefing-progress').hidden);
  await ready();
  assert.equal(await text('#briefing-state'), 'Klaar');
  const download = page.waitForEvent('download');
  await page.locator('#briefing-result').click();
  const file = await download;
  assert.match(file.suggestedFilename(), /^situation-\d{8}-\d{4}\.pdf$/);
  assert.equal(readFileSync(await file.path()).subarray(0, 5).toString(), '%PDF-');
  const result = await fetch(new URL(await page.locator('#briefing-open-result').getAttribute('href'), base));
  assert.equal(result.headers.get('Content-Type'), 'application/pdf');
  await page.screenshot({ path: `${pictures}/4-briefing.png` });
});

await check('what the page does not show is told: before it is made by number, after it by name', async () => {
  assert.match(await text('#briefing-notes'), /Tekst zonder plaats( \(\d+\))?: \w/);
  await choose('scale', '100000');
  assert.match(await text('#briefing-notes'), /^Ontbreekt of wijkt af/);
  assert.ok(await page.locator('#briefing-result').isHidden(), 'the document of other choices is still offered');
});

await check('the document speaks the language of the page, or another, or two', async () => {
  assert.equal((await choose('first', 'fr')).language, 'fr');
  assert.equal((await choose('second', 'nl')).language, 'fr,nl');
  await page.locator('#language span', { hasText: 'DE' }).click();
  await previewed();
  assert.equal(await field('first').inputValue(), 'fr');
  assert.equal((await choose('second', '')).language, 'fr');
  assert.equal((await choose('first', 'de')).language, 'de');
  await page.locator('#language span', { hasText: 'NL' }).click();
  await previewed();
  assert.equal(await field('first').inputValue(), 'nl');
});

await check('the dots of a PNG are asked for, GRIP and the times go along, a time that has passed is said', async () => {
  assert.ok(await page.locator('#briefing-dpi').isHidden());
  assert.equal((await choose('format', 'png')).dpi, 150);
  assert.ok(await page.locator('#briefing-dpi').isVisible());
  await page.locator('#briefing-more summary').click();
  assert.equal((await choose('grip', 'GRIP 2')).grip, 'GRIP 2');
  const request = asked();
  await field('validUntil').fill('2026-01-01T10:00');
  await field('validUntil').blur();
  assert.match((await request).postDataJSON().inputs.validUntil, /^202[56]-/);
  assert.ok(await page.locator('#valid-past').isVisible());
  assert.ok(await page.locator('#next-past').isHidden());
  await field('validUntil').fill('');
  await field('validUntil').blur();
  assert.ok(await page.locator('#valid-past').isHidden());
  await page.locator('#briefing-more summary').click();
  await choose('format', 'pdf');
});

await check('the keyboard alone makes one: focus goes in, on to the document, and back', async () => {
  await page.locator('#briefing-close').click();
  assert.equal(await focused(), 'briefing-open');
  await page.keyboard.press('Enter');
  await page.waitForFunction(() => document.activeElement.name === 'template');
  const stops = [];
  for (let i = 0; i < 30 && stops.at(-1) !== 'briefing-make'; i += 1) {
    stops.push(await focused());
    await page.keyboard.press('Tab');
    stops.push(await focused());
  }
  for (const name of ['paper', 'orientation', 'scale', 'first', 'second', 'title', 'format', 'briefing-here', 'briefing-make']) {
    assert.ok(stops.includes(name), `Tab does not stop at ${name}: ${stops}`);
  }
  await previewed();
  await page.locator('#briefing-make').focus();
  await page.keyboard.press('Enter');
  await ready();
  assert.ok(['briefing-make', 'briefing-result'].includes(await focused()), await focused());
  await field('scale').focus();
  await page.keyboard.press('Escape');
  assert.ok(await page.locator('#briefing').isHidden());
  assert.equal(await focused(), 'briefing-open');
});

await check('an open panel has names and contrasts for everybody', async () => {
  await page.locator('#briefing-open').click();
  await previewed();
  assert.deepEqual(await barriers(page, '#briefing'), []);
  assert.deepEqual(await barriers(page, 'header'), []);
  assert.deepEqual(await barriers(page, 'footer'), []);
});

await check('a job that is dismissed here has ended there', async () => {
  await title('Afbreken');
  await page.route('**/jobs/*', async (route) => {
    const answer = await route.fetch();
    const body = await answer.json();
    const isAsked = route.request().method() === 'GET';
    await route.fulfill({ response: answer, json: isAsked ? { ...body, status: 'running', progress: 40 } : body });
  });
  const order = page.waitForResponse((answer) => answer.url().endsWith('/execution'));
  await page.locator('#briefing-make').click();
  const { jobID } = await (await order).json();
  await page.waitForFunction(() => document.getElementById('briefing-state').textContent.includes('40 %'));
  assert.ok(await page.locator('#briefing-make').isDisabled());
  await page.locator('#briefing-cancel').click();
  await page.waitForFunction(() => document.getElementById('briefing-state').textContent.startsWith('Afgebroken'));
  assert.equal(await focused(), 'briefing-make');
  await page.unrouteAll({ behavior: 'wait' });
  assert.equal((await (await fetch(`${base}jobs/${jobID}`)).json()).status, 'dismissed');
});

await check('a job that fails says why, and so does an order that is refused', async () => {
  await title('Mislukken');
  await page.route('**/jobs/*', async (route) => {
    const body = await (await route.fetch()).json();
    await route.fulfill({ json: { ...body, status: 'failed', message: "layer 'land': it cannot be read", notes: undefined } });
  });
  await page.locator('#briefing-make').click();
  await page.waitForFunction(() => document.getElementById('briefing-state').textContent === "Mislukt: layer 'land': it cannot be read");
  await page.unrouteAll({ behavior: 'wait' });
  await field('format').evaluate((select) => select.add(new Option('GIF', 'gif')));
  await field('format').selectOption('gif');
  await page.waitForFunction(() => /^Mislukt: .*format/.test(document.getElementById('briefing-fault').textContent));
  await page.locator('#briefing-make').click();
  await page.waitForFunction(() => /^Mislukt: .*format/.test(document.getElementById('briefing-state').textContent));
  await choose('format', 'pdf');
  assert.equal(await text('#briefing-fault'), '');
});

await check('a connection that is lost meanwhile is tried again', async () => {
  await title('Opnieuw');
  let refused = 0;
  await page.route('**/jobs/*', (route) => { refused += 1; return refused > 2 ? route.continue() : route.abort(); });
  await page.locator('#briefing-make').click();
  await page.waitForFunction(() => document.getElementById('briefing-state').textContent.startsWith('Geen verbinding'));
  await ready();
  await page.unrouteAll({ behavior: 'wait' });
});

await check('an area is framed whole, an atlas covers one and is previewed as its index', async () => {
  const { scale, center } = await choose('area', 'klundert');
  assert.ok(scale <= 50000 && Math.abs(center[0] - 96400) < 3000, JSON.stringify({ scale, center }));
  assert.equal((await choose('template', 'atlas')).bbox.length, 4);
  await page.screenshot({ path: `${pictures}/4-atlas.png` });
});

await check('pages that are pictures come as one ZIP and one by one', async () => {
  await choose('format', 'png');
  await choose('dpi', '96');
  await page.locator('#briefing-make').click();
  await page.waitForFunction(() => !document.getElementById('briefing-result').hidden, null, { timeout: 60000 });
  const count = await page.locator('#briefing-pages a').count();
  assert.ok(count > 1, `${count} pages`);
  assert.ok(await page.locator('#briefing-open-result').isHidden());
  const last = await fetch(new URL(await page.locator('#briefing-pages a').last().getAttribute('href'), base));
  assert.deepEqual([last.status, last.headers.get('Content-Type')], [200, 'image/png']);
  const download = page.waitForEvent('download');
  await page.locator('#briefing-result').click();
  assert.match((await download).suggestedFilename(), /\.zip$/);
  await page.screenshot({ path: `${pictures}/4-pages.png` });
});

await check('a small screen shows the sheet above the panel', async () => {
  await page.setViewportSize({ width: 390, height: 844 });
  await page.waitForTimeout(500);
  const [map, panel, make] = await Promise.all(['#map', '#briefing', '#briefing-make'].map((id) => page.locator(id).boundingBox()));
  assert.ok(map.height > 150 && map.y + map.height <= panel.y + 1, JSON.stringify({ map, panel }));
  assert.ok(make.y + make.height <= 844, JSON.stringify(make));
  await page.screenshot({ path: `${pictures}/4-small.png` });
});

/* The browser itself complains of answers that were refused on purpose. */
complaints.splice(0, Infinity, ...complaints.filter((line) => !/Failed to load resource/.test(line)));
await finish();
