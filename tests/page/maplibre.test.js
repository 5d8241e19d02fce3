/* maplibre.test.js - the style of a map in MapLibre GL JS: valid, whole, and like the picture tiles; and the page
   maplibre.html. Prints one line a check. */
import assert from 'node:assert/strict';
import { existsSync, readFileSync, statSync } from 'node:fs';
import http from 'node:http';
import { basename, extname } from 'node:path';
import { fileURLToPath } from 'node:url';
import { validateStyleMin } from '@maplibre/maplibre-gl-style-spec';
import { openPage } from './harness.js';

const [base, pictures] = process.argv.slice(2);
const folder = fileURLToPath(new URL('./node_modules/maplibre-gl/dist/', import.meta.url));
const types = { '.mjs': 'text/javascript', '.css': 'text/css', '.map': 'application/json' };
const html = `<!doctype html><link rel="icon" href="data:,"><link rel="stylesheet" href="/maplibre-gl.css">
<style>body{margin:0}#map{width:1024px;height:768px}</style><div id="map"></div>
<script type="module">
import * as maplibregl from '/maplibre-gl.mjs';
window.show = (style, center, zoom) => new Promise((resolve) => {
  window.view?.remove();
  window.problems = [];
  window.missing = [];
  window.view = new maplibregl.Map({ container: 'map', style, center, zoom, fadeDuration: 0, attributionControl: false,
    canvasContextAttributes: { preserveDrawingBuffer: true } });
  view.on('error', (event) => problems.push(String(event.error?.message ?? event)));
  view.on('styleimagemissing', (event) => missing.push(event.id));
  view.on('idle', resolve);
});
window.loaded = true;
</script>`;
const server = http.createServer((request, answer) => {
  const file = folder + basename(request.url.split('?')[0]);
  if (request.url === '/') {
    answer.setHeader('Content-Type', 'text/html').end(html);
  } else if (existsSync(file) && statSync(file).isFile()) {
    answer.setHeader('Content-Type', types[extname(file)] ?? 'application/octet-stream').end(readFileSync(file));
  } else {
    answer.writeHead(404).end();
  }
}).listen(0, '127.0.0.1');
await new Promise((resolve) => { server.once('listening', resolve); });

const { page, complaints, check, finish } = await openPage({
  context: { viewport: { width: 1024, height: 768 } }, paint: 'software', failed: `${pictures}/maplibre-failed.png`,
});
const answers = [];
page.on('response', (answer) => answers.push({ url: answer.url(), status: answer.status() }));

const centre = [4.585, 51.69];
const style = await (await fetch(`${base}maps/situation/style.json`)).json();
const show = (what, zoom) => page.evaluate(([a, b, c]) => show(a, b, c), [what, centre, zoom]);
const keep = async (name, path) => {
  await page.screenshot({ path });
  await page.evaluate(async (key) => {
    const image = new Image();
    image.src = view.getCanvas().toDataURL();
    await image.decode();
    const canvas = new OffscreenCanvas(image.width, image.height).getContext('2d');
    canvas.drawImage(image, 0, 0);
    window[key] = canvas.getImageData(0, 0, image.width, image.height).data;
  }, name);
};
const differentShare = () => page.evaluate(() => {
  let different = 0;
  for (let i = 0; i < one.length; i += 4) {
    different += [0, 1, 2].some((channel) => Math.abs(one[i + channel] - two[i + channel]) > 64);
  }
  return different / (one.length / 4);
});

await check('the style is valid, in every palette', async () => {
  for (const palette of ['default', 'print', 'mono', 'colour-blind', 'imagery']) {
    const answer = await fetch(`${base}maps/situation/style.json?palette=${palette}`);
    const problems = validateStyleMin(await answer.json());
    assert.deepEqual(problems.map((problem) => problem.message), [], palette);
  }
});

await page.goto(`http://127.0.0.1:${server.address().port}/`);
await page.waitForFunction(() => window.loaded);
await check('MapLibre draws it at every scale without an error and without a missing picture', async () => {
  for (const zoom of [6, 10, 13.5]) {
    await show(style, zoom);
    assert.deepEqual(await page.evaluate(() => ({ problems, missing })), { problems: [], missing: [] }, `zoom ${zoom}`);
  }
  assert.deepEqual(complaints, []);
});

await check('tiles, sprites and letters are all there', async () => {
  for (const part of ['.mvt', '/sprite', '/fonts/']) {
    const some = answers.filter(({ url }) => url.includes(part));
    assert.ok(some.length > 0, part);
    assert.deepEqual(some.filter(({ status }) => status >= 400), []);
  }
});

await check('every point of the plot in sight is drawn with its symbol', async () => {
  await show(style, 11);
  const [west, south, east, north] = await page.evaluate(() => view.getBounds().toArray().flat());
  const { features } = await (await fetch(`${base}plots/hollands-diep/features?as-of=${style.metadata['plottafel:moment']}`)).json();
  const inside = features.filter(({ geometry: { type, coordinates: [x, y] } }) => type === 'Point' && x > west && x < east && y > south && y < north);
  const drawn = new Set(await page.evaluate(() => view.queryRenderedFeatures({ layers: ['hollands-diep/symbols'] }).map((feature) => feature.properties.id)));
  assert.ok(inside.length > 20, `${inside.length} points are in sight`);
  const plain = inside.filter(({ properties }) => !properties.template).map(({ id }) => id);
  assert.deepEqual(plain.filter((id) => !drawn.has(id)), []);
});

await check('it is like the picture tiles at the same place', async () => {
  const raster = { version: 8, layers: [{ id: 'tiles', type: 'raster', source: 'tiles', paint: { 'raster-fade-duration': 0 } }],
    sources: { tiles: { type: 'raster', tileSize: 256, tiles: [`${base}xyz/situation/WebMercatorQuad/{z}/{x}/{y}.png`] } } };
  for (const zoom of [10, 12, 14]) {
    await show(style, zoom);
    await keep('one', `${pictures}/maplibre-${zoom}.png`);
    await show(raster, zoom);
    await keep('two', `${pictures}/maplibre-${zoom}-tiles.png`);
    const share = await differentShare();
    console.log(`     zoom ${zoom}: ${(100 * share).toFixed(1)} % of the dots differ`);
    assert.ok(share < 0.08, `at zoom ${zoom} ${(100 * share).toFixed(1)} % of the dots differ`);
  }
});

await check('a change is in the next tile, with a box until the style is fetched again', async () => {
  const feature = { type: 'Feature', id: 'maplibre-1', properties: { symbol: 'nl@1/bw.voertuig;st=ended', texts: { n: 'Nieuw' } },
    geometry: { type: 'Point', coordinates: [4.62, 51.70] } };
  const answer = await fetch(`${base}plots/hollands-diep/features`, { method: 'POST', body: JSON.stringify(feature),
    headers: { 'Content-Type': 'application/geo+json' } });
  assert.ok(answer.ok, await answer.text());
  const later = await (await fetch(`${base}maps/situation/style.json`)).json();
  assert.notEqual(later.sprite, style.sprite);
  for (const each of [style, later]) {
    await show(each, 12);
    const drawn = await page.evaluate(() => view.queryRenderedFeatures({ layers: ['hollands-diep/symbols'] }).map((found) => found.properties.id));
    assert.ok(drawn.includes('maplibre-1'));
  }
  const sprite = await fetch(later.sprite.replace('/sprite?', '/sprite.json?'));
  assert.match(sprite.headers.get('cache-control'), /immutable/);
  assert.ok('nl@1/bw.voertuig;st=ended;lod=full' in await sprite.json());
});

const drawnIds = () => page.evaluate(() => view.queryRenderedFeatures().map((found) => found.properties.id));
await check('the page maplibre.html of the service draws the map, under its own policy and without the internet', async () => {
  const own = new URL(base).host;
  answers.length = 0;
  await page.goto(`${base.replace('127.0.0.1', 'localhost')}maplibre.html`);
  await page.waitForFunction(() => window.view?.areTilesLoaded?.() && view.isStyleLoaded());
  assert.equal(await page.locator('#marking').textContent(), 'TLP:GREEN');
  assert.equal(await page.locator('#exercise').innerText(), 'OEFENING');
  assert.ok((await drawnIds()).includes('ugs-1'));
  assert.deepEqual(answers.filter(({ url, status }) => status >= 400 || new URL(url).port !== own.split(':')[1]), []);
  await page.waitForFunction(() => document.getElementById('lacks').textContent.includes('Vectortegels'));
  assert.ok(await page.locator('#lacks').isVisible());
  await page.screenshot({ path: `${pictures}/maplibre-page.png` });
});

await check('it shows a change with a look that was not there before by itself', async () => {
  const feature = { type: 'Feature', id: 'maplibre-2', properties: { symbol: 'nl@1/bw.ladder;st=planned', texts: { n: 'Vers' } },
    geometry: { type: 'Point', coordinates: [4.60, 51.74] } };
  const sprites = answers.filter(({ url }) => url.includes('/sprite')).length;
  await page.waitForTimeout(500);
  await fetch(`${base}plots/hollands-diep/features`, { method: 'POST', body: JSON.stringify(feature), headers: { 'Content-Type': 'application/geo+json' } });
  await page.waitForFunction(() => view.queryRenderedFeatures().some((found) => found.properties.id === 'maplibre-2'), null, { timeout: 15000 });
  await page.waitForFunction(() => view.hasImage('nl@1/bw.ladder;st=planned;lod=full'), null, { timeout: 15000 });
  assert.ok(answers.filter(({ url }) => url.includes('/sprite')).length > sprites);
  assert.deepEqual(complaints, []);
});

await check('another palette is another style', async () => {
  await page.locator('#palette').selectOption('mono');
  await page.waitForFunction(() => location.search.includes('palette=mono') && window.view?.areTilesLoaded?.() && view.isStyleLoaded());
  assert.ok(answers.some(({ url }) => url.includes('palette=mono')));
  await page.screenshot({ path: `${pictures}/maplibre-mono.png` });
  assert.deepEqual(complaints, []);
});

server.close();
await finish();
