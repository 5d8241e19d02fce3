/* maplibre.js - a map as vector tiles in MapLibre GL JS: its style, and after a change the new style and tiles. */
import * as maplibregl from './maplibre-gl.mjs';
import { fillSwitch, firstLanguage } from './language.js';
import { words } from './words.js';

const palettes = ['default', 'print', 'mono', 'colour-blind', 'imagery'];
const byId = (id) => document.getElementById(id);
const wish = new URLSearchParams(location.search);
const language = firstLanguage(wish.get('language'));
const say = (word) => words[language][word];
const inLanguage = (text) => text[language] || text.nl || Object.values(text)[0] || '';
/* What MapLibre says itself, by its names. */
const locale = {
  'Map.Title': say('map'), 'AttributionControl.ToggleAttribution': say('credits'), 'NavigationControl.ResetBearing': say('turnNorth'),
  'NavigationControl.ZoomIn': say('zoomIn'), 'NavigationControl.ZoomOut': say('zoomOut'), 'Popup.Close': say('close'),
};
const fetchJson = async (address) => {
  const answer = await fetch(address);
  if (!answer.ok) { throw new Error(`${address}: ${answer.status}`); }
  return answer.json();
};

/* A style names the service as it is configured; the page asks where it came from itself, behind a proxy too. */
async function fetchStyle() {
  const palette = wish.get('palette') ? `?palette=${wish.get('palette')}` : '';
  const style = await fetchJson(`maps/${wish.get('map')}/style.json${palette}`);
  const service = style.glyphs.slice(0, style.glyphs.indexOf('fonts/'));
  return JSON.parse(JSON.stringify(style).replaceAll(`"${service}`, `"${new URL('.', location)}`));
}

/* Changes that come while the style is on its way are shown by one fetch more. */
let isRenewing = false;
let isWanted = false;
async function renew(map) {
  isWanted = true;
  while (isWanted && !isRenewing) {
    isWanted = false;
    isRenewing = true;
    try {
      map.setStyle(await fetchStyle());
      map.triggerRepaint();
      await map.once('idle'); /* pictures that are still on their way would keep the tiles as they are */
      map.refreshTiles('map');
    } catch (error) {
      console.warn(error);
    }
    isRenewing = false;
  }
}

/* What the picture map does where it is crowded and vector tiles do not. */
function showLacks(map) {
  const policy = map.getStyle().metadata['plottafel:crowded'];
  const isThinned = map.queryRenderedFeatures().some(({ properties }) => properties.crowd);
  const lines = [say('vectorCrowds'), say(`crowded-${policy}`), isThinned ? say('thinnedHere') : ''].filter(Boolean);
  const text = lines.join(' · ');
  if (byId('lacks').textContent !== text) { byId('lacks').textContent = text; }
  byId('lacks').hidden = false;
}

function choose(name, value) {
  wish.set(name, value);
  location.search = wish;
}

document.documentElement.lang = language;
document.title = say('vectorTitle');
document.querySelectorAll('[data-label]').forEach((element) => element.setAttribute('aria-label', say(element.dataset.label)));
document.querySelector('.name').href = `./?language=${language}`;
fillSwitch(byId('language'), language);
byId('language').addEventListener('change', ({ target }) => choose('language', target.value));
const { maps } = await fetchJson('maps');
if (!maps.some(({ id }) => id === wish.get('map'))) { wish.set('map', maps[0].id); }
byId('map-choice').replaceChildren(...maps.map(({ id, title }) => new Option(inLanguage(title), id, false, id === wish.get('map'))));
byId('map-choice').addEventListener('change', ({ target }) => choose('map', target.value));
byId('palette').addEventListener('change', ({ target }) => choose('palette', target.value));

const record = await fetchJson(`maps/${wish.get('map')}`);
byId('marking').textContent = record.marking;
byId('exercise').textContent = say('exercise');
byId('exercise').hidden = !record.plots.some(({ isExercise }) => isExercise);
const palette = wish.get('palette') ?? record.palette;
byId('palette').replaceChildren(...palettes.map((name) => new Option(say(name), name, false, name === palette)));
const map = new maplibregl.Map({ container: 'map', style: await fetchStyle(), hash: true, locale });
window.view = map; /* to be asked in the console */
map.addControl(new maplibregl.NavigationControl());
map.addControl(new maplibregl.ScaleControl(), 'top-left'); /* the credits take the whole bottom */
map.on('idle', () => showLacks(map));
map.on('click', ({ point, lngLat }) => {
  const found = map.queryRenderedFeatures(point).find(({ properties }) => properties.symbol);
  if (found) {
    const { label, id, symbol, owner } = found.properties;
    new maplibregl.Popup().setLngLat(lngLat).setText([label, id, symbol, owner].filter(Boolean).join(' · ')).addTo(map);
  }
});
await map.once('load');
for (const plot of record.plots) {
  const events = new EventSource(`plots/${plot.name}/events`);
  ['change', 'moment', 'reset', 'open'].forEach((kind) => events.addEventListener(kind, () => renew(map)));
}
