/*
 * briefing.js - the panel in which a briefing map is framed, previewed, made and fetched.
 *
 * What can be chosen comes from GET /templates; the sheet lies on the map (briefing_frame.js) and follows each choice;
 * the preview is the page itself, made small. A briefing is a job of OGC API Processes.
 */
import { BriefingFrame } from './briefing_frame.js';

const byId = (id) => document.getElementById(id);
const scales = [5000, 10000, 25000, 50000, 100000, 250000, 500000, 1000000];

export class BriefingPanel {
  /** order() gives what the page decides: map, crs, language, moment, palette; say(word) translates. */
  constructor(olMap, { order, say, inLanguage, moments, areas, opened }) {
    Object.assign(this, { olMap, order, say, inLanguage, moments, areas, opened });
    this.templates = null;
    this.job = null;
    this.frame = new BriefingFrame(olMap, () => this.changed());
    byId('briefing-open').addEventListener('click', () => (this.isOpen() ? this.close() : this.open()));
    byId('briefing-form').addEventListener('submit', (event) => { event.preventDefault(); this.make(); });
    byId('briefing-form').addEventListener('change', (event) => this.choose(event.target.name));
    byId('briefing-here').addEventListener('click', () => this.putHere());
    byId('briefing-cancel').addEventListener('click', () => this.cancel());
    olMap.on('change:view', () => this.frame.update());
  }

  isOpen() {
    return !byId('briefing').hidden;
  }

  field(name) {
    return byId('briefing-form').elements[name];
  }

  async open() {
    this.templates ??= (await (await fetch('templates')).json()).templates;
    byId('briefing').hidden = false;
    byId('briefing-open').setAttribute('aria-expanded', true);
    this.opened();
    this.updateWords();
    this.olMap.updateSize();
    this.putHere();
  }

  close() {
    byId('briefing').hidden = true;
    byId('briefing-open').setAttribute('aria-expanded', false);
    this.frame.hide();
    this.forget();
    this.olMap.updateSize();
  }

  /* ---- what is chosen ---- */

  template() {
    return this.templates.find(({ id }) => id === this.field('template').value) ?? this.templates[0];
  }

  /** Options in the page's language; what was chosen stays chosen. */
  updateWords() {
    if (!this.templates) {
      return;
    }
    const fill = (name, rows) => {
      const before = this.field(name).value;
      this.field(name).replaceChildren(...rows.map(([value, text]) => new Option(text, value, false, String(value) === before)));
    };
    fill('template', this.templates.map(({ id, title, organisation }) =>
      [id, [this.inLanguage(organisation), this.inLanguage(title)].filter(Boolean).join(' · ')]));
    fill('scale', scales.map((scale) => [scale, `1 : ${scale.toLocaleString(this.order().language)}`]));
    fill('since', [['', this.say('sinceNothing')], ['previous', this.say('sincePrevious')], ...this.moments()]);
    const areas = this.areas();
    fill('area', [['', this.say('noArea')], ...areas.map(({ id, title }) => [id, this.inLanguage(title) || id])]);
    byId('briefing-areas').hidden = areas.length === 0;
    if (!this.hasChosen) {
      this.hasChosen = true;
      this.field('template').value = 'situation';
      this.useTemplate();
    }
  }

  useTemplate() {
    const { paper, landscape, scale } = this.template();
    this.field('paper').value = paper;
    this.field('orientation').value = landscape ? 'landscape' : 'portrait';
    this.field('scale').value = scale || 50000;
  }

  choose(name) {
    if (name === 'template') {
      this.useTemplate();
    }
    if (['area', 'template', 'paper', 'orientation'].includes(name)) {
      this.fitArea();
    }
    if (!this.job || byId('briefing-cancel').hidden) {
      this.forget();
    }
    this.showFrame();
    this.changed();
  }

  size() {
    const { paper, orientation } = Object.fromEntries(new FormData(byId('briefing-form')));
    return this.template().sizes.find((size) => size.paper === paper && size.landscape === (orientation === 'landscape'));
  }

  /** In the middle of the map view; an atlas covers most of it. */
  putHere() {
    const view = this.olMap.getView();
    const toRd = (point) => ol.proj.transform(point, view.getProjection(), 'EPSG:28992').map(Math.round);
    const [west, south, east, north] = view.calculateExtent(this.olMap.getSize());
    const low = toRd([west, south]);
    this.areaM = toRd([east, north]).map((value, axis) => Math.round(0.7 * Math.abs(value - low[axis])));
    this.frame.centre = toRd(view.getCenter());
    this.showFrame();
    this.frame.zoomTo();
    this.changed();
  }

  /** The chosen area in the middle, at the largest scale of the list that shows all of it. */
  fitArea() {
    const area = this.areas().find(({ id }) => id === this.field('area').value);
    if (!area) {
      return;
    }
    const [west, south, east, north] = ol.proj.transformExtent(area.bbox, 'EPSG:4326', 'EPSG:28992');
    this.areaM = [east - west, north - south].map(Math.round);
    this.frame.centre = [(west + east) / 2, (south + north) / 2].map(Math.round);
    const [left, top, right, bottom] = this.size().map_mm;
    const least = Math.max((this.areaM[0] * 1000) / (right - left), (this.areaM[1] * 1000) / (bottom - top));
    if (!this.isAtlas()) {
      this.field('scale').value = scales.find((scale) => scale >= least) ?? scales.at(-1);
    }
    this.showFrame();
    this.frame.zoomTo();
  }

  isAtlas() {
    return this.template().kind === 'atlas';
  }

  showFrame() {
    if (this.isAtlas()) {
      this.frame.showArea(this.areaM, this.frame.centre);
    } else {
      this.frame.show(this.size(), Number(this.field('scale').value), this.frame.centre);
    }
  }

  inputs() {
    const { template, paper, orientation, scale, format, second, validUntil, nextUpdate, ...texts } = Object.fromEntries(new FormData(byId('briefing-form')));
    const order = this.order();
    return {
      ...order, template, paper, landscape: orientation === 'landscape', scale: Number(scale), format,
      ...(this.isAtlas() ? { bbox: this.frame.frameBox() } : { center: this.frame.centre }),
      language: second && second !== order.language ? `${order.language},${second}` : order.language,
      ...Object.fromEntries(['since', 'title', 'grip'].filter((name) => texts[name]).map((name) => [name, texts[name]])),
      ...(validUntil ? { validUntil: new Date(validUntil).toISOString() } : {}),
      ...(nextUpdate ? { nextUpdate: new Date(nextUpdate).toISOString() } : {}),
    };
  }

  post(address, body) {
    return fetch(address, {
      method: 'POST', headers: { 'Content-Type': 'application/json' }, body: JSON.stringify(body),
    }).catch(() => null);
  }

  /* ---- preview ---- */

  /** The preview follows when nothing has changed for a while. */
  changed() {
    clearTimeout(this.timer);
    if (!this.isOpen()) {
      return;
    }
    byId('briefing-preview').classList.add('old');
    this.timer = setTimeout(() => this.preview(), 400);
  }

  async preview() {
    const wanted = this.inputs();
    const answer = await this.post('briefings/preview', { inputs: wanted });
    if (!this.isOpen() || JSON.stringify(wanted) !== JSON.stringify(this.inputs())) {
      return;
    }
    if (answer?.status === 200) {
      const image = byId('briefing-preview');
      URL.revokeObjectURL(image.src);
      image.src = URL.createObjectURL(await answer.blob());
      image.classList.remove('old');
      byId('briefing-preview-link').href = image.src;
    }
    byId('briefing-fault').textContent = answer?.status === 200 ? '' : await this.faultOf(answer);
  }

  async faultOf(answer) {
    const problem = answer && (await answer.json().catch(() => null));
    return [this.say('failed'), problem?.detail, ...(problem?.errors ?? []).map(({ detail }) => detail)].filter(Boolean).join(': ');
  }

  /* ---- the job ---- */

  async make() {
    this.forget();
    this.show({ status: 'accepted', progress: 0 });
    const answer = await this.post('processes/briefing/execution', { inputs: this.inputs() });
    if (!answer?.ok) {
      this.show({ status: 'failed', progress: 0, message: await this.faultOf(answer) });
      return;
    }
    const job = await answer.json();
    this.job = job.jobID;
    this.follow(job);
  }

  async follow(job) {
    while (this.job === job.jobID && ['accepted', 'running'].includes(job.status)) {
      this.show(job);
      await new Promise((resolve) => setTimeout(resolve, 150));
      const answer = await fetch(`jobs/${job.jobID}`).catch(() => null);
      job = answer?.ok ? await answer.json() : { ...job, status: 'failed' };
    }
    if (this.job === job.jobID) {
      this.show(job);
    }
  }

  show(job) {
    const isRunning = ['accepted', 'running'].includes(job.status);
    byId('briefing-progress').hidden = false;
    byId('briefing-bar').value = job.progress;
    byId('briefing-state').textContent = job.status === 'failed' && job.message ? job.message : this.say(job.status);
    byId('briefing-cancel').hidden = !isRunning;
    byId('briefing-make').disabled = isRunning;
    const result = byId('briefing-result');
    result.hidden = job.status !== 'successful';
    if (job.status === 'successful') {
      result.href = `jobs/${job.jobID}/results/briefing`;
    }
    this.showNotes(job.notes || []);
  }

  /** What the page does not show although it should: one line a kind, with the things it is about. */
  showNotes(notes) {
    const kinds = [...new Set(notes.map((note) => note.kind))];
    const lines = kinds.map((kind) => {
      const subjects = notes.filter((note) => note.kind === kind).map((note) => note.subject);
      return Object.assign(document.createElement('li'),
        { textContent: `${this.say(kind) || kind} (${subjects.length}): ${subjects.join(', ')}` });
    });
    byId('briefing-notes').replaceChildren(...lines);
    byId('briefing-notes').hidden = lines.length === 0;
  }

  cancel() {
    fetch(`jobs/${this.job}`, { method: 'DELETE' });
    this.job = null;
    this.show({ status: 'dismissed', progress: 0 });
  }

  forget() {
    this.job = null;
    byId('briefing-progress').hidden = true;
    byId('briefing-notes').hidden = true;
    byId('briefing-result').hidden = true;
    byId('briefing-make').disabled = false;
    byId('briefing-cancel').hidden = true;
  }
}
