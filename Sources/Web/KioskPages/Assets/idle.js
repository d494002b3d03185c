// SPDX-FileCopyrightText: 2026 The Hallgate authors
// SPDX-License-Identifier: Apache-2.0
// What every page has in common on a screen that many people use, at a self-service kiosk or at another maker's terminal:
// which it is, the way back, and the question whether anybody is still there. A page that was opened by a phone finds
// `hallgateShared.isKnown` false.
(() => {
  'use strict';
  // Name and key stand behind #, which no server sees and no log holds.
  const own = new URLSearchParams(location.hash.slice(1));
  const entrance = location.pathname.match(/^\/kiosk\/([^/]+)$/);
  const name = entrance ? decodeURIComponent(entrance[1]) : own.get('kiosk');
  const key = own.get('key');
  const words = document.querySelector('main').dataset;
  const isTerminal = 'terminal' in words;
  const isKnown = isTerminal || Boolean(name && key);
  const home = name && key ? '/kiosk/' + encodeURIComponent(name) : '/kiosk';

  // Whoever comes next finds nothing: neither in the tab's memory nor by the back button, since every page takes the
  // place of the one before it.
  const forget = () => {
    try {
      for (const one of Object.keys(sessionStorage)) if (one.startsWith('hallgate:')) sessionStorage.removeItem(one);
    } catch (_) { /* none was kept */ }
  };
  const go = (address) => location.replace(address + (key ? '#' + new URLSearchParams({ kiosk: name, key }) : ''));
  const leave = () => {
    forget();
    // Who may lead back where is the core's to say: without its word the page asks once more.
    if (isTerminal) return words.back ? location.replace(words.back) : location.reload();
    // Where only what is behind # would change, nothing would be loaded.
    if (location.pathname === home && !location.search) location.reload();
    else location.replace(home + (key ? '#' + new URLSearchParams({ key }) : ''));
  };
  const leaveSoon = () => {
    if (!isTerminal) return setTimeout(leave, 12000);
    if (words.back) return setTimeout(leave, Number(words.leavesAfter) * 1000);
    if (['away', 'tooFast'].includes(words.refusal)) setTimeout(leave, 5000);
  };

  // Asks whoever has not touched the page for a while whether to go on, and forgets everything where nobody answers.
  // `isActive` is whether there is anything to forget; with `submit`, which is only called by a press of the button, the
  // question offers to submit while `maySubmit` is true.
  const watch = ({ isActive = () => true, maySubmit = () => false, submit = () => {} } = {}) => {
    const dialog = document.getElementById('idle');
    const text = dialog.querySelector('p');
    const after = Number(dialog.dataset.after);
    const whole = after + Number(dialog.dataset.countdown);
    let last = Date.now();
    const touched = () => { if (!dialog.open) last = Date.now(); };
    for (const sign of ['pointerdown', 'keydown', 'input', 'scroll']) addEventListener(sign, touched, { passive: true });
    dialog.addEventListener('click', (event) => {
      const choice = event.target.value;
      if (!choice) return;
      dialog.close();
      last = Date.now();
      if (choice === 'drop') leave();
      if (choice === 'submit') submit();
    });
    dialog.addEventListener('close', () => { last = Date.now(); });
    setInterval(() => {
      if (!isActive()) {
        last = Date.now();
        if (dialog.open) dialog.close();
        return;
      }
      const idle = (Date.now() - last) / 1000;
      text.textContent = text.dataset.text.replace('{seconds}', Math.max(0, Math.ceil(whole - idle)));
      if (idle >= whole) return leave();
      if (idle < after || dialog.open) return;
      dialog.querySelector('[value=submit]').hidden = !maySubmit();
      dialog.showModal();
    }, 500);
  };

  // The other languages of a page take its place as well, and so do its next attempt and the page that it leads on to.
  const change = (event) => {
    const link = event.target.closest('.languages a, a.onward, a.leave, a[href=""]');
    if (!link) return;
    event.preventDefault();
    if (link.matches('.leave')) return leave();
    // An empty address is the page itself without what stands behind #.
    if (!link.getAttribute('href')) location.reload();
    else if (link.matches('.onward')) go(link.getAttribute('href'));
    else location.replace(link.getAttribute('href') + location.hash);
  };

  if (isKnown) {
    document.addEventListener('click', change);
    // A page that the browser kept whole and shows again is another citizen's.
    addEventListener('pageshow', (event) => { if (event.persisted) leave(); });
  }
  window.hallgateShared = {
    isKnown, name, place: isTerminal ? 'terminal' : 'kiosk', headers: key ? { Authorization: 'Bearer ' + key } : {},
    go, leave, leaveSoon, watch,
  };
})();
