// SPDX-License-Identifier: GPL-3.0-or-later
/* Two socket.io clients that try all a socket can do; says in JSON how it went.
 * Usage: node socketio_client.js URL PATH TRANSPORT... */

'use strict';

const { once } = require('node:events');
const { io } = require('socket.io-client');

const [url, path, ...transports] = process.argv.slice(2);

/* Resolves when the socket has its greeting and, if it may change transports, has done so. */
async function open() {
  const socket = io(url, { path, transports, forceNew: true, reconnection: false });
  socket.on('connect_error', (error) => { throw error; });
  const greeting = once(socket, 'on_greeting');
  await once(socket, 'connect');
  if (transports.length > 1 && socket.io.engine.transport.name !== transports.at(-1))
    await once(socket.io.engine, 'upgrade');
  return { socket, greeting: (await greeting)[0] };
}

async function main() {
  const [{ socket, greeting }, { socket: other }] = await Promise.all([open(), open()]);
  const sent = Buffer.alloc(1e6, 'octets \0\xff', 'latin1');

  const text = await socket.emitWithAck('echo', 'h\u00e9llo');
  const octets = await socket.emitWithAck('echo', sent);
  const heard = Promise.all([socket, other].map((one) => once(one, 'on_word')));
  socket.emit('tell everybody', 'uploaded');
  const words = (await heard).map(([word]) => word);

  const transport = socket.io.engine.transport.name;
  const left = once(other, 'disconnect');
  other.emit('leave me');
  const [reason] = await left;
  socket.close();
  console.log(JSON.stringify({
    greeting, text, words, reason, transport, same: sent.equals(octets),
  }));
}

setTimeout(() => { throw new Error('took too long'); }, 20000).unref();
main();
