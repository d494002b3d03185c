// SPDX-FileCopyrightText: 2026 The Hallgate authors
// SPDX-License-Identifier: Apache-2.0
// The entrance of a self-service kiosk: a code or a number is scanned or typed, or a window chosen; then the rating page
// takes its place. idle.js knows which kiosk this is.
(() => {
  'use strict';
  const kiosk = window.hallgateShared;
  const byId = (id) => document.getElementById(id);
  const main = document.querySelector('main');
  const field = byId('number');
  const lang = document.documentElement.lang;
  const base = '/kiosk/' + encodeURIComponent(kiosk.name) + '/';
  let isBusy = false;

  const show = (...ids) => { for (const part of main.children) part.hidden = !ids.includes(part.id); };
  const complain = (text) => {
    for (const id of ['problem', 'windows-problem']) {
      byId(id).textContent = text;
      byId(id).hidden = !text;
    }
  };
  const rate = (code) => kiosk.go('/r/' + encodeURIComponent(code) + '?lang=' + lang + '&at=kiosk');

  // Asks the gateway for a code; what it cannot give, it says in words.
  const ask = async (question) => {
    if (isBusy) return;
    isBusy = true;
    complain('');
    try {
      const response = await fetch(base + 'codes', {
        method: 'POST', headers: { 'Content-Type': 'application/json', ...kiosk.headers }, cache: 'no-store',
        credentials: 'omit', body: JSON.stringify({ ...question, language: lang }),
      });
      const answer = await response.json().catch(() => ({}));
      if (response.ok && answer.code) return rate(answer.code);
      if (response.status === 403) show('unknown');
      complain(answer.title ? answer.title + (/[\u4e00-\u9fff]$/.test(answer.title) ? '。' : '. ') + answer.text : main.dataset.away);
    } catch (_) { complain(main.dataset.away); } finally { isBusy = false; }
    // The next scan takes the place of what was not found.
    field.select();
  };

  const enter = (event) => {
    event.preventDefault();
    const entered = field.value.replace(/\s/g, '');
    if (!entered) return field.focus();
    // A scanner types the whole address of a code.
    const code = entered.match(/\/r\/([^?#/]+)/);
    if (code) rate(code[1]); else ask({ number: entered });
  };

  const press = (event) => {
    const key = event.target.closest('.key');
    if (!key) return;
    if (key.value === 'change') {
      const isLetters = key.textContent === key.dataset.digits;
      key.textContent = isLetters ? key.dataset.letters : key.dataset.digits;
      for (const one of document.querySelectorAll('.digit')) one.hidden = isLetters;
      for (const one of document.querySelectorAll('.letter')) one.hidden = !isLetters;
    } else if (key.value === 'delete') field.value = field.value.slice(0, -1);
    else if (field.value.length < field.maxLength) field.value += key.value;
  };

  if (!kiosk.isKnown) return show('no-key');
  byId('number-form').addEventListener('submit', enter);
  document.querySelector('.keys').addEventListener('click', press);
  // A finger on a key leaves the focus where the scanner types.
  document.querySelector('.keys').addEventListener('pointerdown', (event) => event.preventDefault());
  byId('choose').addEventListener('click', () => {
    complain('');
    show('windows');
    byId('windows-title').focus();
  });
  for (const one of document.querySelectorAll('.place-choice')) {
    one.addEventListener('click', () => ask({ window: one.value || null }));
  }
  addEventListener('keydown', (event) => {
    if (document.activeElement === document.body && event.key.length === 1 && !byId('find').hidden) field.focus();
  });

  // Whether this is a kiosk of the hall is asked again now and then: its key may be made known meanwhile.
  const check = async () => {
    const response = await fetch(base + 'state', { headers: kiosk.headers, cache: 'no-store', credentials: 'omit' }).catch(() => null);
    if (response && response.status === 403) show('unknown');
    else if (response && response.ok && !byId('unknown').hidden) { show('find'); field.focus(); }
  };
  check();
  setInterval(check, 15000);

  // The entrance begins anew when nobody has touched it for a while, in the hall's own language, where the server answers.
  let last = Date.now();
  for (const sign of ['pointerdown', 'keydown', 'scroll']) addEventListener(sign, () => { last = Date.now(); }, { passive: true });
  setInterval(() => {
    if (Date.now() - last < Number(main.dataset.after) * 1000) return;
    last = Date.now();
    field.value = '';
    fetch(location.pathname, { cache: 'no-store', credentials: 'omit' }).then((response) => { if (response.ok) kiosk.leave(); })
      .catch(() => {});
  }, 500);
})();
