/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The page of a share link. Asks for what Immich's own asks for, with the key or the slug in each
 * address. */

const $ = (id) => document.getElementById(id);
const [, kind, word] = location.pathname.split('/');
const credential = `${kind === 's' ? 'slug' : 'key'}=${word}`;

const api = (path, query = '') => `/api${path}?${query}${query && '&'}${credential}`;

async function fetchJson(path, options) {
  const response = await fetch(path, { cache: 'no-store', ...options });
  const answer = await response.json();
  if (!response.ok)
    throw Object.assign(new Error(answer.message ?? answer.error), { status: response.status });
  return answer;
}

const postJson = (path, value) => fetch(api(path), {
  method: 'POST', headers: { 'Content-Type': 'application/json' }, body: JSON.stringify(value),
});

function show(id, title) {
  $('viewer-title').textContent = title;
  $('viewer-image').alt = title;
  $('viewer-image').src = api(`/assets/${id}/thumbnail`, 'size=preview');
  $('viewer').showModal();
  fetchJson(api(`/assets/${id}`));
}

function tileFor(id, title) {
  const image = Object.assign(document.createElement('img'), {
    alt: '', loading: 'lazy', decoding: 'async', width: 320, height: 240,
    onload: () => image.classList.add('here'),
    src: api(`/assets/${id}/thumbnail`, 'size=thumbnail'),
  });
  const tile = Object.assign(document.createElement('button'), {
    type: 'button', className: 'tile', onclick: () => show(id, title),
  });
  const name = Object.assign(document.createElement('span'), { textContent: title });
  tile.append(image, name);
  const item = document.createElement('li');
  item.append(tile);
  return item;
}

async function downloadAll() {
  const info = await (await postJson('/download/info', { albumId: shared.album.id })).json();
  const answer = await postJson('/download/archive', { assetIds: info.archives[0].assetIds });
  const file = await answer.blob();
  const link = Object.assign(document.createElement('a'), {
    href: URL.createObjectURL(file), download: 'pictures.zip',
  });
  link.click();
  $('outcome').textContent = `${info.archives[0].assetIds.length} pictures, ${file.size} bytes`;
}

/* As a player does that is sent to the middle of a film. */
async function seek(id) {
  const answer = await fetch(api(`/assets/${id}/video/playback`), {
    headers: { Range: 'bytes=300000000-300000999' },
  });
  const octets = await answer.arrayBuffer();
  $('outcome').textContent = `${answer.status}, ${octets.byteLength} bytes`;
}

async function send(file) {
  const form = new FormData();
  form.append('assetData', file);
  for (const name of ['deviceAssetId', 'deviceId'])
    form.append(name, 'guest');
  for (const name of ['fileCreatedAt', 'fileModifiedAt'])
    form.append(name, new Date(file.lastModified).toISOString());
  try {
    const sent = await fetchJson(api('/assets'), { method: 'POST', body: form });
    await fetchJson(api(`/albums/${shared.album.id}/assets`), {
      method: 'PUT', headers: { 'Content-Type': 'application/json' },
      body: JSON.stringify({ ids: [sent.id] }),
    });
    $('outcome').textContent = 'Thank you: it has arrived.';
  } catch (error) {
    $('outcome').textContent = `It was not taken: ${error.message}.`;
  }
}

let shared;

async function showAlbum() {
  const album = `albumId=${shared.album.id}`;
  $('title').textContent = document.title = shared.album.albumName;
  $('lead').textContent = `${shared.album.assetCount} pictures were shared with you.`;
  $('door').hidden = true;
  $('door-outcome').textContent = '';
  $('aside').hidden = false;
  $('send').hidden = !shared.allowUpload;
  const buckets = await fetchJson(api('/timeline/buckets', album));
  const months = await Promise.all(buckets.map(({ timeBucket }) =>
    fetchJson(api('/timeline/bucket', `${album}&timeBucket=${timeBucket}`))));
  $('grid').append(...months.flatMap((month) =>
    month.id.map((id, index) => tileFor(id, month.title[index]))));
  $('all').onclick = downloadAll;
  $('seek').onclick = () => seek(months[0].id[0]);
  $('send').onclick = () => $('file').click();
  $('file').onchange = () => send($('file').files[0]);
}

async function open(query = '') {
  try {
    shared = await fetchJson(api('/shared-links/me', query));
  } catch (error) {
    const isEarly = error.status === 429;
    const asks = isEarly || error.message === 'Invalid password';
    const outcome = isEarly ? error.message : 'That is not the password.';
    $('lead').textContent = asks ? 'A password opens these pictures.' : 'There is nothing here any more.';
    $('door').hidden = !asks;
    $('door-outcome').textContent = asks && query ? outcome : '';
    return;
  }
  await showAlbum();
}

$('close').onclick = () => $('viewer').close();
$('door').onsubmit = (event) => {
  event.preventDefault();
  open(`password=${encodeURIComponent($('password').value)}`);
};

await Promise.all(['config', 'features', 'media-types'].map((what) => fetchJson(`/api/server/${what}`)));
await open();
