// SPDX-FileCopyrightText: 2026 The Hallgate authors
// SPDX-License-Identifier: Apache-2.0
// Reads the question and the thanks aloud at a self-service kiosk, where its browser has a voice for 普通话. Nothing else is
// ever said: what is chosen is nobody's but the citizen's.
(() => {
  'use strict';
  const kiosk = window.hallgateShared;
  const speech = window.speechSynthesis;
  const bar = document.getElementById('voice');
  const done = document.getElementById('done');
  if (!kiosk || !kiosk.isKnown || !speech || !bar) return;

  let voice = null;
  let last = '';
  let isSilent = false;

  const say = (text) => {
    last = text;
    if (!voice || isSilent || !text) return;
    speech.cancel();
    const words = new SpeechSynthesisUtterance(text);
    words.voice = voice;
    words.lang = 'zh-CN';
    speech.speak(words);
  };

  // Voices come late; one that is not the language's would read the characters as noise.
  const look = () => {
    if (voice) return;
    voice = speech.getVoices().find((one) => /^(zh|cmn)([-_]hans)?[-_]cn$/i.test(one.lang)) || null;
    if (!voice) return;
    bar.hidden = false;
    say(last);
  };

  bar.addEventListener('click', (event) => {
    const button = event.target.closest('button');
    if (!button) return;
    if (button.value === 'silent') {
      isSilent = !isSilent;
      button.setAttribute('aria-pressed', String(isSilent));
      if (isSilent) speech.cancel();
    } else say(last);
  });
  addEventListener('pagehide', () => speech.cancel());
  new MutationObserver(() => { if (!done.hidden) say(done.querySelector('h2').textContent); })
    .observe(done, { attributes: true, attributeFilter: ['hidden'] });

  last = document.querySelector('.levels h2').textContent;
  speech.addEventListener('voiceschanged', look);
  look();
})();
