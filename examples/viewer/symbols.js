/*
 * symbols.js - the page of symbols: find one by a few letters in any of four languages, try it, copy its code.
 *
 * All it shows comes over the public interface. state holds what the user chose and also stands in the
 * address; update*() brings one part of the page in line with it. symbol_details.js shows the chosen one.
 */
import { words } from './symbol_words.js';
import { fillSwitch, firstLanguage } from './language.js';
import { Details, byId, element } from './symbol_details.js';

const palettes = ['default', 'print', 'mono', 'colour-blind', 'imagery'];
const typingMs = 120;

const asked = new URLSearchParams(location.search);
const state = {
  language: firstLanguage(asked.get('language')),
  palette: palettes.includes(asked.get('palette')) ? asked.get('palette') : 'default',
  set: asked.get('set'), // "nl@1"
  group: '',
  query: asked.get('q') || '',
  withDeprecated: false,
  symbol: asked.get('symbol'), // id of the chosen one
};
let sets = [];
let found = [];
let search = null; // of the list that is being fetched

const say = (word) => words[state.language][word];
const value = (name) => words[state.language].values[name] || name;
const inLanguage = (text) => text[state.language] || text.nl || Object.values(text)[0] || '';
const chosenSet = () => sets.find((set) => set.code === state.set);
const details = new Details({ state, say, value, inLanguage, closed: () => focusTile(state.symbol) });

async function fetchJson(address, options) {
  const answer = await fetch(address, options);
  if (!answer.ok) {
    throw new Error(`${address}: ${answer.status}`);
  }
  return answer.json();
}

function rememberState() {
  const parameters = new URLSearchParams({ language: state.language });
  const more = { set: state.set, q: state.query, symbol: state.symbol, palette: state.palette === 'default' ? '' : state.palette };
  Object.entries(more).filter(([, text]) => text).forEach(([name, text]) => parameters.set(name, text));
  history.replaceState(null, '', `?${parameters}`);
}

/* ---- the list ---- */

function tileOf(symbol) {
  const picture = element('img', {
    alt: '', loading: 'lazy', decoding: 'async',
    src: `symbols/${state.set}/${symbol.id}.svg?palette=${state.palette}`,
  });
  const tile = element('div', { className: symbol.deprecated ? 'tile old' : 'tile', id: `symbol-${symbol.id}`, tabIndex: -1 },
    picture, element('span', {}, element('b', { textContent: inLanguage(symbol.name) }),
      element('small', { textContent: `${symbol.id} · ${symbol.letters}` })));
  tile.setAttribute('role', 'option');
  tile.dataset.id = symbol.id;
  return tile;
}

function groupOf(group, symbols) {
  const heading = element('h3', { id: `group-${group.id}`, textContent: inLanguage(group.title) });
  const tiles = element('div', { className: 'tiles' }, ...symbols.map(tileOf));
  const whole = element('div', {}, heading, tiles);
  whole.setAttribute('role', 'group');
  whole.setAttribute('aria-labelledby', heading.id);
  return whole;
}

/* Without words by group, with words best first. */
function updateResults() {
  const groups = chosenSet().groups.map((group) => [group, found.filter((symbol) => symbol.group === group.id)]);
  const parts = state.query
    ? [element('div', { className: 'tiles' }, ...found.map(tileOf))]
    : groups.filter(([, symbols]) => symbols.length).map(([group, symbols]) => groupOf(group, symbols));
  if (state.query) {
    parts[0].setAttribute('role', 'presentation');
  }
  byId('results').replaceChildren(...parts);
  byId('found').textContent = found.length ? say('found')(found.length) : say('none');
  updateChoice();
}

function tiles() {
  return [...byId('results').querySelectorAll('.tile')];
}

function updateChoice() {
  const all = tiles();
  all.forEach((tile) => {
    tile.setAttribute('aria-selected', tile.dataset.id === state.symbol);
    tile.tabIndex = -1;
  });
  const entry = all.find((tile) => tile.dataset.id === state.symbol) || all[0];
  if (entry) {
    entry.tabIndex = 0; // Tab enters the list once
  }
}

async function updateList() {
  search?.abort();
  search = new AbortController();
  const parameters = new URLSearchParams({ language: state.language });
  if (state.query) {
    parameters.set('q', state.query);
  }
  if (state.group) {
    parameters.set('group', state.group);
  }
  if (state.withDeprecated) {
    parameters.set('deprecated', 'true');
  }
  rememberState();
  try {
    found = (await fetchJson(`symbols/${state.set}?${parameters}`, { signal: search.signal })).symbols;
    updateResults();
  } catch (fault) {
    if (fault.name !== 'AbortError') {
      byId('found').textContent = `${say('failed')} ${fault.message}`;
    }
  }
}

/* ---- choosing ---- */

function focusTile(id) {
  const tile = tiles().find((one) => one.dataset.id === id) || tiles()[0];
  tile?.focus();
}

async function choose(id) {
  state.symbol = id;
  rememberState();
  updateChoice();
  await details.show(id).catch((fault) => { byId('found').textContent = `${say('failed')} ${fault.message}`; });
}

/* The tile that stands above or below on the screen: the nearest of the next row. */
function neighbour(tile, isDown) {
  const from = tile.getBoundingClientRect();
  const rows = tiles().map((one) => [one, one.getBoundingClientRect()])
    .filter(([, box]) => (isDown ? box.top > from.top + 4 : box.top < from.top - 4));
  const edge = isDown ? Math.min(...rows.map(([, box]) => box.top)) : Math.max(...rows.map(([, box]) => box.top));
  const row = rows.filter(([, box]) => Math.abs(box.top - edge) < 4);
  row.sort(([, a], [, b]) => Math.abs(a.left - from.left) - Math.abs(b.left - from.left));
  return row.length ? row[0][0] : null;
}

function nextTile(tile, key) {
  const all = tiles();
  const index = all.indexOf(tile);
  switch (key) {
    case 'ArrowRight': return all[index + 1];
    case 'ArrowLeft': return all[index - 1];
    case 'ArrowDown': return neighbour(tile, true);
    case 'ArrowUp': return neighbour(tile, false);
    case 'Home': return all[0];
    case 'End': return all[all.length - 1];
    default: return undefined;
  }
}

const isNarrow = matchMedia('(max-width: 860px)'); // there the details cover the list

function moveTo(tile) {
  tile.focus();
  tile.scrollIntoView({ block: 'nearest' });
  if (isNarrow.matches) {
    tiles().forEach((one) => { one.tabIndex = one === tile ? 0 : -1; });
  } else {
    choose(tile.dataset.id);
  }
}

async function pressKey(event) {
  const tile = event.target.closest('.tile');
  if (!tile || event.ctrlKey || event.metaKey || event.altKey) {
    return;
  }
  const next = nextTile(tile, event.key);
  const isMove = next !== undefined;
  if (isMove || ['Enter', ' ', 'Escape'].includes(event.key)) {
    event.preventDefault();
  }
  if (next) {
    moveTo(next);
  } else if (event.key === 'ArrowUp' || event.key === 'Escape') {
    byId('query').focus();
  } else if (event.key === 'Enter') {
    await choose(tile.dataset.id);
    details.copy();
  } else if (event.key === ' ') {
    choose(tile.dataset.id);
  } else if (event.key.length === 1) {
    byId('query').focus(); // the letter goes there
  }
}

async function pressKeyInQuery(event) {
  const first = tiles()[0];
  if (event.key === 'ArrowDown' && first) {
    event.preventDefault();
    moveTo(first);
  } else if (event.key === 'Enter' && first) {
    event.preventDefault();
    await choose(first.dataset.id);
    details.copy();
  }
}

/* ---- page ---- */

function updateGroups() {
  const all = [{ id: '', title: Object.fromEntries(Object.keys(words).map((code) => [code, words[code].all])) }, ...chosenSet().groups];
  byId('groups').replaceChildren(...all.map((group) => {
    const button = element('button', { type: 'button', textContent: inLanguage(group.title) });
    button.dataset.group = group.id;
    button.setAttribute('aria-pressed', group.id === state.group);
    return button;
  }));
}

function updateWords() {
  document.documentElement.lang = state.language;
  document.title = `${say('title')} - Plottafel`;
  byId('page-title').textContent = say('title');
  document.querySelectorAll('[data-text]').forEach((one) => { one.textContent = say(one.dataset.text); });
  document.querySelectorAll('[data-label]').forEach((one) => one.setAttribute('aria-label', say(one.dataset.label)));
  byId('query').placeholder = say(isNarrow.matches ? 'searchBriefly' : 'search');
  byId('query').setAttribute('aria-label', say('search'));
  byId('results').setAttribute('aria-label', say('title'));
  byId('to-map').href = `./?language=${state.language}${state.palette === 'default' ? '' : `&palette=${state.palette}`}`;
  byId('palette').replaceChildren(...palettes.map((name) => new Option(value(name), name, false, name === state.palette)));
  byId('set').replaceChildren(...sets.map((set) => new Option(`${inLanguage(set.title)} · ${set.code}`, set.code, false, set.code === state.set)));
}

function updateAll() {
  updateWords();
  updateGroups();
  updateList();
  if (state.symbol) {
    choose(state.symbol);
  }
}

function listen() {
  let typing = 0;
  byId('query').addEventListener('input', () => {
    clearTimeout(typing);
    typing = setTimeout(() => {
      state.query = byId('query').value.trim();
      updateList();
    }, typingMs);
  });
  byId('query').addEventListener('keydown', pressKeyInQuery);
  byId('results').addEventListener('keydown', pressKey);
  byId('results').addEventListener('click', (event) => {
    const tile = event.target.closest('.tile');
    if (tile) {
      tile.focus();
      choose(tile.dataset.id);
    }
  });
  byId('groups').addEventListener('click', (event) => {
    if (event.target.dataset.group !== undefined) {
      state.group = event.target.dataset.group;
      byId('groups').querySelectorAll('button').forEach((button) => button.setAttribute('aria-pressed', button.dataset.group === state.group));
      updateList();
    }
  });
  byId('language').addEventListener('change', (event) => { state.language = event.target.value; updateAll(); });
  byId('palette').addEventListener('change', (event) => { state.palette = event.target.value; updateAll(); });
  byId('deprecated').addEventListener('change', (event) => { state.withDeprecated = event.target.checked; updateList(); });
  byId('set').addEventListener('change', (event) => {
    state.set = event.target.value;
    state.group = '';
    updateAll();
  });
}

async function start() {
  fillSwitch(byId('language'), state.language);
  byId('query').value = state.query;
  listen();
  try {
    sets = (await fetchJson('symbols?limit=1')).sets;
    sets.sort((a, b) => b.default - a.default); // it is offered first
    state.set = (chosenSet() || sets.find((set) => set.default)).code;
    updateAll();
  } catch (fault) {
    updateWords();
    byId('found').textContent = `${say('failed')} ${fault.message}`;
  }
  if (!isNarrow.matches) {
    byId('query').focus();
  }
}

start();
