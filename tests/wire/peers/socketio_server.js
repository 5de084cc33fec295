// SPDX-License-Identifier: GPL-3.0-or-later
/* A socket.io server that talks as Immich's does: a greeting, answers, and calls to everybody.
 * Usage: node socketio_server.js PATH. Prints the port it listens on. */

'use strict';

const { createServer } = require('node:http');
const { Server } = require('socket.io');

const http = createServer();
const io = new Server(http, { path: process.argv[2], maxHttpBufferSize: 4e6 });

io.on('connection', (socket) => {
  const headers = socket.handshake.headers;
  socket.emit('on_greeting', { host: headers.host, client: headers['x-forwarded-for'] });
  socket.on('echo', (value, reply) => reply(value));
  socket.on('tell everybody', (word) => io.emit('on_word', word));
  socket.on('leave me', () => socket.disconnect(true));
});

http.listen(0, '127.0.0.1', () => console.log(http.address().port));
process.on('SIGTERM', () => process.exit());
