/*
 * symbol_details.js - all about the chosen symbol, and a place to try it: status, trust, texts, direction.
 */

export const byId = (id) => document.getElementById(id);
const slots = ['c', 'v', 'h', 'n', 't', 'o', 'r'];
const drawnSlots = ['c', 'v', 'h']; // the others stand beside the symbol on a map
const trusts = ['reported', 'verified', 'unverified'];
const examples = { c: '4', v: '3', h: '33/1203', t: '14:30' };

export function element(name, properties, ...children) {
  const made = Object.assign(document.createElement(name), properties);
  made.append(...children);
  return made;
}

function radio(group, name, label, isChecked) {
  return element('label', {}, element('input', { type: 'radio', name: group, value: name, checked: isChecked }),
    element('span', { textContent: label }));
}

/* In values of a code ";" and "%" are written otherwise. */
const escapeValue = (text) => text.replaceAll('%', '%25').replaceAll(';', '%3B');

export class Details {
  /** state, say(word), value(name) and inLanguage(text) of the page; closed() after the panel was closed. */
  constructor({ state, say, value, inLanguage, closed }) {
    Object.assign(this, { state, say, value, inLanguage });
    this.symbol = null;
    byId('try').addEventListener('input', () => this.update());
    byId('try').addEventListener('submit', (event) => event.preventDefault());
    byId('copy').addEventListener('click', () => this.copy());
    const close = () => {
      byId('details').hidden = true;
      closed();
    };
    byId('close').addEventListener('click', close);
    byId('details').addEventListener('keydown', (event) => event.key === 'Escape' && close());
  }

  async show(id) {
    const address = `symbols/${this.state.set}/${encodeURIComponent(id)}.json`; // the id may come from the address
    const answer = await fetch(address);
    if (this.state.symbol !== id) {
      return; // another was chosen in the meantime
    }
    if (!answer.ok) {
      byId('details').hidden = true;
      throw new Error(`${address}: ${answer.status}`);
    }
    this.fill((await answer.json()).symbol);
  }

  fill(symbol) {
    const isSame = this.symbol?.code === symbol.code;
    const kept = isSame ? new FormData(byId('try')) : new FormData();
    this.symbol = symbol;
    byId('name').textContent = this.inLanguage(symbol.name);
    byId('group').textContent = this.inLanguage(symbol.groupTitle);
    byId('deprecation').hidden = !symbol.deprecated;
    byId('deprecation').textContent = symbol.replacedBy ? this.say('useInstead')(symbol.replacedBy) : this.say('deprecated');
    this.fillForm(symbol.accepts, kept);
    this.fillFacts(symbol);
    this.fillCrosswalk(symbol.crosswalk);
    byId('copied').textContent = '';
    byId('details').hidden = false;
    if (!isSame) {
      byId('details').scrollTop = 0;
    }
    this.update();
  }

  /* Only what the symbol accepts can be tried. */
  fillForm(accepts, kept) {
    const status = kept.get('st') || 'present';
    const trust = kept.get('tr') || 'reported';
    byId('statuses').replaceChildren(...accepts.statuses.map((name) => radio('st', name, this.value(name), name === status)));
    byId('trusts').hidden = !accepts.trust;
    byId('trusts').replaceChildren(...(accepts.trust ? trusts : []).map((name) => radio('tr', name, this.value(name), name === trust)));
    byId('texts').replaceChildren(...slots.filter((slot) => accepts.texts.includes(slot)).map((slot) =>
      element('label', {}, this.value(slot), element('input', {
        name: slot, value: kept.get(slot) || '', placeholder: examples[slot] || '', maxLength: 60,
        inputMode: slot === 'c' ? 'numeric' : 'text',
      }))));
    byId('rotation').hidden = !accepts.rotation;
    byId('rotation').querySelector('input').value = accepts.rotation ? kept.get('rot') || 0 : 0;
  }

  fillFacts(symbol) {
    const pairs = (list) => list.filter(([, text]) => text).flatMap(([name, text]) =>
      [element('dt', { textContent: name }), element('dd', { textContent: text })]);
    byId('names').replaceChildren(...pairs(Object.entries(symbol.name).map(([code, text]) => [code.toUpperCase(), text])));
    byId('names').querySelectorAll('dd').forEach((one, index) => { one.lang = Object.keys(symbol.name)[index]; });
    byId('facts').replaceChildren(...pairs([
      [this.say('geometry'), this.value(symbol.geometry)],
      [this.say('kind'), symbol.kind && this.value(symbol.kind)],
      [this.say('owner'), this.value(symbol.owner)],
      [this.say('letters'), symbol.letters],
      [this.say('reference'), symbol.reference],
      [this.say('aliases'), symbol.aliases.join(', ')],
    ]));
  }

  fillCrosswalk(links) {
    byId('crosswalk').hidden = links.length === 0;
    byId('crosswalk').querySelector('tbody').replaceChildren(...links.map((link) => element('tr', {},
      ...[link.title, link.code, link.name, this.value(link.match)].map((text) => element('td', { textContent: text })))));
  }

  /** What the form says: keys of the code, and texts. */
  chosen() {
    const form = new FormData(byId('try'));
    const keys = [];
    if ((form.get('st') || 'present') !== 'present') {
      keys.push(`st=${form.get('st')}`);
    }
    if ((form.get('tr') || 'reported') !== 'reported') {
      keys.push(`tr=${form.get('tr')}`);
    }
    if (this.symbol.accepts.rotation && Number(form.get('rot')) !== 0) {
      keys.push(`rot=${form.get('rot')}`);
    }
    const texts = slots.map((slot) => [slot, (form.get(slot) || '').trim()]).filter(([, text]) => text);
    return { keys, texts };
  }

  address({ keys, texts }, detail, palette = this.state.palette) {
    const id = [this.symbol.id, ...keys, ...(detail ? [`lod=${detail}`] : [])].join(';');
    const drawn = texts.filter(([slot]) => drawnSlots.includes(slot));
    return `symbols/${this.state.set}/${id}.svg?${new URLSearchParams([['palette', palette], ...drawn])}`;
  }

  update() {
    const chosen = this.chosen();
    byId('code').value = [this.symbol.code, ...chosen.keys, ...chosen.texts.map(([slot, text]) => `${slot}=${escapeValue(text)}`)].join(';');
    byId('rotation').querySelector('output').textContent = `${byId('rotation').querySelector('input').value}°`;
    this.paint(chosen);
  }

  /* The pictures; when a text is wrong they stay as they were and the service says why. */
  async paint(chosen) {
    const address = this.address(chosen);
    this.painted = address;
    const answer = await fetch(address);
    const problem = answer.ok ? null : await answer.json().catch(() => null);
    if (this.painted !== address) {
      return;
    }
    byId('refusal').hidden = answer.ok;
    byId('refusal').textContent = problem ? problem.detail : '';
    if (!answer.ok) {
      return;
    }
    const onImagery = this.state.palette === 'default' ? this.address(chosen, '', 'imagery') : address;
    byId('grounds').querySelectorAll('figure').forEach((figure) => {
      figure.querySelector('img').src = figure.className === 'white' ? address : onImagery;
    });
    byId('grounds').querySelector('img').alt = this.inLanguage(this.symbol.name);
    const details = this.symbol.geometry === 'point' ? ['full', 'small', 'dot'] : [];
    byId('sizes').replaceChildren(...details.map((detail) => element('span', {},
      element('img', { alt: '', src: this.address(chosen, detail) }), this.say(detail))));
  }

  /** Puts the code on the clipboard; where the browser refuses that, selects it for Ctrl+C. */
  async copy() {
    const field = byId('code');
    const focused = document.activeElement;
    try {
      await navigator.clipboard.writeText(field.value);
    } catch {
      field.select();
      const isCopied = document.execCommand('copy');
      if (!isCopied) {
        return;
      }
      focused.focus();
    }
    byId('copied').textContent = `${this.say('copied')}: ${field.value}`;
  }
}
