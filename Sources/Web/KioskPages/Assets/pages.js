// SPDX-FileCopyrightText: 2026 The Hallgate authors
// SPDX-License-Identifier: Apache-2.0
// The rating page and the pages around it. Everything works without this file as a plain form; with it a rating
// survives a reload, a double tap and a lost network, because the same number goes with it until there is an answer.
(() => {
  'use strict';
  const main = document.querySelector('main');
  const words = main.dataset;
  const code = words.code || '';
  const form = document.querySelector('#rating, #answers');
  // A screen that many people use one after another: a kiosk, or another maker's terminal.
  const shared = window.hallgateShared && window.hallgateShared.isKnown ? window.hallgateShared : null;
  const opened = Date.now();
  const calm = matchMedia('(prefers-reduced-motion: reduce)').matches;
  const byId = (id) => document.getElementById(id);
  document.documentElement.classList.add('js');

  // What is kept until the tab is closed: the number, what was chosen, what is under way, the receipt.
  const key = 'hallgate:' + code;
  const kept = (() => {
    try { return JSON.parse(sessionStorage.getItem(key)) || {}; } catch (_) { return {}; }
  })();
  const keep = () => { try { sessionStorage.setItem(key, JSON.stringify(kept)); } catch (_) { /* none to keep in */ } };
  const forget = () => {
    for (const name of Object.keys(kept)) delete kept[name];
    try { sessionStorage.removeItem(key); } catch (_) { /* none was kept */ }
  };

  const show = (id) => {
    for (const other of ['pending', 'done', 'refused', 'why']) if (byId(other)) byId(other).hidden = other !== id;
    if (form) form.hidden = true;
    const title = byId(id).querySelector('h2');
    scrollTo(0, 0);
    title.focus({ preventScroll: true });
  };

  // Sending

  let isBusy = false;
  let attempts = 0;
  let timer = 0;

  const thank = (receipt) => {
    clearTimeout(timer);
    forget();
    kept.receipt = receipt;
    if (!shared) keep();
    const done = byId('done');
    done.querySelector('.number').textContent = receipt;
    const lang = document.documentElement.lang;
    const link = done.querySelector('a[href^="/c/"]');
    if (shared && link) link.remove();
    if (!shared) link.href = '/c/' + encodeURIComponent(receipt) + '?lang=' + lang;
    show('done');
    if (shared) shared.leaveSoon();
  };

  const refuse = (answer) => {
    forget();
    const refused = byId('refused');
    refused.querySelector('h2').textContent = answer.title || '';
    refused.querySelector('p').textContent = answer.text || '';
    show('refused');
    if (shared) shared.leaveSoon();
  };

  const wait = (seconds) => {
    // A terminal is there for more than ratings: nobody waits at it for what its address counts for no more.
    if (shared && shared.place === 'terminal' && Date.now() - opened > Number(words.expires) * 1000) return shared.leave();
    attempts += 1;
    const longest = Math.min(30, 2 ** Math.min(attempts, 5));
    const delay = Math.max(Number(seconds) || 0, longest / 2 + Math.random() * longest / 2);
    clearTimeout(timer);
    timer = setTimeout(send, delay * 1000);
    if (byId('pending').hidden) show('pending');
  };

  const busy = (flag) => {
    isBusy = flag;
    const retry = byId('retry');
    retry.textContent = flag ? retry.dataset.busy : retry.dataset.idle;
    const button = byId('submit');
    if (!button) return;
    if (!button.dataset.idle) button.dataset.idle = button.textContent;
    button.firstElementChild.textContent = flag ? words.sending : button.dataset.idle;
    button.setAttribute('aria-disabled', String(flag));
  };

  // Sends what is under way once more. Whatever the answer is lost to, the number makes it count once.
  const send = async () => {
    if (isBusy || !kept.sending) return;
    clearTimeout(timer);
    busy(true);
    const ending = new AbortController();
    const limit = setTimeout(() => ending.abort(), 20000);
    let response, answer;
    try {
      response = await fetch(words.send, {
        method: 'POST', headers: { 'Content-Type': 'application/json', ...(shared ? shared.headers : {}) },
        body: kept.sending, cache: 'no-store', credentials: 'omit', signal: ending.signal,
      });
      answer = await response.json().catch(() => ({}));
    } catch (_) { response = null; }
    clearTimeout(limit);
    busy(false);
    if (!response || response.status >= 500 || [408, 425, 429].includes(response.status)) {
      return wait(response && response.headers.get('Retry-After'));
    }
    if (response.ok && answer.receipt) return thank(answer.receipt);
    if (response.ok) return wait();
    // What changed meanwhile is shown anew, with what was entered as far as it is still asked.
    if (form && answer.error === 'outdated') {
      kept.sending = null;
      kept.notice = answer.text;
      keep();
      return location.reload();
    }
    if (answer.title) return refuse(answer);
    if (!form) return location.reload();
    kept.sending = null;
    keep();
    byId('pending').hidden = true;
    form.hidden = false;
    complain(answer.text || words.other, parts.place(answer));
  };

  // The form

  const complain = (text, field) => {
    const problem = byId('problem');
    problem.textContent = text;
    problem.hidden = !text;
    for (const one of form.querySelectorAll('[aria-invalid]')) one.removeAttribute('aria-invalid');
    if (!field) return;
    field.setAttribute('aria-invalid', 'true');
    field.focus();
  };
  const level = () => form.elements.level.value;
  const chosen = () => [...form.querySelectorAll('.reasons:not([hidden]) input:checked')].map((box) => box.value);
  const plain = (id) => (byId(id) ? byId(id).value.replace(/\r\n/g, '\n').trim() : '');
  const count = () => [...plain('text')].length;

  const fields = () => ({
    submission: form.elements.submission.value, level: level(), indicators: chosen(), text: plain('text') || null,
    name: plain('name') || null, mobile: plain('mobile') || null, language: form.elements.language.value,
    place: shared ? shared.place : 'phone', kiosk: shared ? shared.name : null,
  });

  const showLevel = () => {
    for (const group of form.querySelectorAll('.reasons')) {
      group.hidden = group.dataset.level !== level();
      if (group.hidden) for (const box of group.querySelectorAll('input')) box.checked = false;
    }
    byId('details').hidden = !level();
    form.querySelector('.bar').hidden = !level();
  };

  const showCount = () => {
    const limit = Number(words.limit);
    byId('count').textContent = count() + ' / ' + limit;
    byId('count').classList.toggle('over', count() > limit);
  };

  const remember = () => {
    kept.fields = parts.state();
    if (!shared) keep();
  };

  const restore = (past) => {
    form.elements.submission.value = past.submission;
    for (const choice of form.elements.level) choice.checked = choice.value === past.level;
    showLevel();
    for (const box of form.querySelectorAll('.reasons:not([hidden]) input')) {
      box.checked = past.indicators.includes(box.value);
      if (box.checked && box.closest('details')) box.closest('details').open = true;
    }
    for (const id of ['text', 'name', 'mobile']) if (byId(id)) byId(id).value = past[id] || '';
  };

  // What is wrong with the rating, and at which field; nothing where it can be sent.
  const problem = () => {
    const rating = fields();
    const isBad = ['dissatisfied', 'very_dissatisfied'].includes(rating.level);
    if (!rating.level) return [words.level];
    if (count() > Number(words.limit)) return [words.tooLong, byId('text')];
    if ('needsReason' in words && isBad && !rating.indicators.length && !rating.text) return [words.reason, byId('text')];
    if (byId('name') && byId('name').required && !rating.name) return [words.name, byId('name')];
    const mobile = rating.mobile || '';
    const digits = mobile.replace(/[^0-9]/g, '').length;
    if (byId('mobile') && (byId('mobile').required || mobile)
      && (/[^0-9 +()-]/.test(mobile) || digits < 5 || digits > 20)) return [words.mobile, byId('mobile')];
    return null;
  };

  // What a form brings along: `read` is what is sent, `state` what is kept of it and `restore` fills in again, `problem`
  // what is wrong, `place` the field that an answer names, `changed` shows what depends on what was entered.
  let parts = {
    read: fields, state: fields, restore, problem, maySubmit: () => Boolean(level()), place: () => undefined,
    changed: () => { showLevel(); showCount(); },
  };

  const trySubmit = () => {
    if (isBusy || kept.sending) return;
    const wrong = parts.problem();
    if (wrong) return complain(...wrong);
    complain('');
    kept.sending = JSON.stringify(parts.read());
    keep();
    send();
  };

  const startForm = () => {
    form.addEventListener('submit', (event) => { event.preventDefault(); trySubmit(); });
    form.addEventListener('input', () => { parts.changed(); remember(); });
    form.addEventListener('change', (event) => {
      if (event.target.type === 'radio') complain('');
      parts.changed();
      remember();
    });
    // A tap leads on to what follows; the arrow keys of a keyboard stay among the levels.
    const levels = form.querySelector('.levels');
    if (levels) levels.addEventListener('click', (event) => {
      if (event.target.name !== 'level' || event.detail === 0 && !event.isTrusted) return;
      if (event.clientX || event.clientY) {
        byId('details').scrollIntoView({ behavior: calm ? 'auto' : 'smooth', block: 'start' });
      }
    });
    if (kept.fields) parts.restore(kept.fields);
    parts.changed();
    if (kept.notice) complain(kept.notice);
    delete kept.notice;
    remember();
  };

  // A scan is a new visit, a reload is the same one: it finds its thanks again.
  const navigation = performance.getEntriesByType('navigation')[0];
  const isNew = ['rate', 'questions'].includes(words.page) && navigation && navigation.type === 'navigate';

  if (byId('retry')) {
    byId('retry').addEventListener('click', send);
    addEventListener('online', send);
    addEventListener('visibilitychange', () => { if (!document.hidden) send(); });
  }
  // The list of questionnaires holds nothing of anybody: it goes away by itself.
  if (words.page === 'questionnaires' && shared) shared.watch();
  const begin = (own) => {
    parts = own || parts;
    if (kept.receipt && isNew) forget();
    if (form) startForm();
    if (kept.receipt) thank(kept.receipt);
    else if (kept.sending) { show('pending'); send(); }
    else if (shared && words.page === 'refused') shared.leaveSoon();
    // What is under way is somebody's: it is sent and thanked for, whoever walked away.
    if (form && shared) {
      shared.watch({ isActive: () => !kept.sending && !form.hidden, maySubmit: parts.maySubmit, submit: trySubmit });
    }
  };
  if (['rate', 'refused'].includes(words.page)) begin();
  // The script of a questionnaire, which comes after this one, begins itself.
  window.hallgatePage = { form, words, begin, place: () => (shared ? shared.place : 'phone'), kioskName: () => (shared ? shared.name : null) };
})();
