// SPDX-FileCopyrightText: 2026 The Hallgate authors
// SPDX-License-Identifier: Apache-2.0
// A kiosk screen: draws the scenes that the gateway sends, and finds back by itself when server or network were gone.
(() => {
  'use strict';
  const body = document.body;
  const key = new URLSearchParams(location.hash.slice(1)).get('key');
  const part = (name) => document.querySelector('[data-part="' + name + '"]');
  const field = (name) => document.querySelector('[data-field="' + name + '"]');
  const silence = Number(body.dataset.silence);

  const put = (name, text) => {
    field(name).textContent = text || '';
    if (part(name)) part(name).hidden = !text;
  };

  // The scene

  let endsAt = 0;
  let whole = 0;
  // Which code is meant now: one that takes a moment to decode must not come back after it was hidden.
  let drawn = 0;

  const tick = () => {
    if (!endsAt) return;
    const left = Math.max(0, endsAt - performance.now()) / 1000;
    const seconds = Math.ceil(left);
    field('remaining').textContent = Math.floor(seconds / 60) + ':' + String(seconds % 60).padStart(2, '0');
    field('track').style.transform = 'scaleX(' + (whole ? left / whole : 0) + ')';
    // A code that ran out is taken away even where no one says so any more.
    if (left <= 0) hideCode();
  };

  const hideCode = () => {
    drawn += 1;
    endsAt = 0;
    field('code').replaceChildren();
    part('code').hidden = true;
    body.classList.remove('has-code');
  };

  const draw = (scene) => {
    body.dataset.kind = scene.kind;
    put('window', scene.window);
    const isServing = scene.kind === 'prompt' || scene.kind === 'idle';
    put('staff', isServing ? scene.staff : '');
    put('ticket', isServing ? scene.ticket : '');
    part('staff').hidden = !(isServing && (scene.staff || scene.ticket));
    hideCode();
    const mine = drawn;
    const heard = performance.now();
    if (scene.code) {
      const svg = new DOMParser().parseFromString(scene.code, 'image/svg+xml').documentElement;
      if (svg.nodeName === 'svg') showCode(document.importNode(svg, true), scene, heard);
    } else if (scene.image) {
      picture(scene.image).then((canvas) => { if (mine === drawn) showCode(canvas, scene, heard); }, () => {});
    }
  };

  // The region's picture is drawn as it is, point by point, and never gets an address: nothing asks for it, nothing keeps it.
  const picture = async (text) => {
    const bytes = Uint8Array.from(atob(text), (letter) => letter.charCodeAt(0));
    const bitmap = await createImageBitmap(new Blob([bytes]));
    const canvas = document.createElement('canvas');
    canvas.width = bitmap.width;
    canvas.height = bitmap.height;
    canvas.getContext('2d').drawImage(bitmap, 0, 0);
    // What is made larger keeps its edges; what is made smaller would lose whole rows so.
    if (Math.max(bitmap.width, bitmap.height) <= 300) canvas.className = 'small';
    bitmap.close();
    return canvas;
  };

  const showCode = (node, scene, heard) => {
    field('code').replaceChildren(node);
    part('code').hidden = false;
    body.classList.add('has-code');
    const isTimed = scene.remaining !== undefined && scene.remaining !== null;
    part('remaining').hidden = part('track').hidden = !isTimed;
    if (!isTimed) return;
    // A screen that comes later shows how much of the time is gone.
    whole = Math.max(scene.whole || 0, scene.remaining);
    endsAt = heard + scene.remaining * 1000;
    tick();
  };

  // The stream

  let stop = null;
  let heardAt = 0;
  let attempts = 0;
  let lostAt = performance.now();
  const pause = (ms) => new Promise((resolve) => { setTimeout(resolve, ms); });

  const take = (event, text) => {
    const value = JSON.parse(text);
    // A server that answers is the moment to load what changed; while it is away there is nothing to load.
    if (event === 'hello' && value.version !== body.dataset.version) location.reload();
    if (event === 'scene') draw(value);
  };

  const read = async (stream) => {
    const decoder = new TextDecoder();
    let rest = '';
    for (;;) {
      const { value, done } = await stream.read();
      if (done) return;
      heardAt = Date.now();
      rest += decoder.decode(value, { stream: true });
      const blocks = rest.split('\n\n');
      rest = blocks.pop();
      for (const block of blocks) {
        const lines = block.split('\n');
        const of = (name) => lines.filter((line) => line.startsWith(name + ': ')).map((line) => line.slice(name.length + 2));
        if (of('data').length) take(of('event')[0], of('data').join('\n'));
      }
    }
  };

  const run = async () => {
    for (;;) {
      stop = new AbortController();
      heardAt = Date.now();
      try {
        const response = await fetch('/screen/' + encodeURIComponent(body.dataset.screen) + '/events', {
          headers: { Authorization: 'Bearer ' + key }, cache: 'no-store', credentials: 'omit', signal: stop.signal,
        });
        if (response.status === 403) {
          hideCode();
          put('window', '');
          part('staff').hidden = true;
          body.dataset.kind = 'unknown';
          lostAt = 0;
          attempts = 5;
        }
        if (response.ok) {
          attempts = 0;
          lostAt = 0;
          part('reconnecting').hidden = true;
          await read(response.body.getReader());
        }
      } catch (_) { /* gone: the loop comes back to it */ }
      lostAt = lostAt || performance.now();
      attempts = Math.min(attempts + 1, 5);
      await pause(500 * 2 ** attempts * (0.5 + Math.random() / 2));
    }
  };

  let tickedAt = Date.now();
  setInterval(() => {
    tick();
    const now = Date.now();
    // After a sleep the connection may look whole and be none.
    if (stop && (now - heardAt > silence || now - tickedAt > 20000)) stop.abort();
    tickedAt = now;
    part('reconnecting').hidden = !lostAt || performance.now() - lostAt < 3000 || body.dataset.kind === 'unknown';
  }, 500);
  addEventListener('online', () => { if (stop && lostAt) stop.abort(); });

  if (key) run(); else body.dataset.kind = 'noKey';
})();
