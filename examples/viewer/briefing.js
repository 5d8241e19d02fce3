/* briefing.js - the dialog that has a briefing map made and follows its progress. */

const byId = (id) => document.getElementById(id);

export class BriefingDialog {
  /** order() gives what the map view decides: map, crs, center, asOf, language. say(word) translates. */
  constructor(order, say) {
    this.order = order;
    this.say = say;
    this.job = null;
    byId('briefing-open').addEventListener('click', () => this.open());
    byId('briefing-make').addEventListener('click', () => this.make());
    byId('briefing-cancel').addEventListener('click', () => this.cancel());
    byId('briefing').addEventListener('cancel', () => this.forget());
  }

  open() {
    this.forget();
    byId('briefing').showModal();
  }

  async make() {
    const form = new FormData(byId('briefing-form'));
    const order = {
      ...this.order(), paper: form.get('paper'), landscape: form.get('landscape') === 'true',
      scale: Number(form.get('scale')), format: form.get('format'),
    };
    if (form.get('title')) {
      order.title = form.get('title');
    }
    this.forget();
    this.show({ status: 'accepted', progress: 0 });
    const answer = await fetch('briefings', {
      method: 'POST', headers: { 'Content-Type': 'application/json' }, body: JSON.stringify(order),
    }).catch(() => null);
    if (!answer || !answer.ok) {
      this.show({ status: 'failed', progress: 0, problem: answer && (await answer.json().catch(() => null)) });
      return;
    }
    const job = await answer.json();
    this.job = job.id;
    this.follow(job);
  }

  async follow(job) {
    while (this.job === job.id && ['accepted', 'running'].includes(job.status)) {
      this.show(job);
      await new Promise((resolve) => setTimeout(resolve, 150));
      const answer = await fetch(`briefings/${job.id}`).catch(() => null);
      job = answer && answer.ok ? await answer.json() : { ...job, status: 'failed' };
    }
    if (this.job === job.id) {
      this.show(job);
    }
  }

  show(job) {
    const isRunning = ['accepted', 'running'].includes(job.status);
    byId('briefing-progress').hidden = false;
    byId('briefing-bar').value = job.progress;
    byId('briefing-state').textContent = this.say(job.status) + (job.problem ? `: ${job.problem.detail}` : '');
    byId('briefing-cancel').textContent = this.say(isRunning ? 'cancel' : 'close');
    byId('briefing-make').disabled = isRunning;
    const result = byId('briefing-result');
    result.hidden = job.status !== 'successful';
    if (job.status === 'successful') {
      result.href = `briefings/${job.id}/result`;
      result.target = '_blank';
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
    if (this.job && byId('briefing-make').disabled) {
      fetch(`briefings/${this.job}`, { method: 'DELETE' });
      this.job = null;
      this.show({ status: 'dismissed', progress: 0 });
      return;
    }
    byId('briefing').close();
  }

  forget() {
    this.job = null;
    byId('briefing-progress').hidden = true;
    byId('briefing-notes').hidden = true;
    byId('briefing-result').hidden = true;
    byId('briefing-make').disabled = false;
    byId('briefing-cancel').textContent = this.say('close');
  }
}
