// SPDX-License-Identifier: GPL-3.0-or-later
// Says in JSON what pagexray makes of a HAR.

const fs = require("fs");
const pagexray = require("pagexray");

const archive = JSON.parse(fs.readFileSync(process.argv[2], "utf-8"));
const pages = pagexray.convert(archive, { includeAssets: true });

console.log(JSON.stringify(pages));
