# SPDX-License-Identifier: GPL-3.0-or-later
"""Makes the sysroot that Porchlight for Windows is built against: see ../sysroot."""
