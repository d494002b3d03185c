// SPDX-FileCopyrightText: 2026 The Hallgate authors
// SPDX-License-Identifier: Apache-2.0
// Run in a page by the tests: returns what is wrong with how it looks, a list of sentences.
// A phone's browser widens its window to what does not fit, so the size of the screen is told: (fixed, width, height).
const [isFixed, width, height] = arguments;
const wrong = [];
const root = document.documentElement;
if (root.scrollWidth > width) wrong.push('the page is ' + root.scrollWidth + ' px wide in ' + width);

const isShown = (element) => {
  const box = element.getBoundingClientRect();
  if (!box.width || !box.height) return false;
  for (let one = element; one; one = one.parentElement) {
    const style = getComputedStyle(one);
    if (style.display === 'none' || style.visibility === 'hidden' || style.clipPath === 'inset(50%)') return false;
  }
  return true;
};

// Text nodes with their elements.
const texts = [];
const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
for (let node = walker.nextNode(); node; node = walker.nextNode()) {
  if (node.data.trim() && isShown(node.parentElement) && !node.parentElement.closest('svg, script')) texts.push(node);
}
if (!texts.length) wrong.push('nothing is written on the page');

// Edges: no text may stand outside of the window, or be cut off by what it stands in.
for (const node of texts) {
  const range = document.createRange();
  range.selectNodeContents(node);
  const box = range.getBoundingClientRect();
  if (box.left < -1 || box.right > width + 1) wrong.push('text beyond the edge: ' + node.data.trim().slice(0, 20));
  if (isFixed && (box.top < -1 || box.bottom > height + 1)) wrong.push('text below the edge: ' + node.data.trim().slice(0, 20));
}

// On a screen that does not scroll, nothing runs into what is above or below it.
if (isFixed) {
  const frame = document.querySelector('main').getBoundingClientRect();
  for (const part of document.querySelectorAll('main > *')) {
    const box = part.getBoundingClientRect();
    if (box.height && (box.top < frame.top - 1 || box.bottom > frame.bottom + 1)) wrong.push('it does not fit: ' + part.className);
  }
}

// Contrast of each text with what is behind it.
const parse = (text) => {
  const numbers = (text.match(/[\d.]+/g) || []).map(Number);
  if (text.startsWith('color(')) return [numbers[0] * 255, numbers[1] * 255, numbers[2] * 255, numbers[3] === undefined ? 1 : numbers[3]];
  return [numbers[0] || 0, numbers[1] || 0, numbers[2] || 0, numbers[3] === undefined ? 1 : numbers[3]];
};
const over = (top, bottom) => [0, 1, 2].map((i) => top[i] * top[3] + bottom[i] * (1 - top[3])).concat(1);
const light = (colour) => {
  const part = colour.slice(0, 3).map((c) => (c / 255 <= 0.03928 ? c / 255 / 12.92 : ((c / 255 + 0.055) / 1.055) ** 2.4));
  return 0.2126 * part[0] + 0.7152 * part[1] + 0.0722 * part[2];
};
const behind = (element) => {
  const layers = [];
  for (let one = element; one; one = one.parentElement) {
    const colour = parse(getComputedStyle(one).backgroundColor);
    if (colour[3] > 0) layers.push(colour);
    if (colour[3] === 1) break;
  }
  return layers.reverse().reduce((under, layer) => over(layer, under), [255, 255, 255, 1]);
};
for (const node of texts) {
  const element = node.parentElement;
  const ground = behind(element);
  const ink = parse(getComputedStyle(element).color);
  for (let one = element; one; one = one.parentElement) ink[3] *= Number(getComputedStyle(one).opacity);
  const a = light(over(ink, ground)), b = light(ground);
  const contrast = (Math.max(a, b) + 0.05) / (Math.min(a, b) + 0.05);
  if (contrast < 4.5) wrong.push('contrast ' + contrast.toFixed(2) + ': ' + node.data.trim().slice(0, 20));
  const size = parseFloat(getComputedStyle(element).fontSize);
  if (size < 18) wrong.push(size + ' px small: ' + node.data.trim().slice(0, 20));
}

// Glyphs: no letter may look like the box of a letter that no font has, nor like nothing.
const canvas = document.createElement('canvas');
canvas.width = canvas.height = 64;
const context = canvas.getContext('2d', { willReadFrequently: true });
const picture = (letter, family) => {
  context.clearRect(0, 0, 64, 64);
  context.font = '40px ' + family;
  context.fillText(letter, 8, 48);
  return context.getImageData(0, 0, 64, 64).data.join();
};
const seen = new Set();
const empty = new Array(64 * 64 * 4).fill(0).join();
for (const node of texts) {
  const family = getComputedStyle(node.parentElement).fontFamily;
  const box = picture('\u{10FFFD}', family);
  for (const letter of node.data) {
    if (/[\s\p{C}\p{M}\p{Z}]/u.test(letter) || seen.has(family + letter)) continue;
    seen.add(family + letter);
    const drawn = picture(letter, family);
    if (drawn === box || drawn === empty) wrong.push('no font has U+' + letter.codePointAt(0).toString(16));
  }
}

// Fingers: whatever is pressed is large enough.
for (const element of document.querySelectorAll('a, button, summary, .level, .chip, input[type=text], input[type=tel], textarea')) {
  if (!isShown(element)) continue;
  const box = element.getBoundingClientRect();
  if (box.height < 36 || box.width < 36) wrong.push('too small to press: ' + element.textContent.trim().slice(0, 20) + ' ' + box.width + '×' + box.height);
}
return wrong;
