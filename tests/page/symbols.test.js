/* symbols.test.js - what a user does on the page of symbols, done by headless Chromium. Prints one line a check. */
import assert from 'node:assert/strict';
import { openPage } from './harness.js';

const [base, pictures] = process.argv.slice(2);
const { page, check, finish } = await openPage({
  context: { viewport: { width: 1280, height: 800 }, permissions: ['clipboard-read', 'clipboard-write'] },
  failed: `${pictures}/symbols-failed.png`,
});

const ids = () => page.$$eval('.tile', (tiles) => tiles.map((tile) => tile.dataset.id));
const chosen = () => page.$$eval('.tile[aria-selected=true]', (tiles) => tiles.map((tile) => tile.dataset.id).join());

/* The page has fetched what was typed when the first find is the one that is waited for. */
async function find(words, id) {
  await page.locator('#query').fill(words);
  await page.waitForFunction((wanted) => document.querySelector('.tile')?.dataset.id === wanted, id, { timeout: 5000 })
    .catch(async () => assert.fail(`'${words}' finds first ${(await ids())[0]}, not ${id}`));
}

async function speak(language) {
  await page.locator('#language span', { hasText: language.toUpperCase() }).click();
  await page.waitForFunction((code) => document.documentElement.lang === code, language);
}

await check('the main page leads to all symbols by group', async () => {
  await page.goto(base);
  await page.locator('#symbols-open').click();
  await page.waitForSelector('.tile');
  assert.ok((await ids()).length > 100);
  assert.ok((await page.locator('#results h3').count()) > 10);
  await page.waitForFunction(() => [...document.querySelectorAll('.tile img')].slice(0, 10).every((image) => image.naturalWidth > 0));
  await page.screenshot({ path: `${pictures}/symbols-1.png` });
});

await check('a few letters find a symbol in each of four languages, by code and without accents', async () => {
  await page.locator('#set').selectOption('nl@1');
  await find('brandweer vaste', 'bw.kazerne');
  await speak('en');
  await find('fire sta', 'bw.kazerne');
  await speak('fr');
  await find('caserne de pomp', 'bw.kazerne');
  await speak('de');
  await find('feuerwac', 'bw.kazerne');
  await find('s0870', 'bw.ugs');
  await speak('nl');
  await page.locator('#query').fill('xyzzy');
  await page.waitForFunction(() => document.querySelectorAll('.tile').length === 0);
  assert.match(await page.locator('#found').innerText(), /Niets gevonden/);
});

await check('arrow keys choose, Enter copies the code', async () => {
  await find('brandweer', 'bw.kazerne');
  await page.locator('#query').press('ArrowDown');
  const all = await ids();
  await page.waitForFunction((id) => document.querySelector('.tile[aria-selected=true]')?.dataset.id === id, all[0]);
  await page.keyboard.press('ArrowRight');
  await page.waitForFunction((id) => document.querySelector('.tile[aria-selected=true]')?.dataset.id === id, all[1]);
  await page.keyboard.press('Enter');
  await page.waitForFunction(() => document.getElementById('copied').textContent !== '');
  assert.equal(await page.evaluate(() => navigator.clipboard.readText()), `nl@1/${all[1]}`);
  await page.keyboard.press('Escape');
  assert.equal(await page.evaluate(() => document.activeElement.id), 'query');
});

await check('a symbol is tried with status, count and casualties, and the code says so', async () => {
  await find('kazerne', 'bw.kazerne');
  await page.locator('.tile').first().click();
  await page.waitForFunction(() => document.getElementById('code').value === 'nl@1/bw.kazerne');
  await page.locator('#statuses input[value=planned]').evaluate((input) => input.click());
  await page.locator('input[name=c]').fill('4');
  await page.locator('input[name=v]').fill('12');
  assert.equal(await page.locator('#code').inputValue(), 'nl@1/bw.kazerne;st=planned;c=4;v=12');
  await page.waitForFunction(() => [...document.querySelectorAll('#grounds img')].every((image) => image.src.includes('c=4&v=12') && image.naturalWidth > 0));
  assert.ok((await page.locator('#names dd').count()) === 4);
  await page.screenshot({ path: `${pictures}/symbols-2.png` });
});

await check('on imagery and on dark a symbol has its halo; another palette is shown as it is', async () => {
  const palettes = () => page.$$eval('#grounds img', (images) => images.map((image) => new URL(image.src).searchParams.get('palette')).join());
  const shows = async (wanted) => page.waitForFunction(() => [...document.querySelectorAll('#grounds img')].every((image) => image.naturalWidth > 0))
    .then(async () => assert.equal(await palettes(), wanted));
  await page.goto(`${base}symbols.html?set=nl%401&symbol=l.wegdicht`);
  await page.waitForFunction(() => document.getElementById('code').value === 'nl@1/l.wegdicht');
  await page.waitForFunction(() => document.querySelector('#grounds img').src !== '');
  await shows('default,imagery,imagery');
  await page.locator('#palette').selectOption('print');
  await page.waitForFunction(() => document.querySelector('#grounds img').src.includes('palette=print'));
  await shows('print,print,print');
});

await check('what the address says is shown again', async () => {
  await page.goto(`${base}symbols.html?set=nl%401&symbol=gev.bord&language=de&palette=mono`);
  await page.waitForFunction(() => document.getElementById('code').value.startsWith('nl@1/gev.bord'));
  assert.equal(await page.locator('#palette').inputValue(), 'mono');
  assert.match(await page.locator('#grounds img').first().getAttribute('src'), /palette=mono/);
  assert.equal(await chosen(), 'gev.bord');
});

await check('every control has a name that can be read aloud', async () => {
  const nameless = await page.$$eval('button, input, select, textarea, a', (controls) => controls.filter((control) =>
    !(control.getAttribute('aria-label') || control.textContent.trim() || (control.labels && [...control.labels].some((label) => label.textContent.trim()))))
    .map((control) => control.outerHTML));
  assert.deepEqual(nameless, []);
});

await check('a telephone shows it without scrolling sideways', async () => {
  for (const width of [360, 390]) {
    await page.setViewportSize({ width, height: 844 });
    await page.goto(`${base}symbols.html?language=de`);
    await page.waitForSelector('.tile');
    assert.ok(await page.evaluate(() => document.documentElement.scrollWidth <= window.innerWidth), `${width} px`);
    const cut = await page.$$eval('#query', ([query]) => {
      const pen = Object.assign(document.createElement('canvas').getContext('2d'), { font: getComputedStyle(query).font });
      return pen.measureText(query.placeholder).width > query.clientWidth - 20;
    });
    assert.ok(!cut, `the hint in the field is cut at ${width} px`);
  }
  await page.screenshot({ path: `${pictures}/symbols-3.png` });
  await page.locator('.tile').first().click();
  await page.waitForFunction(() => !document.getElementById('details').hidden);
  await page.screenshot({ path: `${pictures}/symbols-4.png` });
  await page.goto(`${base}symbols.html?set=nl%401&symbol=inc.uitval&language=de`); // it has a long word in its table
  await page.waitForFunction(() => !document.getElementById('details').hidden);
  assert.ok(await page.$eval('#crosswalk', (box) => box.scrollWidth <= box.clientWidth), 'the table is wider than the page');
  await page.locator('#close').click();
  assert.ok(await page.locator('#details').isHidden());
});

await finish();
