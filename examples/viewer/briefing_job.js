/*
 * briefing_job.js - a briefing that is being made: a job of OGC API Processes, its progress, its document, and what
 * the document lacks.
 */
const byId = (id) => document.getElementById(id);
const isRunning = (job) => ['accepted', 'running'].includes(job?.status);
const MOST_SUBJECTS = 12; // of one kind of note
const MOST_TRIES = 20; // without an answer, about a second apart

const pause = (ms) => new Promise((resolve) => { setTimeout(resolve, ms); });
const answerOf = (address, options) => fetch(address, { cache: 'no-store', ...options }).catch(() => null);

/** An order is answered with its job at once; without the wish the document itself would be waited for. */
export const post = (address, body) => answerOf(address, {
  method: 'POST', headers: { 'Content-Type': 'application/json', Prefer: 'respond-async' }, body: JSON.stringify(body),
});

/**
 * "layer-failed;layer="land";title*=UTF-8''Wegen%20en%20paden, label-unplaced;count=3" as notes: {kind, subject, title} or {kind, count}.
 */
export function notesOfHeader(header) {
  const note = /([\w-]+);(?:count=(\d+)|\w+="([^"]*)"(?:;title\*=UTF-8''((?:\w|%[0-9A-F]{2})*))?)/g;
  return [...(header ?? '').matchAll(note)].map(([, kind, count, subject, title]) =>
    (count ? { kind, count: Number(count) } : { kind, subject, title: titleOf(title) }));
}

/** A long header may end amidst a letter: the subject has to do then. */
function titleOf(escaped) {
  try {
    return decodeURIComponent(escaped ?? '');
  } catch {
    return '';
  }
}

export class BriefingJob {
  /** say(word) translates. */
  constructor(say) {
    this.say = say;
    this.job = null; // as the service tells of it
    this.notes = null;
    byId('briefing-cancel').addEventListener('click', () => this.cancel());
  }

  isRunning() {
    return isRunning(this.job);
  }

  /** Why, in the words of the service. */
  async reasonOf(answer) {
    const problem = answer && (await answer.json().catch(() => null));
    const details = [problem?.detail ?? problem?.title, ...(problem?.errors ?? []).map(({ detail }) => detail)];
    return answer ? [...new Set(details.filter(Boolean))].join('; ') || `HTTP ${answer.status}` : this.say('noAnswer');
  }

  async make(inputs) {
    this.show({ status: 'accepted', progress: 0 });
    const answer = await post('processes/briefing/execution', { inputs });
    if (!answer?.ok) {
      this.show({ status: 'failed', progress: 0, message: await this.reasonOf(answer) });
      return;
    }
    const job = await answer.json();
    this.show(job);
    await this.follow(job.jobID);
  }

  isOf(id) {
    return this.job?.jobID === id;
  }

  /** Until it is done, or another is followed. */
  async follow(id) {
    let failures = 0;
    for (let round = 0; this.isOf(id) && this.isRunning(); round += 1) {
      await pause(failures || round > 20 ? 1000 : 150);
      const answer = await answerOf(`jobs/${id}`);
      const job = answer?.ok ? await answer.json() : { ...this.job, status: 'failed', message: await this.reasonOf(answer) };
      if (!this.isOf(id) || !this.isRunning()) {
        return; // it was cancelled meanwhile
      }
      failures = answer ? 0 : failures + 1;
      if (answer || failures > MOST_TRIES) {
        this.show(job);
      } else {
        this.tell(this.say('again'));
      }
    }
  }

  /** Only what the service says has ended has ended. */
  async cancel() {
    const id = this.job?.jobID;
    const answer = await answerOf(`jobs/${id}`, { method: 'DELETE' });
    if (!this.isOf(id)) {
      return;
    }
    if (answer?.ok) {
      this.show(await answer.json());
      byId('briefing-make').focus();
    } else {
      this.tell(this.say('noCancel'), await this.reasonOf(answer));
    }
  }

  /* ---- what the panel shows ---- */

  show(job) {
    this.job = job;
    byId('briefing-progress').hidden = false;
    byId('briefing-bar').hidden = !isRunning(job) && job.status !== 'successful';
    byId('briefing-bar').value = job.progress;
    byId('briefing-cancel').hidden = !isRunning(job) || !job.jobID;
    byId('briefing-make').disabled = isRunning(job);
    this.showDocument(job);
    this.showState();
    if (job.status === 'successful') {
      this.showNotes(job.notes ?? [], job.notesLeftOut);
    }
  }

  showState() {
    const { status, position, progress, message } = this.job;
    const words = {
      accepted: position ? this.say('place')(position) : this.say('accepted'),
      running: `${this.say('running')} (${progress} %)`,
    };
    this.tell(words[status] ?? this.say(status), status === 'failed' ? message : '');
  }

  /** reason: in the words of the service, which are English. */
  tell(words, reason) {
    const because = Object.assign(document.createElement('span'), { lang: 'en', textContent: reason });
    byId('briefing-state').replaceChildren(...(reason ? [`${words}${this.say('colon')}`, because] : [words]));
    byId('briefing-state').classList.toggle('fault', this.job?.status === 'failed');
  }

  showDocument({ status, jobID, links }) {
    const isThere = status === 'successful';
    this.showPages(isThere ? jobID : null, (links ?? []).filter(({ rel }) => rel === 'item').length);
    const { activeElement } = document;
    for (const id of ['briefing-result', 'briefing-open-result']) {
      byId(id).hidden = !isThere;
      byId(id).href = isThere ? `jobs/${jobID}/results/briefing` : '';
    }
    byId('briefing-make').classList.toggle('primary', !isThere);
    if (isThere && (activeElement === byId('briefing-cancel') || activeElement === document.body)) {
      byId('briefing-result').focus(); // where the keyboard was is gone
    }
  }

  /** Several pictures are fetched as one ZIP, and opened one by one. */
  showPages(jobID, count) {
    const links = Array.from({ length: jobID ? count : 0 }, (_, index) => Object.assign(document.createElement('a'), {
      href: `jobs/${jobID}/results/briefing?page=${index + 1}`, target: '_blank',
      textContent: index + 1, ariaLabel: `${this.say('page')} ${index + 1}`,
    }));
    byId('briefing-pages').replaceChildren(...(links.length ? [this.say('page')] : []), ...links);
    byId('briefing-pages').hidden = links.length === 0;
    byId('briefing-open-result').classList.toggle('several', links.length > 0);
  }

  /** What the page does not show although it should: one line a kind, with the things it is about. */
  showNotes(notes, leftOut = 0) {
    this.notes = { notes, leftOut };
    const line = (text) => Object.assign(document.createElement('li'), { textContent: text });
    const kinds = [...new Set(notes.map(({ kind }) => kind))];
    const lines = kinds.map((kind) => line(this.sentenceOf(kind, notes.filter((note) => note.kind === kind))));
    const list = document.createElement('ul');
    list.append(...lines, ...(leftOut ? [line(this.say('notesLeftOut')(leftOut))] : []));
    const heading = Object.assign(document.createElement('h3'), { textContent: this.say(lines.length ? 'notes' : 'noNotes') });
    byId('briefing-notes').replaceChildren(heading, ...(lines.length ? [list] : []));
    byId('briefing-notes').hidden = false;
  }

  sentenceOf(kind, notes) {
    const subjects = notes.map(({ title, subject }) => title || subject).filter((subject) => subject && kind !== 'no-rd-grid')
      .map((subject) => this.say('parts')[subject] ?? subject);
    const count = notes[0].count ?? subjects.length;
    const rest = subjects.length > MOST_SUBJECTS ? ` ${this.say('notesLeftOut')(subjects.length - MOST_SUBJECTS)}` : '';
    const what = this.say(kind) ?? notes[0].sentence ?? kind;
    const counted = count > 1 ? `${what} (${count})` : what;
    return subjects.length ? `${counted}${this.say('colon')}${subjects.slice(0, MOST_SUBJECTS).join(', ')}${rest}` : counted;
  }

  updateWords() {
    if (this.job) {
      this.showState();
      this.showDocument(this.job);
    }
    if (this.notes) {
      this.showNotes(this.notes.notes, this.notes.leftOut);
    }
  }

  forget() {
    this.job = null;
    this.notes = null;
    ['progress', 'notes', 'result', 'open-result', 'pages', 'cancel'].forEach((name) => { byId(`briefing-${name}`).hidden = true; });
    byId('briefing-make').disabled = false;
    byId('briefing-make').classList.add('primary');
  }
}
