/* language.test.js - the pages in the four languages: chosen by the browser or the user, whole, nothing cut or
   overlapping. Prints one line a check. */
import assert from 'node:assert/strict';
import { openPage } from './harness.js';

const [base, pictures] = process.argv.slice(2);
const { browser, page, check, finish } = await openPage({
  context: { viewport: { width: 1400, height: 900 } }, failed: `${pictures}/language-failed.png`,
});
const languages = { nl: 'nl-BE', en: 'en-US', de: 'de-AT', fr: 'fr-BE' }; // as browsers name them
const sizes = [[1400, 900], [390, 844]];
const tables = () => page.evaluate(async () => ({
  words: (await import('./viewer/words.js')).words, symbols: (await import('./viewer/symbol_words.js')).words,
}));
const shown = (on) => on.waitForFunction(() => /\d/.test(document.getElementById('state').textContent));

/** What is cut, what overlaps within a row of buttons, and what has no words. */
const faults = (on) => on.evaluate(() => {
  const seen = (element) => element.checkVisibility() && element.getBoundingClientRect().width > 0;
  const nameOf = (element) => element.id || element.name || element.textContent.trim().slice(0, 30);
  const all = [...document.querySelectorAll('header *, footer *, #briefing *')].filter(seen);
  const cut = all.filter((element) => element.matches('span, button, a, label, h2, h3, p, output, summary') && element.scrollWidth > element.clientWidth + 1 && element.clientWidth > 0);
  const over = [...document.querySelectorAll('header, footer, .buttons, .pair, .panel-head')].filter(seen).flatMap((row) => {
    const boxes = [...row.children].filter(seen).map((element) => [element, element.getBoundingClientRect()]);
    return boxes.flatMap(([one, a], i) => boxes.slice(i + 1).filter(([, b]) =>
      Math.min(a.right, b.right) - Math.max(a.left, b.left) > 1 && Math.min(a.bottom, b.bottom) - Math.max(a.top, b.top) > 1)
      .map(([other]) => `${nameOf(one)} lies over ${nameOf(other)}`));
  });
  /* A list shows its choice whole: the choice itself, its padding, its arrow. */
  const pen = document.createElement('canvas').getContext('2d');
  const short = all.filter((element) => element.matches('select')).filter((element) => {
    const style = getComputedStyle(element);
    pen.font = style.font;
    const room = element.clientWidth - parseFloat(style.paddingLeft) - parseFloat(style.paddingRight) - 20;
    return pen.measureText(element.selectedOptions[0]?.text ?? '').width > room;
  });
  const texts = [...document.querySelectorAll('[data-text], [data-label]')];
  const silent = texts.filter((element) => [element.dataset.text && element.textContent, element.dataset.label && element.getAttribute('aria-label')]
    .some((word) => word === '' || /undefined|=>/.test(word ?? '')));
  const sideways = document.documentElement.scrollWidth > window.innerWidth ? ['the page scrolls sideways'] : [];
  return [...cut.map((element) => `${nameOf(element)} is cut`), ...short.map((element) => `${nameOf(element)} is cut`), ...over,
    ...silent.map((element) => `${nameOf(element)} has no words`), ...sideways];
});

await check('every word is there in every language, none twice the same as in English by mistake', async () => {
  await page.goto(base);
  for (const [name, table] of Object.entries(await tables())) {
    const keys = (language) => Object.entries(table[language]).flatMap(([key, value]) =>
      (typeof value === 'object' ? Object.keys(value).map((inner) => `${key}.${inner}`) : [key])).sort();
    for (const language of ['en', 'de', 'fr']) {
      assert.deepEqual(keys(language), keys('nl'), `${name} in ${language}`);
    }
  }
  const { words } = await tables();
  for (const language of ['nl', 'de', 'fr']) {
    const same = Object.keys(words.en).filter((key) => words[language][key] === words.en[key] && words.en[key]?.length > 9);
    assert.deepEqual(same.filter((key) => !['mercator', 'vectorTitle', 'projection', 'orientation'].includes(key)), [], language);
  }
});

await check('the first of the browser\'s languages that the page knows is spoken; Dutch when it knows none', async () => {
  const first = await page.evaluate(async () => {
    const { firstLanguage } = await import('./viewer/language.js');
    return [firstLanguage(null, ['pl', 'de-AT', 'en']), firstLanguage(null, ['pl']), firstLanguage('fr', ['de']), firstLanguage('xx', ['EN-gb'])];
  });
  assert.deepEqual(first, ['de', 'nl', 'fr', 'en']);
});

for (const [language, locale] of Object.entries(languages)) {
  await check(`in ${language} the page says all it says, nothing cut or overlapping, wide and narrow`, async () => {
    for (const [width, height] of sizes) {
      const context = await browser.newContext({ viewport: { width, height }, locale });
      const own = await context.newPage();
      await own.goto(base);
      await shown(own);
      assert.equal(await own.evaluate(() => document.documentElement.lang), language);
      assert.equal(await own.locator('#language input:checked').inputValue(), language);
      assert.equal(new URL(own.url()).searchParams.get('language'), null, 'the address tells others the own language');
      assert.deepEqual(await faults(own), [], `${width} x ${height}`);
      await own.screenshot({ path: `${pictures}/language-${language}-${width}.png` });
      await own.locator('#briefing-open').click();
      await own.waitForSelector('#briefing-preview:not(.old)');
      await own.locator('#briefing-more summary').click();
      assert.deepEqual(await faults(own), [], `${width} x ${height}, briefing`);
      await own.locator('#briefing-make').click();
      await own.waitForSelector('#briefing-result:not([hidden])');
      assert.deepEqual(await faults(own), [], `${width} x ${height}, a briefing made`);
      await own.locator('#briefing-more summary').click();
      await own.screenshot({ path: `${pictures}/language-${language}-${width}-briefing.png` });
      await context.close();
    }
  });
}

await check('the switch changes every text and the address; the browser\'s own language needs no mention there', async () => {
  await page.goto(base);
  await shown(page);
  const { words } = await tables();
  for (const language of ['de', 'fr', 'en', 'nl']) {
    await page.locator(`#language input[value=${language}]`).locator('xpath=..').click();
    const said = await page.$$eval('[data-text]', (all) => all.map((element) => [element.dataset.text, element.textContent]));
    said.forEach(([key, text]) => assert.equal(text, words[language][key]));
    assert.equal(new URL(page.url()).searchParams.get('language'), language === 'nl' ? null : language);
    assert.equal(await page.locator('.ol-zoom-in').getAttribute('title'), words[language].zoomIn);
    await page.waitForFunction((lacks) => lacks.every((text) => document.getElementById('lacks').hidden || document.getElementById('lacks').textContent.includes(text)),
      [words[language]['no-rd-grid']]);
  }
});

for (const [language, title, verify] of [['nl', 'Symbolen', 'Briefing controleren'], ['en', 'Symbols', 'Check a briefing'],
  ['de', 'Zeichen', 'Lagekarte prüfen'], ['fr', 'Symboles', 'Vérifier un briefing']]) {
  await check(`the pages of symbols, of vector tiles and of authenticity speak ${language} too`, async () => {
    const context = await browser.newContext({ viewport: { width: 390, height: 844 }, locale: languages[language] });
    const own = await context.newPage();
    await own.goto(`${base}symbols.html`);
    await own.waitForSelector('.tile');
    assert.equal(await own.locator('#page-title').innerText(), title);
    await own.goto(`${base}verify`);
    assert.equal(await own.locator('h1').innerText(), verify);
    assert.ok(await own.evaluate(() => document.documentElement.scrollWidth <= window.innerWidth), 'it scrolls sideways');
    await own.screenshot({ path: `${pictures}/language-${language}-verify.png` });
    await own.goto(`${base}maplibre.html`);
    await own.waitForFunction((code) => document.documentElement.lang === code, language);
    await own.waitForFunction(() => document.querySelectorAll('#palette option').length === 5);
    const { words } = await tables();
    assert.equal(await own.locator('#palette option[value=imagery]').innerText(), words[language].imagery);
    await context.close();
  });
}

await finish();
