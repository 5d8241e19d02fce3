/*
 * briefing.js - the panel in which a briefing map is framed, previewed, made and fetched.
 *
 * What can be chosen comes from GET /templates and GET /processes/briefing; the sheet lies on the map
 * (briefing_frame.js) and follows each choice; the preview is the page itself, made small. Making it is a job
 * (briefing_job.js).
 */
import { BriefingFrame } from './briefing_frame.js';
import { BriefingJob, notesOfHeader, post } from './briefing_job.js';
import { languages, localeOf } from './language.js';

const byId = (id) => document.getElementById(id);
const scales = [5000, 10000, 25000, 50000, 100000, 250000, 500000, 1000000];
const dpis = [96, 150, 200, 300];
const usualDpi = 150; // of pictures, as the service has it when nobody says
const sheetChoices = ['area', 'template', 'paper', 'orientation', 'scale']; // these change how large the sheet is
const levels = ['GRIP 1', 'GRIP 2', 'GRIP 3', 'GRIP 4', 'GRIP 5', 'GRIP Rijk'];

export class BriefingPanel {
  /** order() gives what the page decides: map, crs, language, moment, palette; say(word) translates. */
  constructor(olMap, { order, say, inLanguage, moments, areas, opened }) {
    Object.assign(this, { olMap, order, say, inLanguage, moments, areas, opened });
    this.templates = null;
    this.known = null; // the inputs of the process
    this.job = new BriefingJob(say);
    this.frame = new BriefingFrame(olMap, () => this.moved());
    byId('briefing-open').addEventListener('click', () => (this.isOpen() ? this.close() : this.open()));
    byId('briefing-form').addEventListener('submit', (event) => { event.preventDefault(); this.job.make(this.inputs()); });
    byId('briefing-form').addEventListener('change', (event) => this.choose(event.target.name));
    byId('briefing-here').addEventListener('click', () => this.putHere());
    byId('briefing-close').addEventListener('click', () => this.close());
    byId('briefing').addEventListener('keydown', (event) => event.key === 'Escape' && this.close());
    olMap.on('change:view', () => this.frame.update());
  }

  isOpen() {
    return !byId('briefing').hidden;
  }

  field(name) {
    return byId('briefing-form').elements[name];
  }

  /** What can be chosen, asked anew: templates may have been added. */
  async fetchChoices() {
    const fetchJson = async (address) => (await fetch(address)).json();
    const [{ templates }, { inputs }] = await Promise.all([fetchJson('templates'), fetchJson('processes/briefing')]);
    this.templates = templates;
    this.known = inputs;
  }

  async open() {
    const isKnown = await this.fetchChoices().then(() => true, () => this.templates !== null);
    byId('briefing').hidden = false;
    byId('briefing-open').setAttribute('aria-expanded', true);
    byId('briefing-make').disabled = !isKnown || this.job.isRunning();
    byId('briefing-fault').textContent = isKnown ? '' : this.say('noAnswer');
    this.opened();
    this.olMap.updateSize();
    if (isKnown) {
      this.begin();
    }
  }

  begin() {
    this.updateWords();
    if (this.frame.isInView()) {
      this.showFrame();
      this.changed();
    } else {
      this.putHere();
    }
    this.field('template').focus();
  }

  /** A job goes on; the panel shows it again when it is opened. */
  close() {
    byId('briefing').hidden = true;
    byId('briefing-open').setAttribute('aria-expanded', false);
    this.frame.hide();
    this.olMap.updateSize();
    byId('briefing-open').focus();
  }

  /* ---- what is chosen ---- */

  template() {
    return this.templates.find(({ id }) => id === this.field('template').value) ?? this.templates[0];
  }

  fill(name, rows) {
    const before = this.field(name).value;
    this.field(name).replaceChildren(...rows.map(([value, text = value]) => new Option(text, value, false, String(value) === before)));
  }

  /** Options in the page's language; what was chosen stays chosen. */
  updateWords() {
    if (!this.templates) {
      return;
    }
    const { language } = this.order();
    this.fill('template', this.templates.map(({ id, title, organisation }) =>
      [id, [this.inLanguage(organisation), this.inLanguage(title)].filter(Boolean).join(' · ')]));
    this.fill('scale', scales.map((scale) => [scale, `1 : ${scale.toLocaleString(localeOf(language))}`]));
    this.fill('since', [['', this.say('sinceNothing')], ['previous', this.say('sincePrevious')], ...this.moments()]);
    this.fill('grip', [['', this.say('gripOfMap')], ...levels.map((level) => [level])]);
    this.fill('paper', this.known.paper.schema.enum.map((paper) => [paper]));
    this.fill('format', this.known.format.schema.enum.map((format) => [format, format.toUpperCase()]));
    this.fill('dpi', dpis.map((dpi) => [dpi]));
    this.updateLanguages(language);
    this.updateAreas();
    if (!this.hasChosen) {
      this.hasChosen = true;
      this.field('template').value = 'situation';
      this.field('dpi').value = usualDpi;
      this.useTemplate();
    }
    this.job.updateWords();
    this.showRest();
  }

  /** The document speaks the page's language until another is chosen. */
  updateLanguages(language) {
    const all = Object.entries(languages);
    const before = this.field('first').value;
    this.fill('first', all);
    this.field('first').value = before && before !== this.pageLanguage ? before : language;
    this.pageLanguage = language;
    this.fill('second', [['', this.say('noSecond')], ...all.filter(([code]) => code !== this.field('first').value)]);
  }

  updateAreas() {
    const areas = this.areas();
    this.fill('area', [['', this.say('noArea')], ...areas.map(({ id, title }) => [id, this.inLanguage(title) || id])]);
    byId('briefing-areas').hidden = areas.length === 0;
  }

  /** What shows or hides with a choice. */
  showRest() {
    byId('briefing-dpi').hidden = this.field('format').value !== 'png';
    const isPast = (name) => this.field(name).value !== '' && new Date(this.field(name).value) < new Date();
    byId('valid-past').hidden = !isPast('validUntil');
    byId('next-past').hidden = !isPast('nextUpdate');
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
    if (name === 'first') {
      this.updateLanguages(this.pageLanguage);
    }
    this.showRest();
    this.forget();
    this.showFrame();
    if (sheetChoices.includes(name) && !this.frame.isWholeInView()) {
      this.frame.zoomTo(); // its edges are what it is dragged by
    }
    this.changed();
  }

  /** An older document is not that of these choices; one that is being made is finished first. */
  forget() {
    if (!this.job.isRunning()) {
      this.job.forget();
    }
  }

  /** By hand. */
  moved() {
    this.field('area').value = '';
    this.forget();
    this.changed();
  }

  size() {
    const { value: paper } = this.field('paper');
    const { value: orientation } = this.field('orientation');
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
    this.moved();
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
    const { template, paper, orientation, scale, format, dpi, first, second, validUntil, nextUpdate, ...texts } =
      Object.fromEntries(new FormData(byId('briefing-form')));
    return {
      ...this.order(), template, paper, landscape: orientation === 'landscape', scale: Number(scale), format,
      ...(format === 'png' ? { dpi: Number(dpi) } : {}),
      ...(this.isAtlas() ? { bbox: this.frame.frameBox() } : { center: this.frame.centre }),
      language: [first, second].filter(Boolean).join(','),
      ...Object.fromEntries(['since', 'title', 'grip'].filter((name) => texts[name]).map((name) => [name, texts[name]])),
      ...(validUntil ? { validUntil: new Date(validUntil).toISOString() } : {}),
      ...(nextUpdate ? { nextUpdate: new Date(nextUpdate).toISOString() } : {}),
    };
  }

  /* ---- preview ---- */

  /** The preview follows when nothing has changed for a while. */
  changed() {
    clearTimeout(this.timer);
    if (!this.isOpen() || !this.templates) {
      return;
    }
    byId('briefing-preview').classList.add('old');
    byId('briefing-previewing').hidden = false;
    this.timer = setTimeout(() => this.preview(), 400);
  }

  async preview() {
    const wanted = this.inputs();
    const answer = await post('briefings/preview', { inputs: wanted });
    if (!this.isOpen() || JSON.stringify(wanted) !== JSON.stringify(this.inputs())) {
      return;
    }
    byId('briefing-previewing').hidden = true;
    if (answer?.status === 200) {
      this.showPreview(await answer.blob());
    }
    if (answer?.status === 200 && !this.job.job) {
      this.job.showNotes(notesOfHeader(answer.headers.get('Plottafel-Notes')));
    }
    byId('briefing-fault').textContent = answer?.status === 200 ? '' : `${this.say('failed')}${this.say('colon')}${await this.job.reasonOf(answer)}`;
  }

  showPreview(blob) {
    const image = byId('briefing-preview');
    URL.revokeObjectURL(image.src);
    image.src = URL.createObjectURL(blob);
    image.classList.remove('old');
    byId('briefing-preview-link').href = image.src;
    byId('briefing-preview-link').hidden = false;
  }
}
