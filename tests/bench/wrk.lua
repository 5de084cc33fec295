-- SPDX-License-Identifier: GPL-3.0-or-later

-- What load.py wants of wrk, on one line it can read. Only done () is defined: a request () or
-- response () here would cost the load generator time for each request.

function done (summary, latency, requests)
   local errors = summary.errors
   local failed = errors.connect + errors.read + errors.write + errors.timeout

   io.write (string.format ("RESULT %d %.0f %d %d\n", summary.requests, summary.duration, failed,
                            errors.status))
end
