// SPDX-FileCopyrightText: 2026 The Hallgate authors
// SPDX-License-Identifier: Apache-2.0
// The clerk's page: asks every two seconds how the window stands, and does what the clerk presses.
(() => {
  'use strict';
  const body = document.body;
  const key = new URLSearchParams(location.hash.slice(1)).get('key');
  const part = (name) => document.querySelector('[data-part="' + name + '"]');
  const field = (name) => document.querySelector('[data-field="' + name + '"]');
  const button = (step) => document.querySelector('[data-step="' + step + '"]');
  const list = field('pads');
  const EVERY = 2000;

  // What is shown

  let endsAt = 0;

  const tick = () => {
    const left = endsAt ? Math.max(0, Math.ceil((endsAt - performance.now()) / 1000)) : 0;
    field('remaining').textContent = left || '';
    part('remaining').hidden = !left;
  };

  const set = (element, name, value) => { if (element.getAttribute(name) !== value) element.setAttribute(name, value); };

  const word = (pad) => {
    const name = document.createElement('span');
    name.textContent = pad.name;
    const state = document.createElement('b');
    const english = document.createElement('span');
    english.lang = 'en';
    state.textContent = (pad.isConnected ? list.dataset.connected : list.dataset.away) + ' ';
    english.textContent = pad.isConnected ? list.dataset.connectedEnglish : list.dataset.awayEnglish;
    state.append(english);
    const item = document.createElement('li');
    item.className = pad.isConnected ? '' : 'away';
    item.append(name, state);
    return item;
  };

  let padsShown = '';

  const draw = (state) => {
    const isWaiting = state.question === 'waiting';
    body.dataset.kind = 'desk';
    set(body, 'data-now', state.isPaused ? 'paused' : state.question);
    if (field('window').textContent !== state.window) field('window').textContent = state.window;
    field('staff').textContent = state.staff || '';
    part('nobody').hidden = Boolean(state.staff);
    endsAt = isWaiting && state.remaining ? performance.now() + state.remaining * 1000 : 0;
    tick();
    set(button('ask'), 'aria-disabled', String(isWaiting && Boolean(state.remaining)));
    set(button('cancel'), 'aria-disabled', String(!isWaiting));
    const hadFocus = document.activeElement === button('pause') || document.activeElement === button('resume');
    button('pause').hidden = state.isPaused;
    button('resume').hidden = !state.isPaused;
    if (hadFocus) button(state.isPaused ? 'resume' : 'pause').focus();
    const pads = JSON.stringify(state.pads);
    if (pads !== padsShown) list.replaceChildren(...state.pads.map(word));
    padsShown = pads;
    part('noPads').hidden = state.pads.length > 0;
  };

  // What is asked

  let failures = 0;
  let waitUntil = 0;
  let order = 0;
  let isBusy = false;

  const ask = async (name, options) => {
    order += 1;
    const own = order;
    try {
      const response = await fetch('/clerk/' + encodeURIComponent(body.dataset.window) + '/' + name, {
        ...options, headers: { Authorization: 'Bearer ' + key, ...(options && options.headers) }, cache: 'no-store',
        credentials: 'omit', signal: AbortSignal.timeout(25000),
      });
      const answer = await response.json();
      failures = response.status < 500 ? 0 : failures + 1;
      part('reconnecting').hidden = failures < 2;
      // A server that answers is the moment to load what changed.
      if (answer.version && answer.version !== body.dataset.version) location.reload();
      // A step that was taken since knows better.
      if (response.ok && own === order) draw(answer);
      if (response.status === 403 || response.status === 429) {
        endsAt = 0;
        body.dataset.kind = 'unknown';
        waitUntil = Date.now() + 1000 * (Number(response.headers.get('Retry-After')) || 30);
      }
      return response;
    } catch (_) {
      failures += 1;
      part('reconnecting').hidden = failures < 2;
      return null;
    }
  };

  const step = async (name, options) => {
    if (isBusy) return null;
    isBusy = true;
    part('failed').hidden = true;
    part('unknownStaff').hidden = true;
    const response = await ask(name, { method: 'POST', ...options });
    isBusy = false;
    part('failed').hidden = Boolean(response && (response.ok || response.status === 422 || response.status === 403));
    return response;
  };

  for (const name of ['ask', 'cancel', 'pause', 'resume']) {
    button(name).addEventListener('click', () => {
      if (button(name).getAttribute('aria-disabled') !== 'true') step(name);
    });
  }
  document.querySelector('[data-form="staff"]').addEventListener('submit', async (event) => {
    event.preventDefault();
    const input = document.getElementById('staff');
    const response = await step('staff', {
      headers: { 'Content-Type': 'application/json' }, body: JSON.stringify({ staff: input.value.trim() }),
    });
    if (response && response.status === 422) {
      part('unknownStaff').hidden = false;
      input.select();
      ask('state');
    }
    if (response && response.ok) input.value = '';
  });

  const look = async () => {
    for (;;) {
      if (!isBusy && Date.now() >= waitUntil) await ask('state');
      await new Promise((resolve) => { setTimeout(resolve, EVERY); });
    }
  };
  setInterval(tick, 500);

  if (key) look(); else body.dataset.kind = 'noKey';
})();
