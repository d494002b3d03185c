// SPDX-FileCopyrightText: 2026 The Hallgate authors
// SPDX-License-Identifier: Apache-2.0
// A questionnaire. Without this file it is a plain form that shows every question and says where an answer leads; with it
// questions that are left out are not shown. pages.js keeps what was answered and sends it.
(() => {
  'use strict';
  const page = window.hallgatePage;
  const { form, words } = page;
  const questions = [...form.querySelectorAll('.question')];
  const box = (question) => question.querySelector('textarea');
  const inputs = (question) => [...question.querySelectorAll('input')];
  const plain = (text) => text.replace(/\r\n/g, '\n').trim();
  const length = (question) => [...plain(box(question).value)].length;

  const answer = (question) => {
    if (question.dataset.kind === 'text') {
      const text = plain(box(question).value);
      return text ? { text } : null;
    }
    const chosen = inputs(question).filter((one) => one.checked && one.value).map((one) => one.value);
    if (!chosen.length) return null;
    return question.dataset.kind === 'scale' ? { scale: Number(chosen[0]) } : { choices: chosen };
  };

  // The questions that are asked after these answers: of the rules that fit, the first leads on.
  const asked = () => {
    const path = [];
    for (let place = 0; place < questions.length;) {
      const question = questions[place];
      path.push(question);
      const rules = inputs(question).filter((one) => one.checked && one.dataset.rule)
        .sort((one, other) => one.dataset.rule - other.dataset.rule);
      place = Math.max(place + 1, rules.length ? Number(rules[0].dataset.to) : 0);
    }
    return path;
  };

  const clear = () => { for (const question of questions) delete question.dataset.wrong; };
  const changed = () => {
    clear();
    const path = asked();
    for (const question of questions) {
      question.hidden = !path.includes(question);
      if (question.dataset.kind !== 'text') continue;
      const limit = Number(question.dataset.longest);
      const count = question.querySelector('.count');
      count.textContent = length(question) + ' / ' + limit;
      count.classList.toggle('over', length(question) > limit);
    }
  };

  // Shows where something is wrong; what is written there is told to a screen reader as invalid.
  const mark = (question) => {
    clear();
    if (!question) return undefined;
    question.dataset.wrong = '';
    if (box(question)) return box(question);
    inputs(question)[0].focus();
    return undefined;
  };

  const problem = () => {
    const path = asked();
    for (const question of path) {
      const given = answer(question);
      const { dataset } = question;
      if (!given && 'required' in dataset) return [dataset.unanswered, mark(question)];
      if (given && given.choices && given.choices.length > Number(dataset.most)) return [dataset.tooMany, mark(question)];
      if (box(question) && length(question) > Number(dataset.longest)) return [dataset.tooLong, mark(question)];
    }
    return path.some(answer) ? null : [words.nothing, mark(path[0])];
  };

  const read = () => ({
    submission: form.elements.submission.value, version: Number(form.elements.version.value),
    answers: asked().map((question) => ({ question: question.dataset.question, ...answer(question) }))
      .filter((one) => Object.keys(one).length > 1),
    language: form.elements.language.value, place: page.place(), kiosk: page.kioskName(),
  });

  const state = () => ({
    submission: form.elements.submission.value,
    answers: Object.fromEntries(questions.map((question) => [question.dataset.question, answer(question)])),
  });

  const restore = (past) => {
    form.elements.submission.value = past.submission;
    for (const question of questions) {
      const given = past.answers[question.dataset.question];
      if (!given) continue;
      if (box(question)) box(question).value = given.text || '';
      const chosen = given.choices || (given.scale === undefined ? [] : [String(given.scale)]);
      // An option that a newer version has no more leaves the question as it was.
      if (!inputs(question).some((one) => chosen.includes(one.value))) continue;
      for (const one of inputs(question)) one.checked = chosen.includes(one.value);
    }
  };

  page.begin({
    read, state, restore, problem, changed, maySubmit: () => asked().some(answer),
    place: (answered) => mark(questions.find((one) => one.dataset.question === answered.question)),
  });
})();
