/*
 * viewer.js - the page: a map, its legend, a time slider, and briefing maps.
 *
 * All it shows comes over the public interface. state holds what the user chose, of which language, map,
 * moment and palette also stand in the address; update*() brings one part of the page in line with it.
 */
import { words } from './words.js';
import { fillSwitch, firstLanguage, localeOf } from './language.js';
import { LiveTiles, matrixSet } from './tiles.js';
import { BriefingPanel } from './briefing.js';

const byId = (id) => document.getElementById(id);
const palettes = ['default', 'print', 'mono', 'colour-blind', 'imagery'];
const asked = new URLSearchParams(location.search);
const state = {
  language: firstLanguage(asked.get('language')),
  palette: palettes.includes(asked.get('palette')) ? asked.get('palette') : null, // null: the map's own
  matrixSet: 'NetherlandsRDNewQuad',
  maps: [],
  map: null, // as /maps/{map} describes it
  moment: null, // null: live
};
let tiles = null;
let briefing = null;
let events = [];
let playing = 0;
const mostWaitMs = 5000; // for a stream of events to open, before it counts as lost

const say = (word) => words[state.language][word];
const inLanguage = (text) => text[state.language] || text.nl || Object.values(text)[0] || '';
const view = () => olMap.getView();

const olMap = new ol.Map({
  target: 'map',
  interactions: ol.interaction.defaults.defaults({ onFocusOnly: false }), // the wheel zooms at once
  controls: ol.control.defaults.defaults().extend([new ol.control.ScaleLine()]),
  layers: [],
});

async function fetchJson(address) {
  const answer = await fetch(address, { cache: 'no-cache' });
  if (!answer.ok) {
    throw new Error(`${address}: ${answer.status}`);
  }
  return answer.json();
}

/* ---- time ---- */

function moments() {
  return [...new Set(state.map.plots.flatMap((plot) => plot.moments))].sort();
}

function localTime(moment) {
  return new Intl.DateTimeFormat(localeOf(state.language),
    { dateStyle: 'medium', timeStyle: 'short', timeZone: 'Europe/Amsterdam' }).format(new Date(moment));
}

function updateTime() {
  const all = moments();
  const slider = byId('time');
  slider.max = all.length; // the last step is "live"
  slider.value = state.moment ? all.indexOf(state.moment) : all.length;
  byId('time-marks').replaceChildren(...all.map((_, index) => Object.assign(document.createElement('option'), { value: index })));
  byId('time-text').textContent = state.moment ? localTime(state.moment) : say('live');
  slider.setAttribute('aria-valuetext', byId('time-text').textContent);
}

function chooseMoment(index) {
  state.moment = moments()[index] || null;
  rememberState();
  updateTime();
  updateTiles();
  updateLegend();
}

function play() {
  clearInterval(playing);
  const isPlaying = byId('play').getAttribute('aria-pressed') !== 'true';
  byId('play').setAttribute('aria-pressed', isPlaying);
  byId('play').textContent = isPlaying ? '❚❚' : '▶';
  if (isPlaying) {
    playing = setInterval(() => chooseMoment((Number(byId('time').value) + 1) % (moments().length + 1)), 1500);
  }
}

/* ---- map ---- */

function query(parameters) {
  const all = { ...parameters, palette: state.palette, 'as-of': state.moment };
  return new URLSearchParams(Object.entries(all).filter(([, value]) => value !== null));
}

function updateTiles() {
  const { id } = state.map;
  const set = state.matrixSet;
  const choices = query({}).toString();
  tiles = new LiveTiles(set, (z, x, y, ratio) =>
    `xyz/${id}/${set}/${z}/${x}/${y}${ratio === 2 ? '@2x' : ''}.png${choices ? `?${choices}` : ''}`, { renewed: reportRenewal, noted: updateLacks });
  olMap.setLayers([tiles.layer]);
  briefing?.changed();
}

function updateView(centre, resolutionM) {
  const set = matrixSet(state.matrixSet);
  olMap.setView(new ol.View({
    projection: set.projection, extent: set.extent, constrainOnlyCenter: true, enableRotation: false,
    resolutions: Array.from({ length: set.levels }, (_, level) => set.resolution / 2 ** level),
    center: [0, 0], zoom: 1,
  }));
  if (centre) {
    const factor = set.projection === 'EPSG:3857' ? Math.cos((centre[1] * Math.PI) / 180) : 1;
    view().setCenter(ol.proj.fromLonLat(centre, set.projection));
    view().setResolution(resolutionM / factor);
  } else {
    view().fit(ol.proj.transformExtent(state.map.extent, 'EPSG:4326', set.projection), { size: olMap.getSize() });
  }
}

function chooseMatrixSet(id) {
  const centre = ol.proj.toLonLat(view().getCenter(), view().getProjection());
  const factor = state.matrixSet === 'WebMercatorQuad' ? Math.cos((centre[1] * Math.PI) / 180) : 1;
  const resolutionM = view().getResolution() * factor;
  state.matrixSet = id;
  updateView(centre, resolutionM);
  updateTiles();
  updateLegend();
}

function choosePalette(name) {
  state.palette = name === state.map.palette ? null : name;
  rememberState();
  updateTiles();
  updateLegend();
}

function screenExtent() {
  return view().calculateExtent(olMap.getSize());
}

let legendTimer = 0;
function updateLegend() {
  clearTimeout(legendTimer);
  legendTimer = setTimeout(() => {
    if (byId('legend').hidden) {
      return;
    }
    const ratio = window.devicePixelRatio > 1 ? 2 : 1;
    const parameters = query({
      tms: state.matrixSet, zoom: Math.max(0, Math.round(view().getZoom())), bbox: screenExtent().map((n) => n.toFixed(2)).join(','),
      language: state.language, width: 280, ratio,
    });
    byId('legend-image').src = `maps/${state.map.id}/legend.png?${parameters}`;
    byId('legend-image').alt = say('legend');
  }, 250);
}

function showLegend(isShown) {
  byId('legend').hidden = !isShown;
  byId('legend-toggle').setAttribute('aria-expanded', isShown);
  olMap.updateSize();
  if (state.map) {
    updateLegend();
  }
}

function updateScale() {
  const resolution = view().getResolution();
  if (resolution) {
    const metres = resolution * ol.proj.getPointResolution(view().getProjection(), 1, view().getCenter(), 'm');
    const denominator = metres / 0.00028;
    const magnitude = 10 ** Math.max(0, Math.floor(Math.log10(denominator)) - 1);
    byId('scale').textContent = `1 : ${(Math.round(denominator / magnitude) * magnitude).toLocaleString(localeOf(state.language))}`;
  }
}

function updatePosition(event) {
  const [longitude, latitude] = ol.proj.toLonLat(event.coordinate, view().getProjection());
  const [x, y] = ol.proj.transform(event.coordinate, view().getProjection(), 'EPSG:28992').map(Math.round);
  byId('position').textContent = `RD ${x} ${y} · ${latitude.toFixed(5)}° ${longitude.toFixed(5)}°`;
}

/* ---- what the map lacks ---- */

let lacksTimer = 0;
function updateLacks() {
  clearTimeout(lacksTimer);
  lacksTimer = setTimeout(() => {
    const { failedLayers, hasHidden, hasNoRdGrid } = tiles.lacks(screenExtent());
    const lines = [
      failedLayers.length ? `${say('layer-failed')}${say('colon')}${failedLayers.join(', ')}` : '',
      hasHidden ? say('hiddenHere') : '',
      hasNoRdGrid ? say('no-rd-grid') : '',
    ].filter(Boolean);
    byId('lacks').textContent = lines.join(' · ');
    byId('lacks').hidden = lines.length === 0;
  }, 200);
}

/* ---- changes ---- */

function reportRenewal(renewed, asked) {
  document.body.dataset.renewed = `${renewed}/${asked}`;
  updateState(`${say('changed')}${say('colon')}${renewed}/${asked}`);
}

function updateState(extra) {
  const isLost = events.some((source) => source.isLost);
  const isLive = events.length > 0 && events.every((source) => source.readyState === EventSource.OPEN);
  const revisions = state.map.plots.map((plot) => `${say('revision')} ${plot.revision}`).join(', ');
  const connection = isLost ? say('lost') : isLive && say('connected');
  byId('state').textContent = [revisions, connection, extra].filter(Boolean).join(' · ');
  byId('state').classList.toggle('lost', isLost);
}

async function renewMap() {
  const fresh = await fetchJson(`maps/${state.map.id}`);
  if (fresh.id === state.map.id) {
    state.map = fresh;
    updateTime();
    updateState();
  }
}

async function followChange(message) {
  const change = JSON.parse(message.data);
  await renewMap();
  const set = matrixSet(state.matrixSet);
  await tiles.renew(ol.proj.transformExtent(change.bbox, 'EPSG:4326', set.projection), screenExtent());
  updateLegend();
}

/* Between the map's record and the first event something may have changed; without events tiles may have failed. */
async function catchUp(wasLost) {
  const revisions = () => state.map.plots.map((plot) => plot.revision).join();
  const before = revisions();
  await renewMap();
  updateState();
  if (wasLost || revisions() !== before) {
    updateTiles();
    updateLegend();
  }
}

function followEvents() {
  events.forEach((source) => source.close());
  events = state.map.plots.map((plot) => {
    const source = new EventSource(`plots/${plot.name}/events`);
    source.addEventListener('change', followChange);
    source.addEventListener('moment', () => renewMap().then(updateTiles).then(updateLegend));
    source.addEventListener('reset', () => renewMap().then(updateTiles).then(updateLegend));
    const lose = () => {
      source.isLost = true;
      updateState();
    };
    source.isLost = false;
    source.addEventListener('open', () => {
      catchUp(source.isLost);
      source.isLost = false;
    });
    source.addEventListener('error', lose);
    setTimeout(() => source.readyState === EventSource.CONNECTING && lose(), mostWaitMs);
    return source;
  });
  updateState();
}

/* ---- page ---- */

function rememberState() {
  const isOwn = state.language === firstLanguage(null); // whoever gets this address has a language too
  const kept = { language: isOwn ? null : state.language, map: state.map.id, palette: state.palette, 'as-of': state.moment };
  const parameters = new URLSearchParams(Object.entries(kept).filter(([, value]) => value !== null));
  history.replaceState(null, '', `?${parameters}`);
  byId('palette').value = state.palette || state.map.palette;
  byId('symbols-open').href = `symbols.html?${new URLSearchParams({ language: state.language, palette: byId('palette').value })}`;
}

function updateWords() {
  document.documentElement.lang = state.language;
  document.querySelectorAll('[data-text]').forEach((element) => { element.textContent = say(element.dataset.text); });
  document.querySelectorAll('[data-label]').forEach((element) => {
    element.setAttribute('aria-label', say(element.dataset.label));
    element.title = say(element.dataset.label);
  });
  byId('map').title = '';
  byId('map-choice').replaceChildren(...state.maps.map((map) =>
    new Option(inLanguage(map.title), map.id, false, state.map && map.id === state.map.id)));
  if (state.map) {
    byId('map-title').textContent = inLanguage(state.map.place || {});
    byId('exercise').textContent = say('exercise');
    byId('exercise').hidden = !state.map.plots.some((plot) => plot.isExercise);
    byId('marking').textContent = state.map.marking;
    updateTime();
    updateState();
    updateScale();
    rememberState();
    briefing?.updateWords();
  }
  if (tiles) {
    updateLacks();
  }
}

/** The last moment of the map up to a time; null without one, which is live. */
function momentAt(time) {
  const until = Date.parse(time);
  return moments().filter((moment) => Date.parse(moment) <= until).at(-1) ?? null;
}

/** asOf: a time of a link, such as that of a briefing's QR code. */
async function chooseMap(id, asOf = null) {
  state.map = await fetchJson(`maps/${id}`);
  state.moment = asOf && momentAt(asOf);
  updateWords();
  updateView();
  updateTiles();
  updateLegend();
  followEvents();
}

/** What of a briefing the page decides besides its panel. */
function briefingOrder() {
  const choices = { palette: state.palette, asOf: state.moment };
  return {
    map: state.map.id, crs: 'EPSG:28992', language: state.language,
    ...Object.fromEntries(Object.entries(choices).filter(([, value]) => value !== null)),
  };
}

function listen() {
  byId('map-choice').addEventListener('change', (event) => chooseMap(event.target.value));
  byId('palette').addEventListener('change', (event) => choosePalette(event.target.value));
  byId('projection').addEventListener('change', (event) => chooseMatrixSet(event.target.value));
  byId('language').addEventListener('change', (event) => {
    state.language = event.target.value;
    updateWords();
    updateLegend();
    briefing.changed();
  });
  byId('time').addEventListener('input', (event) => chooseMoment(Number(event.target.value)));
  byId('play').addEventListener('click', play);
  byId('legend-toggle').addEventListener('click', () => showLegend(byId('legend').hidden));
  const narrow = matchMedia('(max-width: 760px)'); // there the legend would cover the map
  narrow.addEventListener('change', () => showLegend(!narrow.matches));
  showLegend(!narrow.matches);
  olMap.on('moveend', () => { updateLegend(); updateScale(); if (tiles) { updateLacks(); } });
  olMap.on('pointermove', updatePosition);
}

async function start() {
  fillSwitch(byId('language'), state.language);
  document.querySelector('.ol-zoom-in').dataset.label = 'zoomIn';
  document.querySelector('.ol-zoom-out').dataset.label = 'zoomOut';
  briefing = new BriefingPanel(olMap, {
    order: briefingOrder, say, inLanguage, moments: () => moments().map((moment) => [moment, localTime(moment)]), areas: () => state.map.areas,
    opened: () => showLegend(false),
  });
  listen();
  try {
    state.maps = (await fetchJson('maps')).maps;
    const known = state.maps.find((map) => map.id === asked.get('map'));
    await chooseMap((known || state.maps[0]).id, asked.get('as-of'));
  } catch (fault) {
    updateWords();
    byId('state').textContent = `${say('noMap')} ${fault.message}`;
    byId('state').classList.add('lost');
    byId('marking').hidden = true;
  }
}

start();
