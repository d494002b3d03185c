// SPDX-FileCopyrightText: 2026 The Hallgate authors
// SPDX-License-Identifier: Apache-2.0
// A sheet of paper is typed in twice. The second entry begins empty; where the two differ, the fields are named and
// emptied, and nothing says which of the two was meant. The key is nowhere but in its field.
(() => {
  'use strict';
  const byId = (id) => document.getElementById(id);
  const words = document.querySelector('main').dataset;
  const isChinese = document.documentElement.lang === 'zh-Hans';
  const names = ['number', 'ratedAt', 'window', 'project', 'service', 'level', 'text', 'name', 'mobile'].filter(byId);
  const groups = [...document.querySelectorAll('.marks')];
  let first = null;
  let isBusy = false;

  const label = (name) => (name === 'indicators' ? groups[0].querySelector('legend').firstChild.textContent
    : document.querySelector(`label[for="${name}"]`).textContent);

  const read = () => {
    const entry = {};
    for (const name of names) entry[name] = byId(name).value.replace(/\r\n/g, '\n').trim();
    const group = groups.find((one) => one.dataset.level === entry.level);
    entry.indicators = group ? [...group.querySelectorAll(':checked')].map((box) => box.value).join(' ') : '';
    return entry;
  };

  const empty = (name) => {
    if (name === 'indicators') {
      for (const box of document.querySelectorAll('.marks :checked')) box.checked = false;
    } else {
      byId(name).value = '';
    }
  };

  const showGroup = () => { for (const group of groups) group.hidden = group.dataset.level !== byId('level').value; };

  const say = (text) => {
    byId('problem').textContent = text;
    byId('problem').hidden = !text;
  };

  const mark = (fields) => {
    for (const name of [...names, 'source', 'key']) byId(name).toggleAttribute('aria-invalid', fields.includes(name));
    const at = fields.find((name) => byId(name));
    if (at) byId(at).focus();
  };

  /** Begins the first entry, or the second one of `entry`; either is empty. */
  const begin = (entry) => {
    first = entry;
    for (const name of [...names, 'indicators']) empty(name);
    showGroup();
    say('');
    mark([]);
    const which = entry ? 'second' : 'first';
    byId('which').textContent = byId('which').dataset[which];
    byId('go').textContent = byId('go').dataset[which];
    byId('again-hint').hidden = !entry;
    byId('anew').hidden = !entry;
    byId('which').scrollIntoView();
    byId('which').focus({ preventScroll: true });
  };

  const send = async (entry) => {
    const body = { number: entry.number, channel: 'paper', level: entry.level, ratedAt: entry.ratedAt };
    body.indicators = entry.indicators ? entry.indicators.split(' ') : [];
    for (const name of ['window', 'project', 'service', 'text', 'name', 'mobile']) if (entry[name]) body[name] = entry[name];
    isBusy = true;
    say(words.sending);
    try {
      const answer = await fetch('/ingest/v1/ratings', {
        method: 'POST', cache: 'no-store', credentials: 'omit', body: JSON.stringify(body),
        headers: { 'Content-Type': 'application/json', 'Ingest-Source': byId('source').value.trim(),
          Authorization: 'Bearer ' + byId('key').value.trim() },
      });
      const said = await answer.json();
      if (answer.ok) {
        byId('paper').hidden = true;
        byId('done').hidden = false;
        byId('done').querySelector('.number').textContent = said.receipt;
        byId('done').querySelector('h2').focus();
        say('');
      } else {
        const error = said.error;
        say(isChinese ? `${error.messageChinese}。${error.hintChinese}` : `${error.message}. ${error.hint}`);
      }
    } catch (_) {
      say(words.away);
    }
    isBusy = false;
  };

  byId('level').addEventListener('change', () => { empty('indicators'); showGroup(); });
  byId('anew').addEventListener('click', () => { if (!isBusy) begin(null); });
  byId('more').addEventListener('click', () => {
    byId('done').hidden = true;
    byId('paper').hidden = false;
    begin(null);
  });
  byId('paper').addEventListener('submit', (event) => {
    event.preventDefault();
    if (isBusy) return;
    const entry = read();
    const missing = ['source', 'key', 'number', 'ratedAt', 'level'].filter((name) => !byId(name).value.trim());
    if (missing.length) {
      say(words.missing + missing.map(label).join(words.separator));
      mark(missing);
      return;
    }
    if (!first) {
      begin(entry);
      return;
    }
    const different = [...names, 'indicators'].filter((name) => entry[name] !== first[name]);
    if (different.length) {
      // The level decides which reasons there are: with another one both have to be looked at.
      for (const name of different) empty(name);
      showGroup();
      say(words.differ + different.map(label).join(words.separator));
      mark(different);
      return;
    }
    mark([]);
    send(entry);
  });
  showGroup();
})();
