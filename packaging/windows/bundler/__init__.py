# SPDX-License-Identifier: GPL-3.0-or-later
"""Makes the zip of Porchlight for Windows: see ../bundle."""
