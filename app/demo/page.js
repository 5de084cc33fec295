/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The demo's page: pictures, a live socket, an upload, a piece of a big file, and what the server
 * was told about the request. Everything goes through the proxy that served the page. */

const $ = (id) => document.getElementById(id);
const API = '/api';

function element(name, properties = {}, ...children) {
  const made = Object.assign(document.createElement(name), properties);
  made.append(...children);
  return made;
}

function formatBytes(bytes) {
  const units = ['B', 'kB', 'MB', 'GB', 'TB'];
  const power = bytes < 1000 ? 0 : Math.min(Math.floor(Math.log10(bytes) / 3), units.length - 1);
  const number = bytes / 1000 ** power;
  const maximumFractionDigits = number < 10 && power > 0 ? 1 : 0;
  return `${number.toLocaleString('en', { maximumFractionDigits })} ${units[power]}`;
}

function formatSeconds(ms) {
  return ms < 1000 ? `${Math.round(ms)} ms` : `${(ms / 1000).toFixed(1)} s`;
}

/* JSON or an error: a proxy that sends /api to the wrong place answers with a web page, and 200. */
async function fetchJson(path) {
  const response = await fetch(API + path, { cache: 'no-store' });
  const type = response.headers.get('Content-Type') ?? '';
  if (!response.ok || !type.includes('json'))
    throw new Error(`${API}${path} gave ${response.status} and ${type || 'no type'}`);
  return response.json();
}

/* Pictures */

let pictures = [];
let shown = 0;

const pathOf = (picture, what) => `${API}/assets/${picture.id}/${what}`;
const thumbnailOf = (picture) => pathOf(picture, 'thumbnail?size=thumbnail');

function tileFor(picture, index) {
  const image = element('img', {
    alt: '', loading: 'lazy', decoding: 'async', width: 320, height: 240,
    onload: () => image.classList.add('here'),
    onerror: () => { image.alt = 'This picture did not come.'; image.classList.add('missing'); },
  });
  image.src = thumbnailOf(picture);
  const tile = element('button', { type: 'button', className: 'tile', onclick: () => show(index) },
    image, element('span', {}, picture.title));
  return element('li', {}, tile);
}

async function loadPictures() {
  try {
    pictures = await fetchJson('/demo/pictures');
  } catch (error) {
    document.querySelector('aside').hidden = true;
    $('grid').replaceWith(element('p', {},
      'The pictures cannot be reached: this page needs a proxy that sends /api to the server. '
      + 'Open it through Porchlight. ', element('span', { className: 'quiet' }, error.message)));
    return;
  }
  $('pictures-note').textContent = `${pictures.length}, painted when first asked for`;
  $('grid').append(...pictures.map(tileFor));
  $('whole').href = pathOf(pictures[0], 'video/playback');
}

/* Share links, which the old Immich that the demo can be has not. */
async function loadLinks() {
  const links = await fetchJson('/demo/links').catch(() => []);
  $('links').append(...links.map(({ key, title, password }) => element('li', {},
    element('a', { href: `/share/${key}` }, title),
    password ? element('span', { className: 'quiet' }, ` (password: ${password})`) : '')));
  $('links-card').hidden = links.length === 0;
}

/* The browser measured the transfer itself; from its cache nothing is transferred. */
function describeOriginal(image) {
  const [timing] = performance.getEntriesByName(image.src).slice(-1);
  const size = `${image.naturalWidth} × ${image.naturalHeight}`;
  $('viewer-detail').textContent = timing?.encodedBodySize
    ? `${size}, ${formatBytes(timing.encodedBodySize)} in ${formatSeconds(timing.duration)}` : size;
}

function show(index) {
  shown = (index + pictures.length) % pictures.length;
  const picture = pictures[shown];
  const image = $('viewer-image');
  $('viewer-title').textContent = picture.title;
  $('viewer-detail').textContent = '';
  image.alt = picture.title;
  image.src = '';
  /* The thumbnail stands there until the original has come. */
  image.parentElement.style.backgroundImage = `url("${thumbnailOf(picture)}")`;
  image.onload = () => describeOriginal(image);
  image.src = pathOf(picture, 'original');
  if (!$('viewer').open)
    $('viewer').showModal();
}

function setUpViewer() {
  $('previous').onclick = () => show(shown - 1);
  $('next').onclick = () => show(shown + 1);
  $('close').onclick = () => $('viewer').close();
  $('viewer').onclick = (event) => { if (event.target === $('viewer')) $('viewer').close(); };
  $('viewer').onclose = () => $('grid').children[shown]?.firstChild.focus();
  $('viewer').onkeydown = (event) => {
    if (event.key === 'ArrowLeft') show(shown - 1);
    if (event.key === 'ArrowRight') show(shown + 1);
  };
}

/* The live socket */

let retryMs = 1000;

function sayLive(state, word, detail = '') {
  $('live').dataset.state = state;
  if ($('live-word').textContent !== word) /* or it would be read aloud again every second */
    $('live-word').textContent = word;
  $('live-detail').textContent = detail;
}

/* Each tick is answered with the time of this page, which comes back as it is. */
function listen() {
  const socket = new WebSocket(`${location.origin.replace(/^http/, 'ws')}${API}/live`);
  let clock = '';
  let roundTrip = '';
  const say = () => sayLive('live', 'Live', clock + roundTrip);
  socket.onopen = () => { retryMs = 1000; say(); };
  socket.onmessage = ({ data }) => {
    if (data.startsWith('{')) {
      clock = new Date(JSON.parse(data).time).toLocaleTimeString();
      socket.send(performance.now());
    } else {
      roundTrip = ` · ${Math.max(1, Math.round(performance.now() - data))} ms there and back`;
    }
    say();
  };
  socket.onclose = () => {
    sayLive('lost', 'Not live', `trying again in ${retryMs / 1000} s`);
    setTimeout(listen, retryMs);
    retryMs = Math.min(retryMs * 2, 16000);
  };
}

/* Sending a file */

function showOutcome(place, isGood, headline, rows = []) {
  place.replaceChildren(element('p', { className: isGood ? 'good' : 'bad' }, headline));
  if (rows.length)
    place.append(element('dl', { className: 'fields' },
      ...rows.flatMap(([name, value]) => [element('dt', {}, name), element('dd', {}, value)])));
}

function showSent(request, startedMs) {
  const answer = request.getResponseHeader('Content-Type')?.includes('json')
    ? JSON.parse(request.responseText) : {};
  if (request.status !== 200 && request.status !== 201) {
    showOutcome($('upload-outcome'), false,
      `Not taken: ${request.status} ${answer.message ?? request.statusText}`);
    return;
  }
  const tookMs = performance.now() - startedMs;
  showOutcome($('upload-outcome'), true,
    answer.status === 'duplicate' ? 'Arrived; the server knew it already.' : 'Arrived whole.', [
      ['Size', `${answer.size.toLocaleString('en')} bytes`],
      ['SHA-1', element('code', {}, answer.sha1)],
      ['Took', `${formatSeconds(tookMs)}, ${formatBytes(answer.size / (tookMs / 1000))}/s`],
    ]);
}

function showProgress({ loaded, total }, startedMs) {
  const seconds = (performance.now() - startedMs) / 1000;
  $('progress').value = total ? loaded / total : 0;
  $('sending-detail').textContent
    = `${formatBytes(loaded)} of ${formatBytes(total)}, ${formatBytes(loaded / seconds)}/s`;
}

function showSending(isSending) {
  $('sending').hidden = !isSending;
  $('choose').disabled = $('send-made').disabled = isSending;
}

/* XMLHttpRequest, because fetch() does not tell how far an upload is. */
function send(file) {
  const request = new XMLHttpRequest();
  const form = new FormData();
  const startedMs = performance.now();
  const fail = (words) => showOutcome($('upload-outcome'), false, words);

  form.append('deviceAssetId', `${file.name}-${file.size}`);
  form.append('deviceId', 'WEB');
  form.append('assetData', file, file.name);
  request.upload.onprogress = (event) => showProgress(event, startedMs);
  request.onload = () => showSent(request, startedMs);
  request.onerror = () => fail('The connection ended before the file had arrived.');
  request.onabort = () => fail('Cancelled.');
  request.onloadend = () => showSending(false);

  $('upload-card').open = true;
  $('upload-outcome').replaceChildren();
  $('sending-name').textContent = file.name;
  $('progress').value = 0;
  $('sending-detail').textContent = '';
  showSending(true);
  $('cancel').onclick = () => request.abort();
  request.open('POST', `${API}/assets`);
  request.send(form);
}

/* A different file each time, or the server would know it. */
function makeFile() {
  const block = crypto.getRandomValues(new Uint8Array(50_000));
  return new File(Array(2000).fill(block), 'made-here.bin');
}

function setUpUpload() {
  const card = $('upload-card');
  const isBusy = () => $('choose').disabled;
  $('choose').onclick = () => $('file').click();
  $('file').onchange = () => {
    const [file] = $('file').files;
    if (file) send(file);
    $('file').value = '';
  };
  $('send-made').onclick = () => send(makeFile());
  card.ondragover = (event) => { event.preventDefault(); card.classList.add('dropping'); };
  card.ondragleave = () => card.classList.remove('dropping');
  card.ondrop = (event) => {
    event.preventDefault();
    card.classList.remove('dropping');
    const [file] = event.dataTransfer.files;
    if (file && !isBusy()) send(file);
  };
}

/* A piece of the big file */

/* The octets are splitmix64 of their place, so that a wrong piece cannot look right. */
function octetAt(place) {
  const mask = (1n << 64n) - 1n;
  let word = ((BigInt(place) >> 3n) + 1n) * 0x9e3779b97f4a7c15n & mask;
  word = (word ^ word >> 30n) * 0xbf58476d1ce4e5b9n & mask;
  word = (word ^ word >> 27n) * 0x94d049bb133111ebn & mask;
  word ^= word >> 31n;
  return Number(word >> BigInt(place % 8 * 8) & 255n);
}

async function fetchPiece() {
  const first = Math.floor(Math.random() * 536_000_000);
  const last = first + 999;
  const startedMs = performance.now();
  const headers = { Range: `bytes=${first}-${last}` };
  const response = await fetch($('whole').href, { headers, cache: 'no-store' });
  if (response.status !== 206) {
    response.body?.cancel();
    showOutcome($('piece-outcome'), false, `Asked for a piece, got ${response.status}.`);
    return;
  }
  const octets = new Uint8Array(await response.arrayBuffer());
  const isRight = octets.length === 1000
    && octets.every((octet, i) => octet === octetAt(first + i));
  const headline = isRight ? 'The right piece came.' : 'Another piece came than was asked for.';
  showOutcome($('piece-outcome'), isRight, headline, [
    ['Asked', `bytes ${first.toLocaleString('en')} to ${last.toLocaleString('en')}`],
    ['Answer', `206, ${response.headers.get('Content-Range')}`],
    ['Took', formatSeconds(performance.now() - startedMs)],
  ]);
}

function setUpPiece() {
  $('piece').onclick = () => fetchPiece().catch(() =>
    showOutcome($('piece-outcome'), false, 'The server cannot be reached.'));
}

/* What the server was told */

const looksLikeAddress = (value) => /^[0-9a-f.:, ]+$/i.test(value);

/* Field, in plain words, and whether a value can be right as far as this page can know. */
const toldFields = [
  ['Host', 'the name you typed', (value) => value === location.host],
  ['X-Forwarded-Host', 'the same again', (value) => value === location.host],
  ['X-Forwarded-Proto', 'how you came', (value) => `${value}:` === location.protocol],
  ['X-Forwarded-For', 'who you are', looksLikeAddress],
  ['X-Real-IP', 'the same again', looksLikeAddress],
];

function valueOf(received, name) {
  return received.filter(([other]) => other.toLowerCase() === name.toLowerCase())
    .map(([, value]) => value).join(', ');
}

function toldRow([name, meaning, isRight], value, isProxied) {
  const term = element('dt', {}, name, element('small', {}, meaning));
  if (value === '' && !isProxied)
    return [term, element('dd', { className: 'quiet' }, 'not said')];
  const good = value !== '' && isRight(value);
  const mark = element('span', { className: `mark ${good ? 'good' : 'bad'}` }, good ? '✓' : '✗');
  mark.setAttribute('role', 'img');
  mark.setAttribute('aria-label', good ? 'right:' : 'not right:');
  return [term, element('dd', {}, mark, value || 'not said')];
}

async function loadHeaders() {
  const received = await fetchJson('/demo/headers');
  const isProxied = valueOf(received, 'X-Forwarded-For') !== '';
  $('headers-note').textContent = isProxied
    ? 'The proxy told the server who you are and how you came.'
    : 'Nobody told the server who you are: no proxy is in between.';
  $('lead').textContent = isProxied
    ? 'Pictures painted by this computer, brought to you through the proxy.'
    : 'You have opened the demo itself. Open it through Porchlight to see the proxy at work.';
  $('told').replaceChildren(...toldFields.flatMap((field) =>
    toldRow(field, valueOf(received, field[0]), isProxied)));
  $('every-field').replaceChildren(...received.flatMap(([name, value]) =>
    [element('dt', {}, name), element('dd', {}, element('code', {}, value))]));
}

/* On a wide screen the cards stand beside the pictures, open; on a narrow one above, closed. */
function openCards() {
  for (const card of document.querySelectorAll('details.card'))
    card.open = matchMedia('(min-width: 960px)').matches;
}

openCards();
setUpViewer();
setUpUpload();
setUpPiece();
loadPictures();
loadLinks();
listen();
loadHeaders().catch(() => {
  $('headers-note').textContent = 'The server cannot be reached under /api.';
});
